import { invalid, TesseraError, type Fault } from '../../access/errors.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { canonicalDecimal } from '../../definitions/field-types/number-check.ts'
import { searchQuery } from '../search-tokens.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { addField, SelectList, type ReadContext } from './columns.ts'
import { readConditions } from './conditions.ts'
import { runStatement } from './run.ts'
import { readableObject, resolvePath } from './selection.ts'
import { compiledOnce, readRow, type CompiledRead } from './statement-cache.ts'

export type MeasureFunction = 'count' | 'sum' | 'average' | 'minimum' | 'maximum'
export type DatePart = 'day' | 'month' | 'quarter' | 'year'

export interface AggregateRequest {
  readonly object: string
  readonly filter?: string
  readonly search?: string
  /** Names or paths; dates and moments by a part. */
  readonly group_by?: readonly (string | { readonly field: string; readonly by: DatePart })[]
  readonly measures: Readonly<Record<string, { readonly function: MeasureFunction; readonly field?: string }>>
}

export interface AggregateGroup {
  readonly key: Readonly<Record<string, unknown>>
  /** Sums of money are lists of amounts, one per currency. */
  readonly values: Readonly<Record<string, unknown>>
}

const most = 1_000

/**
 * Counts and totals over the rows that may be read, grouped. Money is never added across currencies: each currency
 * gives an amount of its own.
 * @throws TesseraError validation for unknown fields and functions that a field cannot have
 */
export async function aggregateRecords(
  unit: UnitOfWork,
  request: AggregateRequest,
): Promise<readonly AggregateGroup[]> {
  const object = readableObject({ ...unit, object: request.object })
  const names = Object.keys(request.measures)
  if (names.length === 0 || names.length > 20)
    throw new TesseraError('bad_request', `${names.length} measures; ask for 1 to 20.`)
  if ((request.group_by?.length ?? 0) > 3) throw new TesseraError('bad_request', 'Group by at most 3 fields.')
  const search =
    request.search === undefined || request.search.trim() === '' ? undefined : searchQuery(request.search)
  const shape = JSON.stringify(['aggregate', unit.rights.key, { ...request, search: search !== undefined }])
  const compiled = compiledOnce(unit.model, shape, () =>
    compile(unit, { object, request, hasSearch: search !== undefined }),
  )
  const rows = await runStatement(unit, compiled.statement, {
    ...principalSlots(unit.principal),
    search: search ?? null,
  })
  return rows.map((row) => {
    const group = readRow(compiled.readers, row) as {
      key?: Record<string, unknown>
      values?: Record<string, unknown>
    }
    return { key: group.key ?? {}, values: group.values ?? {} }
  })
}

function compile(
  unit: UnitOfWork,
  options: { object: ObjectModel; request: AggregateRequest; hasSearch: boolean },
): CompiledRead {
  const { object, request } = options
  const statement = new StatementBuilder()
  const context: ReadContext = { ...unit, statement, isGated: true }
  const list = new SelectList(context)
  const faults: Fault[] = []
  const groups = (request.group_by ?? []).map((entry, at) =>
    groupColumn(list, { unit, object, entry, at, faults }),
  )
  for (const [name, measure] of Object.entries(request.measures))
    measureColumn(list, { unit, object, name, measure, faults })
  if (faults.length > 0) throw invalid(faults)
  const where = readConditions(context, {
    object,
    alias: 't',
    filter: request.filter,
    hasSearch: options.hasSearch,
    isDeleted: false,
  })
  const positions = groups.flat()
  const text =
    `select ${list.columns.join(', ')} from ${identifier(object.name)} t ${list.joins.join(' ')} where ${where.join(' and ')}` +
    (positions.length === 0
      ? ''
      : ` group by ${positions.map((at) => at + 1).join(', ')} order by ${positions.map((at) => at + 1).join(', ')}`) +
    ` limit ${most}`
  return { statement: statement.build(text), readers: list.readers }
}

interface Placing {
  readonly unit: UnitOfWork
  readonly object: ObjectModel
  readonly faults: Fault[]
}

