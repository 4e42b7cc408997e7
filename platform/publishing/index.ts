export { PublishRefused } from './apply/errors.ts'
export {
  PUBLISHED_CHANNEL,
  publishModel,
  type PublishOptions,
  type PublishResult,
} from './apply/publish-model.ts'
export type { Plan, ProcessChange } from './plan/plan.ts'
export type { Step } from './plan/step.ts'
