import type { Ticks } from '../../calendars/ticks.ts'
import type { Expression } from '../../language/types.ts'
import type { DelayModel, FieldModel, KeyModel, LocalText, ProcessModel } from './model.ts'
import type { LinkedAction } from './service-level.ts'

/** Actions that something sets off. */
export interface TriggerModel {
  readonly name: string
  readonly label: LocalText
  readonly object: string
  readonly on: TriggerMoment
  readonly when: Expression | undefined
  /** With the numbers of their expressions in the actor in place of the expressions. */
  readonly actions: readonly LinkedAction[]
  /** Carries out the actions: a process without states, with all expressions and the role under which it writes. */
  readonly actor: ProcessModel
  /** SHA-256 of what says when it is due; with it, what waits for existing records changes. Blank for others. */
  readonly hash: string
}

export type TriggerMoment =
  | { readonly type: 'created' }
  | { readonly type: 'changed'; readonly fields: ReadonlySet<string> | undefined }
  | { readonly type: 'due'; readonly moment: DelayModel; readonly runsPast: boolean }
  | { readonly type: 'schedule'; readonly ticks: Ticks; readonly where: Expression }
  | InboundMoment

export interface InboundMoment {
  readonly type: 'inbound'
  readonly authentication: { readonly type: 'key' | 'signature'; readonly secret: string }
  readonly form: ReadonlyMap<string, FieldModel>
  /** Where a field lies in the body: the names on the way to it. */
  readonly members: ReadonlyMap<string, readonly string[]>
  /** The record that it is about, by the numbers of expressions over `event`. */
  readonly finds: { readonly key: KeyModel; readonly values: Readonly<Record<string, number>> } | undefined
  readonly onceBy: Expression | undefined
}
