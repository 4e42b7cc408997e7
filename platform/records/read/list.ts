import { TesseraError } from '../../access/errors.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder, type Statement } from '../../database/statement.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { searchQuery } from '../search-tokens.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import {
  addExpanded,
  addExpandedMany,
  addField,
  SelectList,
  type ExpansionTree,
  type ReadContext,
} from './columns.ts'
import { choiceOf, type Choice, type Choosable } from './choosable.ts'
import { readConditions } from './conditions.ts'
import { afterCondition, decodeCursor, encodeCursor, type Cursor } from './keyset.ts'
import { runStatement } from './run.ts'
import { readableObject, selectionTree } from './selection.ts'
import { addMay, type MayAction } from './may.ts'
import { orderBy, sortKeys, type SortKey } from './sort.ts'
import { compiledOnce, readRow, type CompiledRead } from './statement-cache.ts'

export interface ListRequest {
  readonly object: string
  /** Names or paths (`account.name`); every visible field without it. */
  readonly fields?: readonly string[]
  /** References given as `{id, <name field>}`. */
  readonly expand?: readonly string[]
  /** Tells of each record, beside its fields, whether the principal may do this; see may.ts. */
  readonly may?: readonly MayAction[]
  /** An expression over `record` and `user`. */
  readonly filter?: string
  /** Words to find. */
  readonly search?: string
  /** Names or paths, `-` for descending; newest first without it. */
  readonly sort?: readonly string[]
  /** 1 to 500; 50 without it. */
  readonly limit?: number
  /** The `next` of the page before. */
  readonly after?: string
  readonly count?: boolean
  /** The deleted records instead (those that one may restore). */
  readonly deleted?: boolean
  /** Only the records that this field may refer to. */
  readonly choosable?: Choosable
}

export interface ListPage {
  readonly rows: readonly RecordValues[]
  readonly next: string | null
  readonly count?: { readonly value: number; readonly capped: boolean }
}

const countCap = 10_000

/**
 * The one way to rows: what the rights let the principal see, filtered, sorted, a page at a time by keyset.
 * @throws TesseraError not_found/forbidden for the object, validation for filters, fields and sorts that do not exist
 */
export async function listRecords(unit: UnitOfWork, request: ListRequest): Promise<ListPage> {
  const object = readableObject({ ...unit, object: request.object })
  const limit = request.limit ?? 50
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new TesseraError(
      'bad_request',
      `limit is ${String(request.limit)}; use a whole number from 1 to 500.`,
    )
  const search =
    request.search === undefined || request.search.trim() === '' ? undefined : searchQuery(request.search)
  if (request.search !== undefined && request.search.trim() !== '' && search === undefined)
    return { rows: [], next: null, ...(request.count === true ? { count: { value: 0, capped: false } } : {}) }
  const choice = request.choosable === undefined ? undefined : choiceOf(unit, request.choosable)
  if (choice !== undefined && choice.reference.to !== object.name)
    throw new TesseraError(
      'bad_request',
      `choosable: the field refers to ${choice.reference.to}, not ${object.name}.`,
    )
  const shape = { object, request, limit, hasSearch: search !== undefined, choice }
  const compiled = compileList(unit, shape)
  const cursor = request.after === undefined ? undefined : decodeCursor(request.after, compiled.keys.length)
  const page = cursor === undefined ? compiled : compileList(unit, { ...shape, cursor })
  const environment = {
    ...principalSlots(unit.principal),
    search: search ?? null,
    ...choice?.slots,
    ...Object.fromEntries((cursor ?? []).map((value, at) => [`after.${at}`, value])),
  }
  const [rows, count] = await Promise.all([
    runStatement(unit, page.statement, environment),
    request.count === true ? countRecords(unit, { object, request, search, choice }) : undefined,
  ])
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    rows: shown.map((row) => readRow(page.readers, row)),
    next: last === undefined ? null : encodeCursor(page.keys.map((key) => last[key.column] as string | null)),
    ...(count === undefined ? {} : { count }),
  }
}

interface CompiledList extends CompiledRead {
  readonly keys: readonly SortKey[]
}

