import type { UnknownValue } from '#lib/shared/api/types.ts'

/** What texts of the file stand for that no choice or record is named by; said by the person who imports. */
export class Corrections {
  /** All that trial runs met, so that what was corrected can be corrected again. */
  met = $state.raw<readonly UnknownValue[]>([])
  /** Whether something was said since the last trial run. */
  isChanged = $state(false)
  #given = $state.raw<Readonly<Record<string, Readonly<Record<string, string>>>>>({})

  /** What a trial run with the corrections so far did not recognise. */
  take(found: readonly UnknownValue[]): void {
    const isFound = (value: UnknownValue) =>
      found.some(({ column, text }) => column === value.column && text === value.text)
    this.met = [...found, ...this.met.filter((value) => this.of(value) !== undefined && !isFound(value))]
    this.isChanged = false
  }

  of({ column, text }: UnknownValue): string | undefined {
    return this.#given[column]?.[text]
  }

  say({ column, text }: UnknownValue, meaning: string | undefined): void {
    const { [text]: _, ...others } = this.#given[column] ?? {}
    this.#given = { ...this.#given, [column]: meaning ? { ...others, [text]: meaning } : others }
    this.isChanged = true
  }

  /** The corrections of a column, as the mapping takes them. */
  ofColumn(column: string): Readonly<Record<string, string>> | undefined {
    const values = this.#given[column]
    return values === undefined || Object.keys(values).length === 0 ? undefined : values
  }

  /** The column fills another field now, or all of them do. */
  forget(column?: string): void {
    this.met = column === undefined ? [] : this.met.filter((value) => value.column !== column)
    const { [column ?? '']: _, ...others } = this.#given
    this.#given = column === undefined ? {} : others
    this.isChanged = false
  }
}
