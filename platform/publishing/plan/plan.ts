import type { ReleaseModel } from '../../definitions/model/process-versions.ts'
import type { Drift } from '../catalog/drift.ts'
import type { MigrationPlan } from './migration-plans.ts'
import type { Renames } from './renames.ts'
import type { Step } from './step.ts'
import type { Refusal } from './step-collector.ts'

/** What publishing would do, counted on the database. */
export interface Plan {
  readonly tenant: string
  /** The version that is served now; undefined before the first. */
  readonly from: number | undefined
  /** The number that the new version would bear. */
  readonly to: number
  readonly hash: string
  /** Whether the declarations are those that are served. */
  readonly isSame: boolean
  readonly steps: readonly Step[]
  readonly refusals: readonly Refusal[]
  readonly drift: readonly Drift[]
  readonly processes: readonly ProcessChange[]
  readonly migrations: readonly MigrationPlan[]
  readonly renames: Renames
}

export interface ProcessChange {
  readonly name: string
  readonly change: 'added' | 'changed' | 'removed'
  /** Live instances by their states; they stay on the version that they began with, unless a migration takes them over. */
  readonly instances: readonly { readonly states: string; readonly count: number }[]
  /** For which new records the version is meant; undefined where it is for all. */
  readonly release?: ReleaseModel
}

/** Steps that take values away; each needs a consent to its subject. */
export function stepsThatLose({ steps }: Pick<Plan, 'steps'>): Step[] {
  return steps.filter((step) => step.class === 'destructive')
}

/** The consent to an object covers its fields. */
export function isAllowed({ subject }: Step, consents: ReadonlySet<string>): boolean {
  return consents.has(subject) || consents.has(subject.split('.')[0] as string)
}
