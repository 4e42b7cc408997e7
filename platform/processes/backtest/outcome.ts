/** How a case would have gone in the draft. */
export type Outcome =
  | { readonly way: 'same' }
  | ({ readonly way: 'other' } & Parting)
  | ({ readonly way: 'refused'; readonly reason: RefusedBecause; readonly text: string } & Parting)
  | { readonly way: 'unknown'; readonly step: number; readonly event: string; readonly text: string }

/**
 * event: the draft does not know it; ended, state: not possible there; role, condition: not permitted; form: what was
 * filled in does not do; guard: no transition lets it through.
 */
export type RefusedBecause = 'event' | 'ended' | 'state' | 'role' | 'condition' | 'form' | 'guard'

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
