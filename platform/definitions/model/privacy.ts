import type { Expression } from '../../language/types.ts'
import type { LocalText } from './model.ts'

export type PersonalCategory =
  'identity' | 'contact' | 'location' | 'work' | 'financial' | 'sensitive' | 'other'

/** What an object says about the protection of people. */
export interface PrivacyModel {
  readonly isPerson: boolean
  /** Which records keep their personal fields, and why. */
  readonly keeps: { readonly when: Expression; readonly because: LocalText } | undefined
  readonly retention: RetentionModel | undefined
  /** Whether marketing mails may be sent, over `record`. */
  readonly consent: ConsentModel | undefined
}

export interface RetentionModel {
  /** ISO 8601. */
  readonly after: string
  /** Over `record`: whether its time is over; can be asked of the database. */
  readonly isOver: Expression
  readonly outcome: 'erase' | 'delete'
}

export interface ConsentModel {
  readonly givenWhen: Expression
  /** What is written when it is withdrawn. */
  readonly withdraw: Readonly<Record<string, unknown>>
}

export const noPrivacy: PrivacyModel = {
  isPerson: false,
  keeps: undefined,
  retention: undefined,
  consent: undefined,
}
