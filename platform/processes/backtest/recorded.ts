import type { ObjectModel } from '../../definitions/model/model.ts'
import type { RecordValues } from '../../records/values.ts'

/** The way of one record through its process, as the history tells it. */
export interface RecordedCase {
  readonly instance: string
  readonly object: string
  readonly record: string
  /** Content hash of the version of the process that it runs on. */
  readonly definition: string
  readonly steps: readonly RecordedStep[]
}

export interface RecordedStep {
  readonly number: number
  /** ISO 8601, as the clock of the step said. */
  readonly at: string
  /** Id of the person, null for the process itself. */
  readonly by: string | null
  /** `begin`, `entry:<name>`, an event, `after P2D`, `approval approved` ... */
  readonly event: string
  readonly payload: RecordValues | null
  readonly transitions: readonly RecordedTransition[]
  /** The leaf states after the step. */
  readonly states: readonly string[]
}

export interface RecordedTransition {
  readonly event: string
  /** The text of the guard that let it through. */
  readonly guard?: string
}

/** Work that a state asked people for, as it went. */
export interface RecordedWork {
  readonly invocation: string
  /** Somebody gave it another due time by hand. */
  readonly isRescheduled: boolean
  /** Of an approval in levels: what was open one after the other. */
  readonly levels: readonly RecordedLevel[]
}

/** One opening of a level. Moments as ISO 8601. */
export interface RecordedLevel {
  readonly name: string
  readonly from: string
  /** Null while it is open. */
  readonly to: string | null
  readonly isRescheduled: boolean
}

/** A record as it is now, and every change of it in order. */
export interface RecordHistory {
  /** As it is published. */
  readonly object: ObjectModel
  /** Null where the record is gone. */
  readonly current: RecordValues | null
  readonly changes: readonly RecordedChange[]
}

export interface RecordedChange {
  /** Grows with every change of any record. */
  readonly id: number
  readonly at: string
  readonly by: string | null
  readonly version: number
  readonly action: string
  /** By field; those of lines fields say which rows were written, and nothing of from and to. */
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
  readonly cause: Readonly<Record<string, unknown>> | null
}
