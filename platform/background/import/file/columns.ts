import { dateOrder } from '../convert/dates.ts'
import { decimalMark } from '../convert/numbers.ts'

/** A column of an uploaded file. */
export interface FileColumn {
  /** From the header; repeated and missing names are made distinct. */
  readonly name: string
  /** Some of its different values. */
  readonly sample: readonly string[]
  /** How the column writes its numbers and days, where its values show it. */
  readonly decimal?: '.' | ','
  readonly date?: 'dmy' | 'mdy'
}

/** Distinct names for columns: `name`, `name (2)`; a column without a name is `column 3`. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>()
  return header.map((cell, at) => {
    const name = cell.replaceAll('\u0000', '').trim() || `column ${at + 1}`
    let distinct = name
    for (let count = 2; taken.has(distinct); count++) distinct = `${name} (${count})`
    taken.add(distinct)
    return distinct
  })
}

const sampleSize = 20
const longestSample = 200

/** Gathers what is to be known of a column while its values pass by. */
export class ColumnSurvey {
  readonly #name: string
  readonly #sample = new Set<string>()
  readonly #marks = new Set<'.' | ','>()
  readonly #orders = new Set<'dmy' | 'mdy'>()

  constructor(name: string) {
    this.#name = name
  }

  add(text: string): void {
    if (text.trim() === '') return
    if (this.#sample.size < sampleSize)
      this.#sample.add(text.slice(0, longestSample).replaceAll('\u0000', '\u2400'))
    if (text.length > 40 || !/\d/.test(text)) return
    const mark = decimalMark([text])
    if (mark !== undefined) this.#marks.add(mark)
    const order = dateOrder([text])
    if (order !== undefined) this.#orders.add(order)
  }

  /** What all values together show; where some speak against others, nothing. */
  result(): FileColumn {
    const [decimal] = this.#marks
    const [date] = this.#orders
    return {
      name: this.#name,
      sample: [...this.#sample],
      ...(this.#marks.size === 1 && decimal !== undefined ? { decimal } : {}),
      ...(this.#orders.size === 1 && date !== undefined ? { date } : {}),
    }
  }
}

/**
 * How a column writes its numbers and days. Where its own values leave it open, the other columns tell, if they agree:
 * a program writes all columns of a file in one way. Numbers that remain open have a decimal point.
 */
export function notationOf(
  column: FileColumn,
  columns: readonly FileColumn[],
): { decimal: '.' | ','; date: 'dmy' | 'mdy' | undefined } {
  return {
    decimal: column.decimal ?? onlyOne(columns.map(({ decimal }) => decimal)) ?? '.',
    date: column.date ?? onlyOne(columns.map(({ date }) => date)),
  }
}

function onlyOne<T>(values: readonly (T | undefined)[]): T | undefined {
  const distinct = new Set(values.filter((value) => value !== undefined))
  return distinct.size === 1 ? [...distinct][0] : undefined
}
