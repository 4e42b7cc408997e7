import { TesseraError } from '../../access/errors.ts'
import type { StatementBuilder } from '../../database/statement.ts'
import type { SortKey } from './sort.ts'

/** The sort values of the last row of a page, as texts; null for a blank. */
export type Cursor = readonly (string | null)[]

/** Writes a cursor as an opaque text. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Reads a cursor; anything that is not one of ours is refused. */
export function decodeCursor(text: string, keys: number): Cursor {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch (cause) {
    throw new TesseraError('bad_request', 'The cursor `after` is damaged; begin with the first page.', {
      cause,
    })
  }
  const isCursor =
    Array.isArray(values) &&
    values.length === keys &&
    values.every((value) => value === null || (typeof value === 'string' && value.length < 10_000)) &&
    values.at(-1) !== null
  if (!isCursor)
    throw new TesseraError(
      'bad_request',
      'The cursor `after` belongs to another sort order; begin with the first page.',
    )
  return values as Cursor
}

/**
 * The condition "comes after the cursor", blanks last. Which values of the cursor are blank is part of the shape of
 * the statement; the values themselves are slots `after.0`, `after.1` ... `from`: the first key that is compared.
 */
export function afterCondition(options: {
  keys: readonly SortKey[]
  cursor: Cursor
  statement: StatementBuilder
  from?: number
}): string {
  const { statement, from = 0 } = options
  const keys = options.keys.slice(from)
  const slots = keys.map((key, at) =>
    options.cursor[at + from] === null
      ? undefined
      : statement.slot(`after.${at + from}`, key.pgType.replace(' collate "C"', '')),
  )
  const isRowComparable =
    keys.every((key) => !key.isNullable && key.descending === keys[0]?.descending) &&
    !slots.includes(undefined)
  if (isRowComparable) {
    const operator = keys[0]?.descending ? '<' : '>'
    return `(${keys.map((key) => key.sql).join(', ')}) ${operator} (${slots.join(', ')})`
  }
  const alternatives = keys.map((key, at) => {
    const equal = keys.slice(0, at).map((before, index) => equalTo(before, slots[index]))
    return `(${[...equal, beyond(key, slots[at])].join(' and ')})`
  })
  return `(${alternatives.join(' or ')})`
}

function equalTo(key: SortKey, slot: string | undefined): string {
  return slot === undefined ? `${key.sql} is null` : `${key.sql} = ${slot}`
}

function beyond(key: SortKey, slot: string | undefined): string {
  if (slot === undefined) return 'false'
  const further = `${key.sql} ${key.descending ? '<' : '>'} ${slot}`
  return key.isNullable ? `(${further} or ${key.sql} is null)` : further
}
