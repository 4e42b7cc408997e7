import type { Json } from './json.ts'

/** What the counterpart said. */
export interface OutgoingAnswer {
  readonly status: number
  /** Parsed where it was JSON, else its text; null for none. */
  readonly body: Json
  /** Whether the body was larger than what is kept. */
  readonly isCut: boolean
}

/** How one attempt to deliver ended. */
export type AttemptOutcome =
  | { readonly type: 'delivered'; readonly answer: OutgoingAnswer; readonly ms: number }
  /** A mail that lies here to be looked at, because no mail server is set. */
  | { readonly type: 'stored' }
  /** A marketing mail to a person who does not agree to it. */
  | { readonly type: 'suppressed' }
  | {
      readonly type: 'failed'
      /** Whether another attempt may succeed. */
      readonly isPassing: boolean
      readonly error: string
      readonly answer?: OutgoingAnswer
      /** How long the counterpart asks to be left alone. */
      readonly retryAfterMs?: number
      readonly ms: number
    }
