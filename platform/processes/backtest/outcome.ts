/** How a case would have gone in the draft. */
export type Outcome =
  | { readonly way: 'same' }
  | ({ readonly way: 'other' } & Parting)
  | ({ readonly way: 'refused'; readonly reason: RefusedBecause; readonly text: string } & Parting)
  /** The same way, with work that is late by the due times of the draft alone. */
  | { readonly way: 'late'; readonly late: readonly LateWork[] }
  | { readonly way: 'unknown'; readonly step: number; readonly event: string; readonly text: string }

/**
 * event: the draft does not know it; ended, state: not possible there; role, condition: not permitted; form: what was
 * filled in does not do; guard: no transition lets it through.
 */
export type RefusedBecause = 'event' | 'ended' | 'state' | 'role' | 'condition' | 'form' | 'guard'

/** Work that was in time, and would have been late in the draft. Moments as ISO 8601. */
export interface LateWork {
  /** Number and event of the recorded step with which it ended; of the one that asked for it where it is open. */
  readonly step: number
  readonly event: string
  /** Id of the invocation. */
  readonly work: string
  /** Of an approval in levels, where the time of the level was over. */
  readonly level?: string
  /** When it is due in the draft. */
  readonly due: string
  /** left: the process went on without it. */
  readonly state: 'done' | 'left' | 'open'
  readonly endedAt: string | null
  /** How much later it ended, or how long it has been late: an ISO 8601 duration, a day having 24 hours. */
  readonly lateBy: string
}

/** Where the recorded and the drafted way part. */
export interface Parting {
  /** Number of the recorded step. */
  readonly step: number
  readonly at: string
  readonly event: string
  /** The states before, in both. */
  readonly from: readonly string[]
  /** The states after, as recorded. */
  readonly expected: readonly string[]
  /** The states after, in the draft. */
  readonly drafted: readonly string[]
  /** Text of the guard that let the recorded step through. */
  readonly recordedGuard?: string
  /** The guards that the draft asked, and what they gave. */
  readonly guards: readonly { readonly text: string; readonly held: boolean }[]
}
