import type { Calendar } from '../../calendars/calendar.ts'
import type { Expression } from '../../language/types.ts'
import type { LocalText, ProcessModel } from './model.ts'

/** Promises on the records of an object, each with a clock. */
export interface ServiceLevelModel {
  readonly name: string
  readonly label: LocalText
  readonly object: string
  /** SHA-256 of the document and of the calendars in which it counts: with it, what running clocks show changes. */
  readonly hash: string
  /** The records it is for; every record where it is not said. */
  readonly appliesWhen: Expression | undefined
  readonly promises: ReadonlyMap<string, PromiseModel>
  /**
   * Carries out the actions of warnings and escalations: a process without states, with their expressions and the role
   * under which they write.
   */
  readonly actor: ProcessModel
}

/** A promise. Its conditions are over `record`. */
export interface PromiseModel {
  readonly name: string
  readonly label: LocalText
  readonly help: LocalText | undefined
  readonly startsWhen: Expression
  /** Since when the time counts; the moment of the change where it is not said. */
  readonly startsAt: Expression | undefined
  readonly pausesWhen: Expression | undefined
  readonly stopsWhen: Expression
  readonly resetsWhen: Expression | undefined
  /** In order; the first whose condition holds is promised. The last, named '', has none. */
  readonly targets: readonly TargetModel[]
  /** What is said of time. */
  readonly declaration: PromiseDeclaration
  /** Warnings and escalations by the name that they bear in the arithmetic: `warnings/half`. */
  readonly alerts: ReadonlyMap<string, AlertModel>
}

export interface TargetModel {
  readonly name: string
  readonly when: Expression | undefined
  readonly target: TargetDeclaration
  readonly calendar: Calendar
}

export interface AlertModel {
  readonly name: string
  readonly label: LocalText
  /** With the numbers of their expressions in the actor in place of the expressions. */
  readonly actions: readonly LinkedAction[]
}

export interface LinkedAction {
  readonly type: string
  readonly params: Readonly<Record<string, unknown>>
}

/** What a promise of a document says of time (kinds/service-level.ts). */
export interface PromiseDeclaration {
  readonly target: TargetDeclaration
  readonly again?: Again
  readonly warnings?: Readonly<Record<string, WarningDeclaration>>
  readonly escalations?: Readonly<Record<string, EscalationDeclaration>>
}

export type TargetDeclaration = string | { readonly working_days: number; readonly until: string }

export type WarningDeclaration =
  { readonly type: 'share'; readonly percent: number } | { readonly type: 'before'; readonly amount: string }

export type EscalationDeclaration =
  | { readonly type: 'breach' }
  | { readonly type: 'share'; readonly percent: number }
  | { readonly type: 'after'; readonly amount: string }

/** What a start means after the clock has stopped: nothing, a new clock, or that the old one goes on. */
export type Again = 'never' | 'anew' | 'continue'
