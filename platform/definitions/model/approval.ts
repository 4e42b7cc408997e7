import type { LocalText } from './model.ts'

/** How a level is decided. A share is one of all votes (0.6), a weight is the sum of those that approve. */
export type LevelRule =
  | { readonly kind: 'all' | 'any' | 'first' }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'weight'; readonly weight: number }

/** Where people come from. Numbers are those of expressions of the process. */
export interface PeopleSource {
  readonly role: string | undefined
  readonly team: number | undefined
  /** One person or a list of people. */
  readonly people: number | undefined
  /** Those so many steps up the reporting line; `of` is the requester where it is not said. */
  readonly superiors:
    { readonly from: number; readonly to: number; readonly of: number | undefined } | undefined
}

export interface NobodyModel {
  readonly do: 'approve' | 'reject' | 'refuse' | 'ask'
  readonly source: PeopleSource
}

export interface DeadlineModel {
  readonly after: string
  readonly do: 'approve' | 'reject' | 'pass_on'
  /** Who gets the work with `pass_on`; the manager of each where it is not said. */
  readonly to: number | undefined
}

export interface LevelModel {
  readonly name: string
  readonly label: LocalText
  readonly when: number | undefined
  readonly rule: LevelRule
  readonly isInTurn: boolean
  readonly approvers: readonly { readonly source: PeopleSource; readonly weight: number }[]
  readonly nobody: NobodyModel
  readonly deadline: DeadlineModel | undefined
}

/** An approval in levels. */
export interface ApprovalModel {
  readonly levels: readonly LevelModel[]
  readonly requestedBy: number | undefined
  readonly requester: 'may_approve' | 'may_not_approve' | 'manager' | 'refuse'
  readonly repeated: 'ask_every_time' | 'ask_once' | 'ask_last'
  readonly deadline: DeadlineModel | undefined
  readonly withdraw: 'before_first_act' | 'any_time' | undefined
  readonly mayTakeBack: boolean
  readonly returns: {
    readonly toRequester: boolean
    readonly toLevels: boolean
    readonly then: 'fresh' | 'jump_back'
  }
  readonly copies: readonly {
    readonly name: string
    readonly at: 'start' | 'end' | 'rejection'
    readonly source: PeopleSource
  }[]
}
