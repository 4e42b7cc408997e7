import type { PlannedValues } from '../recipes/record-key.ts'

interface Action {
  /** When it happens: the clock of the write is set to this. */
  readonly at: Date
  /** Key of the user who does it; undefined for the system. */
  readonly as: string | undefined
  readonly object: string
  /** Key of the record. */
  readonly record: string
  readonly values: PlannedValues
}

/** One thing that happens. */
export type PlannedAction =
  | (Action & { readonly kind: 'create' | 'update' })
  | (Action & {
      readonly kind: 'send'
      readonly event: string
      /** Keys under which records that the event creates are known afterwards, by object. */
      readonly created: Readonly<Record<string, string>>
    })
  | (Action & {
      readonly kind: 'decide'
      readonly outcome: 'approved' | 'rejected' | 'done'
      /** Passed over where no work item is open. */
      readonly isOptional: boolean
    })

/** Everything that happens, in the order of time. */
export type DemoPlan = readonly PlannedAction[]
