import type { Spread } from './spread.ts'

/** What came of a simulation. Times are in milliseconds, in working time where a calendar is named. */
export interface SimulationReport {
  readonly process: string
  readonly seed: number
  readonly begins_at: string
  readonly ends_at: string
  readonly calendar: string | null
  readonly cases: {
    readonly begun: number
    readonly ended: number
    readonly open: number
    readonly failed: number
    /** Whose record could not be made. */
    readonly refused: number
    /** Whose time had not come when it was over. */
    readonly left: number
  }
  /** Of those that ended. */
  readonly duration: Spread | null
  readonly ends: readonly EndReport[]
  readonly kinds: readonly KindReport[]
  readonly states: readonly StateReport[]
  /** Those that are open, by place and reason. */
  readonly open: readonly OpenReport[]
  readonly transitions: readonly TransitionReport[]
  readonly refused: readonly RefusalReport[]
  readonly work: readonly WorkReport[]
  /** Those who did work. */
  readonly people: readonly PersonReport[]
  readonly failed: readonly FailureReport[]
  /** What failed and belongs to no case. */
  readonly troubles: readonly { readonly message: string; readonly times: number }[]
}

export interface EndReport {
  readonly state: string
  readonly cases: number
  /** Of those that ended. */
  readonly share: number
  readonly duration: Spread
}

export interface KindReport {
  readonly kind: string
  readonly cases: number
  /** Cases by the state in which they are. */
  readonly states: Readonly<Record<string, number>>
}

export interface StateReport {
  readonly process: string
  readonly state: string
  readonly visits: number
  readonly cases: number
  /** Cases that were in it, of those that began. */
  readonly share: number
  /** Stays that are over. */
  readonly stay: Spread | null
  /** How many are in it now, of those that have not ended. */
  readonly now: number
}

export interface OpenReport {
  readonly state: string
  readonly why: string
  readonly cases: number
  readonly first: number
}

export interface TransitionReport {
  readonly process: string
  readonly from: string
  readonly to: string
  /** `submit`, `after P2D`, `approval done`. */
  readonly on: string
  readonly guard: string | null
  readonly taken: number
  /** Where it was never taken. */
  readonly why?: string
}

export interface RefusalReport {
  readonly what: string
  readonly name: string
  readonly state: string
  readonly code: string
  readonly reason: string
  readonly text: string
  readonly times: number
  readonly cases: number
  /** The first case to which it happened. */
  readonly first: number
}

export interface WorkReport {
  readonly invocation: string
  readonly role: string
  readonly items: number
  readonly done: number
  readonly open: number
  /** Whose state was left before they were done. */
  readonly closed: number
  readonly outcomes: Readonly<Record<string, number>>
  /** Until somebody began with it. */
  readonly waited: Spread | null
  /** Not done when they were due. */
  readonly late: number
}

export interface PersonReport {
  readonly name: string
  readonly roles: string
  /** How much work he ended. */
  readonly done: number
  /** How long he was at it, where it says how long that takes. */
  readonly busy_ms: number
  /** Of the time from the first case to the last act of anybody. */
  readonly share: number
}

export interface FailureReport {
  readonly case: number
  readonly at: string
  readonly what: string
  readonly message: string
}

/** One thing that happened in a case. */
export interface PathEntry {
  readonly at: string
  readonly process: string
  readonly by: string | null
  readonly what: string
  readonly values?: unknown
  readonly from?: readonly string[]
  readonly to?: readonly string[]
  readonly refused?: string
}
