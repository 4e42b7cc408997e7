import type { Expression } from '../../language/types.ts'
import type { LocalText } from './model.ts'

/** The choice set whose choices are the skills that people can have. */
export const SKILL_CHOICE_SET = 'skill'

/** Where work waits for somebody of several people. Its expressions are over `record`. */
export interface QueueModel {
  readonly name: string
  readonly label: LocalText
  readonly help: LocalText | undefined
  /** The object whose records the work is about. */
  readonly object: string
  /** SHA-256 of the document: with it, the places of waiting work change. */
  readonly hash: string
  readonly members: MembersModel
  readonly skills: SkillsModel
  readonly priority: Expression | undefined
  readonly ageing: { readonly points: number; readonly everyMs: number } | undefined
  readonly assignment: Assignment
  /** With `sticky`: by what, and who gets it where nobody had it. */
  readonly stickyBy: Expression | undefined
  readonly otherwise: Turn
  readonly weight: Expression | undefined
  readonly capacity: number | undefined
  readonly awayAfterMs: number
  /** In order; the first whose condition holds is followed. */
  readonly rules: readonly QueueRuleModel[]
  readonly overflow: OverflowModel | undefined
  /** Fields of the record with which its place in the queue changes. */
  readonly fields: ReadonlySet<string>
}

export interface QueueRuleModel {
  readonly name: string
  readonly label: LocalText
  readonly when: Expression
  /** Those of the queue and its own. */
  readonly skills: SkillsModel
  readonly members: MembersModel
  /** The queue to which the work goes instead. */
  readonly queue: string | undefined
}

export interface MembersModel {
  readonly roles: readonly string[]
  /** By name. */
  readonly teams: readonly string[]
  /** By e-mail address, in small letters. */
  readonly people: readonly string[]
}

/** The level that is needed, by skill. */
export type SkillsModel = ReadonlyMap<string, number>

export interface OverflowModel {
  readonly to: string
  /** A delay; undefined: not for waiting alone. */
  readonly after: string | undefined
  readonly isWhenNobody: boolean
}

/** How it is decided whose turn it is. */
export type Turn = 'round_robin' | 'least_loaded' | 'weighted'
export type Assignment = 'pull' | 'sticky' | Turn
