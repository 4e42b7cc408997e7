import { momentParams, momentValue, type Moment } from '../language/index.ts'
import { identifier } from './identifier.ts'

/**
 * A statement that is compiled once per shape: its text, and where each of its parameters comes from at call time.
 * A slot is filled by name from the call's environment; a constant is a literal of the declarations or of a filter.
 */
export interface Statement {
  readonly text: string
  readonly parameters: readonly Parameter[]
}

export type Parameter =
  { readonly kind: 'slot'; readonly name: string } | { readonly kind: 'constant'; readonly value: unknown }

/** Collects parameters while the text of one statement is put together. */
export class StatementBuilder {
  readonly #parameters: Parameter[] = []
  readonly #slots = new Map<string, number>()
  #aliases = 0
  #written: { readonly table: string; readonly rows: string } | undefined

  /** Placeholder of a value that is known now, such as `$2::numeric`. */
  constant(value: unknown, pgType: string): string {
    this.#parameters.push({ kind: 'constant', value })
    return `$${this.#parameters.length}::${pgType}`
  }

  /** Placeholder of the moment of the call. */
  moment(): string {
    return momentParams('bound', (value, pgType) => this.constant(value, pgType)).now()
  }

  /** Placeholder of a value that each call brings; the same name gives the same parameter. */
  slot(name: string, pgType: string): string {
    let number = this.#slots.get(name)
    if (number === undefined) {
      this.#parameters.push({ kind: 'slot', name })
      number = this.#parameters.length
      this.#slots.set(name, number)
    }
    return `$${number}::${pgType}`
  }

  /**
   * Says that a part of the statement writes rows of a table and gives them as they are afterwards: PostgreSQL shows the
   * other parts the table as it was before.
   * @param rows name of the part, which returns whole rows
   */
  writes(table: string, rows: string): void {
    this.#written = { table, rows }
  }

  /** What to select the rows of a table from: as they are after what the statement writes. */
  table(name: string): string {
    const table = identifier(name)
    if (this.#written?.table !== name) return table
    const { rows } = this.#written
    return (
      `(select * from ${rows} union all select kept.* from ${table} kept ` +
      `where not exists (select 1 from ${rows} where ${rows}.id = kept.id))`
    )
  }

  /** A fresh table alias. */
  alias(prefix: string): string {
    this.#aliases += 1
    return `${prefix}${this.#aliases}`
  }

  build(text: string): Statement {
    return { text, parameters: this.#parameters }
  }
}

/**
 * The values of a statement's parameters, in order; what stands for the moment becomes that of the call.
 * Throws where the environment lacks a slot: a fault of ours.
 */
export function parameterValues(
  statement: Statement,
  environment: Readonly<Record<string, unknown>>,
  moment: Moment,
): unknown[] {
  return statement.parameters.map((parameter) => {
    if (parameter.kind === 'constant') return momentValue(parameter.value, moment)
    const value = environment[parameter.name]
    if (value === undefined)
      throw new Error(`Statement needs the value "${parameter.name}": ${statement.text}`)
    return value
  })
}
