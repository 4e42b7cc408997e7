export { PublishRefused } from './apply/errors.ts'
export { publishModel, type PublishOptions, type PublishResult } from './apply/publish-model.ts'
export { isStaleModel } from './store/stale-model.ts'
export { createModelStore, type ModelStore, type StoreOptions } from './store/model-store.ts'
export type { Drift } from './catalog/drift.ts'
export type { Plan, ProcessChange } from './plan/plan.ts'
export type { Step } from './plan/step.ts'
export { compareVersions, compareWithFiles } from './versions/compare-versions.ts'
export type { DocumentChange } from './versions/compare-documents.ts'
export { rollback, type RollbackOptions } from './versions/rollback.ts'
export { activeVersion, listVersions, type PublishedVersion, type VersionEntry } from './versions/versions.ts'
export { verifyTenant, type Difference, type Verification } from './verify/verify-tenant.ts'
export { describePlan } from './plan/describe-plan.ts'
export { planModel } from './plan/plan-model.ts'
export {
  loadDeclarations,
  planProject,
  projectTenants,
  publishProject,
  type ProjectPlan,
  type ProjectPublish,
  type ProjectTenant,
} from './project/project-work.ts'
export { watchProject, type Watching, type WatchOptions } from './project/watch-project.ts'
