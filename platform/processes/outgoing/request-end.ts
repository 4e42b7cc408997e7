import type { OutgoingAnswer } from './outcome.ts'

/**
 * The end of a request that an invocation waits for: it was received and answered, or it failed for good. Told inside
 * of the transaction that writes it down, the record locked. A request that is replayed ends again; the token tells
 * whether the invocation still waits.
 */
export interface RequestEnd {
  readonly instance: string
  readonly invocation: string
  readonly token: string
  readonly isDelivered: boolean
  /** Why it failed. */
  readonly error?: string
  /** What was answered, if anything. */
  readonly answer?: OutgoingAnswer
}
