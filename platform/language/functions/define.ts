import type { ExprType } from '../types.ts'
import type { Sql, SqlTools } from '../sql/fragment.ts'

/**
 * One way to call a function or operator. `run` gets inner values (see boundary.ts) and, last, the moment.
 * `blank` says what a blank argument makes of it: a blank, false (for questions), or that `run` and `sql` see to it.
 */
export interface Overload {
  readonly params: readonly ExprType[]
  /** Type of any further arguments. */
  readonly rest?: ExprType
  readonly result: ExprType
  readonly blank: 'blank' | 'false' | 'own'
  readonly usesMoment?: boolean
  /** What is wrong with constant arguments (undefined stands for an argument that is none), if anything. */
  readonly refuseConstants?: (args: readonly unknown[]) => string | undefined
  readonly run: (...args: never[]) => unknown
  /** The same in SQL; missing or a text (the reason) where it has no exact counterpart. */
  readonly sql?: ((args: readonly Sql[], tools: SqlTools) => Sql) | string
}

export interface LanguageFunction {
  readonly name: string
  readonly description: string
  readonly overloads: readonly Overload[]
}

interface OverloadOptions {
  readonly blank?: Overload['blank']
  readonly usesMoment?: boolean
  readonly rest?: ExprType
}

/** An overload by its parameter types, result type, meaning in JavaScript and meaning in SQL. */
export function overload<Args extends unknown[]>(
  signature: readonly [params: readonly ExprType[], result: ExprType],
  run: (...args: Args) => unknown,
  sql: Overload['sql'],
  options: OverloadOptions = {},
): Overload {
  const [params, result] = signature
  return { params, result, run: run as Overload['run'], sql, blank: 'blank', ...options }
}
