/** A planned record that a value refers to; it becomes the record's id when the plan is carried out. */
export interface RecordKey {
  readonly $record: string
}

/** A change to the lines that a record has when the plan is carried out: copies of other fields of the line. */
export interface EachRow {
  readonly $each_row: Readonly<Record<string, unknown>>
}

export type PlannedValues = Readonly<Record<string, unknown>>

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

export function isRecordKey(value: unknown): value is RecordKey {
  return typeof value === 'object' && value !== null && '$record' in value
}

export function isEachRow(value: unknown): value is EachRow {
  return typeof value === 'object' && value !== null && '$each_row' in value
}
