import type { ExprNode, Place } from '../tree.ts'
import type { Sql } from './fragment.ts'
import type { MomentSlot } from './moments.ts'
import type { SqlTokens } from './tokens.ts'

/** The reason why an expression has no SQL, with its place in the text. */
export class SqlObstacle extends Error {
  readonly position: number

  constructor(message: string, { position }: Place) {
    super(message)
    this.position = position
  }
}

/** What is known and counted while the SQL of one expression is made. */
export interface Emitting {
  readonly emit: (node: ExprNode) => Sql
  readonly tokens: SqlTokens
  readonly moment: Record<MomentSlot['of'], () => string>
  /** The SQL of the names that macros give, by slot. */
  readonly locals: Map<number, Sql>
  aliases: number
}

export function obstruct(message: string, place: Place): never {
  throw new SqlObstacle(message, place)
}
