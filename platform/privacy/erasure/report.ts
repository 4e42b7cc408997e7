import type { LocalText } from '../../definitions/model/model.ts'
import type { PersonalCategory } from '../../definitions/model/privacy.ts'

/** What an erasure erases and what it keeps; it repeats no personal data. */
export interface ErasureReport {
  readonly object: string
  readonly record: string
  readonly records: readonly ReportedRecord[]
  /** What is known of the erased records elsewhere. */
  readonly traces: readonly ReportedTrace[]
  /** Records that only name it, and stay as they are. */
  readonly references: readonly { readonly object: string; readonly field: string; readonly count: number }[]
}

export interface ReportedRecord {
  readonly object: string
  readonly id: string
  readonly fields: readonly { readonly name: string; readonly category: PersonalCategory }[]
  readonly outcome: 'erased' | 'kept'
  /** Why it is kept. */
  readonly because?: LocalText
}

export interface ReportedTrace {
  readonly place: string
  readonly count: number
  readonly outcome: 'erased' | 'kept'
}