/** Adds the columns of one group key and gives their positions. */
function groupColumn(
  list: SelectList,
  options: Placing & { entry: string | { field: string; by: DatePart }; at: number },
): readonly number[] {
  const { entry } = options
  const path = typeof entry === 'string' ? entry : entry.field
  const found = locate(list, { ...options, path })
  if (found === undefined) return []
  const { field, alias } = found
  if (typeof entry !== 'string') {
    if (field.expressionType.kind !== 'date' && field.expressionType.kind !== 'datetime') {
      options.faults.push({
        field: path,
        code: 'group_by',
        message: 'only dates and moments can be grouped by a part',
      })
      return []
    }
    const column = `${alias}.${identifier(field.columns[0]?.name as string)}`
    const local =
      field.expressionType.kind === 'date'
        ? `${column}::timestamp`
        : `${column} at time zone ${list.context.statement.slot('user.time_zone', 'text')}`
    const at = list.add(`date_trunc('${entry.by}', ${local})::date`)
    list.readers.push((row, record) => {
      record.key = { ...(record.key as object | undefined), [path]: row[at] ?? null }
    })
    return [at]
  }
  if (
    field.joinTable !== undefined ||
    field.lines !== undefined ||
    ['dyn', 'struct'].includes(field.expressionType.kind)
  ) {
    options.faults.push({
      field: path,
      code: 'group_by',
      message: `a ${field.type.name} field cannot be grouped by`,
    })
    return []
  }
  const first = list.columns.length
  const before = list.readers.length
  addField(list, { alias, field, as: path })
  const [read] = list.readers.splice(before)
  list.readers.push((row, record) => {
    const key: Record<string, unknown> = { ...(record.key as object | undefined) }
    read?.(row, key)
    record.key = key
  })
  return Array.from({ length: list.columns.length - first }, (_, offset) => first + offset)
}

function measureColumn(
  list: SelectList,
  options: Placing & { name: string; measure: { function: MeasureFunction; field?: string } },
): void {
  const { name, measure, faults } = options
  const put = (read: (row: readonly unknown[]) => unknown) =>
    list.readers.push((row, record) => {
      record.values = { ...(record.values as object | undefined), [name]: read(row) }
    })
  if (measure.function === 'count' && measure.field === undefined) {
    const at = list.add('count(*)')
    put((row) => row[at])
    return
  }
  const found = measure.field === undefined ? undefined : locate(list, { ...options, path: measure.field })
  if (found === undefined) {
    if (measure.field === undefined)
      faults.push({ field: name, code: 'measure', message: `${measure.function} needs a field` })
    return
  }
  const { field, alias } = found
  const kind = field.expressionType.kind
  const isNumber = kind === 'int' || kind === 'decimal' || kind === 'money'
  const isOrdered = isNumber || kind === 'date' || kind === 'datetime'
  const isCounted = field.joinTable === undefined && field.lines === undefined
  const isMeasured = {
    count: isCounted,
    ...{ sum: isNumber, average: isNumber },
    ...{ minimum: isOrdered, maximum: isOrdered },
  }
  if (!isMeasured[measure.function]) {
    faults.push({
      field: measure.field as string,
      code: 'measure',
      message: `a ${field.type.name} field has no ${measure.function}`,
    })
    return
  }
  const start = list.columns.length
  const readers = list.readers.length
  addField(list, { alias, field })
  list.readers.length = readers
  const [sql = 'null', currency] = list.columns.splice(start)
  const call = { count: 'count', sum: 'sum', average: 'avg', minimum: 'min', maximum: 'max' }[
    measure.function
  ]
  if (measure.function !== 'count' && currency !== undefined) {
    const at = list.add(perCurrency({ call, sql, currency }))
    put((row) => row[at] ?? [])
    return
  }
  const at = list.add(`${call}(${sql})`)
  const isDecimal =
    kind === 'decimal' || (kind === 'int' && measure.function !== 'minimum' && measure.function !== 'maximum')
  put((row) => (measure.function !== 'count' && isDecimal ? canonicalDecimal(row[at]) : (row[at] ?? null)))
}

/**
 * One amount per currency, as JSON with texts. Two levels of aggregation in one expression are not possible in SQL, so
 * the pairs of a group are collected and added up by a sub-select.
 */
function perCurrency({ call, sql, currency }: { call: string; sql: string; currency: string }): string {
  const pairs = `unnest(array_agg(${sql}) filter (where ${sql} is not null), array_agg(${currency}) filter (where ${sql} is not null))`
  return (
    `(select jsonb_agg(jsonb_build_object('amount', trim_scale(total)::text, 'currency', c) order by c) ` +
    `from (select p.c, ${call}(p.v) as total from ${pairs} as p(v, c) group by p.c) totals)`
  )
}

function locate(
  list: SelectList,
  options: Placing & { path: string },
): { field: FieldModel; alias: string } | undefined {
  const resolved = resolvePath({
    model: options.unit.model,
    rights: options.unit.rights,
    object: options.object,
    path: options.path,
  })
  if ('fault' in resolved) {
    options.faults.push(resolved.fault)
    return undefined
  }
  const alias = resolved.chain.slice(0, -1).reduce((current, reference) => list.join(current, reference), 't')
  return { field: resolved.chain.at(-1) as FieldModel, alias }
}