function compileList(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    request: ListRequest
    limit: number
    hasSearch: boolean
    choice: Choice | undefined
    cursor?: Cursor
  },
): CompiledList {
  const { object, request, limit, cursor } = options
  const blanks = cursor?.map((value) => (value === null ? 'n' : 'v')).join('')
  const shape = JSON.stringify([
    'list',
    unit.rights.key,
    object.name,
    request.fields,
    request.expand,
    request.may,
    request.filter,
    request.sort,
    options.hasSearch,
    request.deleted === true,
    limit,
    blanks,
    options.choice?.shape,
  ])
  return compiledOnce(unit.model, shape, () => {
    const statement = new StatementBuilder()
    const context: ReadContext = { ...unit, statement, isGated: true }
    const list = new SelectList(context)
    const tree = selectionTree({ ...unit, object, fields: request.fields, expand: request.expand })
    addTree(list, { alias: 't', object, tree })
    addMay(list, { alias: 't', object, may: request.may })
    const keys = sortKeys(list, { ...unit, object, alias: 't', sort: request.sort ?? [] })
    const where = readConditions(context, {
      object,
      alias: 't',
      filter: request.filter,
      hasSearch: options.hasSearch,
      isDeleted: request.deleted === true,
      choice: options.choice,
    })
    const text = pageText({ object, list, keys, where, cursor, limit: limit + 1, statement })
    return {
      statement: statement.build(text),
      readers: list.readers,
      keys,
    }
  })
}

/**
 * The page's text. A single nullable key that an index can have in order is read in two parts, filled values first and
 * blanks after, so that the index serves "blanks last" in both directions.
 */
function pageText(options: {
  object: ObjectModel
  list: SelectList
  keys: readonly SortKey[]
  where: readonly string[]
  cursor: Cursor | undefined
  limit: number
  statement: StatementBuilder
}): string {
  const { object, list, keys, where, cursor, limit, statement } = options
  const from = `from ${identifier(object.name)} t ${list.joins.join(' ')}`
  const select = `select ${list.columns.join(', ')} ${from}`
  const [first, id] = keys
  const isSplit = keys.length === 2 && first?.isNullable === true && id !== undefined && first.isIndexable
  if (!isSplit || first === undefined || id === undefined) {
    const after = cursor === undefined ? [] : [afterCondition({ keys, cursor, statement })]
    return `${select} where ${[...where, ...after].join(' and ')} order by ${orderBy(keys)} limit ${limit}`
  }
  const filledKeys = [{ ...first, isNullable: false }, id]
  const part = (conditions: readonly string[], order: readonly SortKey[]) =>
    `(${select} where ${[...where, ...conditions].join(' and ')} order by ${orderBy(order)} limit ${limit})`
  const afterFilled =
    cursor === undefined || cursor[0] === null
      ? []
      : [afterCondition({ keys: filledKeys, cursor, statement })]
  const isInBlanks = cursor !== undefined && cursor[0] === null
  const afterBlank = isInBlanks ? [afterCondition({ keys, cursor, statement, from: 1 })] : []
  const blanks = part([`${first.sql} is null`, ...afterBlank], [id])
  if (isInBlanks) return blanks
  return `${part([`${first.sql} is not null`, ...afterFilled], filledKeys)} union all ${blanks} limit ${limit}`
}

/** Adds `id` and `version` of the row and everything that the tree names. */
export function addTree(
  list: SelectList,
  options: { alias: string; object: ObjectModel; tree: ExpansionTree },
): void {
  const { alias, object, tree } = options
  const id = list.add(`${alias}.id`)
  const version = list.add(`${alias}.version`)
  list.readers.push((row, record) => {
    record.id = row[id]
    record.version = row[version]
  })
  for (const [name, deeper] of tree) {
    if (name === 'id') continue
    const field = object.fields.get(name)
    if (field === undefined) continue
    if (deeper.size > 0 && field.joinTable !== undefined)
      addExpandedMany(list, { alias, field, fields: deeper })
    else if (deeper.size > 0) addExpanded(list, { alias, field, fields: deeper })
    else addField(list, { alias, field })
  }
}

async function countRecords(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    request: ListRequest
    search: string | undefined
    choice: Choice | undefined
  },
): Promise<{ value: number; capped: boolean }> {
  const { object, request, search, choice } = options
  const isDeleted = request.deleted === true
  const shape = JSON.stringify([
    'count',
    unit.rights.key,
    object.name,
    request.filter,
    search !== undefined,
    isDeleted,
    choice?.shape,
  ])
  const { statement } = compiledOnce(unit.model, shape, () => {
    const builder = new StatementBuilder()
    const where = readConditions(
      { ...unit, statement: builder, isGated: true },
      { object, alias: 't', filter: request.filter, hasSearch: search !== undefined, isDeleted, choice },
    )
    const text =
      `select count(*)::int from (select 1 from ${identifier(object.name)} t ` +
      `where ${where.join(' and ')} limit ${countCap + 1}) counted`
    return { statement: builder.build(text) as Statement }
  })
  const [row] = await runStatement(unit, statement, {
    ...principalSlots(unit.principal),
    search: search ?? null,
    ...choice?.slots,
  })
  const value = Number(row?.[0] ?? 0)
  return { value: Math.min(value, countCap), capped: value > countCap }
}
