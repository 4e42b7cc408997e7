import { invalid, TesseraError } from '../../access/errors.ts'
import type { EffectiveRights } from '../../access/rights.ts'
import type { FieldModel, Model, ObjectModel } from '../../definitions/model/model.ts'
import { promiseOf } from '../../definitions/model/promise-column.ts'
import { addField, type SelectList } from './columns.ts'
import { dueKey } from './due-key.ts'
import { resolvePath } from './selection.ts'

/** One sort key: an SQL value, its PostgreSQL type, its direction, whether it can be blank. */
export interface SortKey {
  readonly sql: string
  readonly pgType: string
  readonly descending: boolean
  readonly isNullable: boolean
  /** Whether an index has the filled values in order, so that blanks are better read apart. */
  readonly isIndexable: boolean
  /** Position of the value (as text) in the select list, for the cursor. */
  readonly column: number
}

/**
 * The sort keys of a list, `id` last as the tie-break. Blanks come last in both directions.
 * `sort`: names or paths, `-` before one for descending. Without any: newest first.
 */
export function sortKeys(
  list: SelectList,
  options: {
    model: Model
    rights: EffectiveRights
    object: ObjectModel
    alias: string
    sort: readonly string[]
  },
): readonly SortKey[] {
  const { alias } = options
  if (options.sort.length > 5)
    throw new TesseraError('bad_request', `Sorting by ${options.sort.length} keys; at most 5 are allowed.`)
  const keys = options.sort.filter((key) => key !== '').map((key) => keyOf(list, options, key))
  const isIdSorted = keys.at(-1)?.sql === `${alias}.id`
  if (isIdSorted) return keys
  const id = `${alias}.id`
  const descending = keys[0]?.descending ?? true
  return [
    ...keys,
    {
      sql: id,
      pgType: 'uuid',
      descending,
      isNullable: false,
      isIndexable: true,
      column: list.add(`${id}::text`),
    },
  ]
}

function keyOf(
  list: SelectList,
  options: { model: Model; rights: EffectiveRights; object: ObjectModel; alias: string },
  key: string,
): SortKey {
  const descending = key.startsWith('-')
  const path = descending ? key.slice(1) : key
  const promise = promiseOf(path)
  if (promise !== undefined) return { ...dueKey(list, { ...options, promise }), descending }
  const resolved = resolvePath({ ...options, path })
  if ('fault' in resolved) throw invalid([resolved.fault])
  const field = resolved.chain.at(-1) as FieldModel
  const column = field.columns[0]
  const pgType = sortableType(field)
  if (pgType === undefined)
    throw invalid([
      { field: path, code: 'not_sortable', message: `a ${field.type.name} field cannot be sorted by` },
    ])
  const alias = resolved.chain
    .slice(0, -1)
    .reduce((current, reference) => list.join(current, reference), options.alias)
  const before = list.columns.length
  const readers = list.readers.length
  addField(list, { alias, field })
  list.readers.length = readers
  const sql = list.columns[before] as string
  list.columns.length = before
  return {
    sql,
    pgType,
    descending,
    // What lies behind a reference is blank where there is none.
    isNullable: !(
      resolved.chain.length === 1 &&
      field.isSystem &&
      column !== undefined &&
      field.name !== 'owner' &&
      !field.name.endsWith('_by')
    ),
    // Of the object's own table.
    isIndexable: /^t\."/.test(sql),
    column: list.add(`(${sql})::text`),
  }
}

function sortableType(field: FieldModel): string | undefined {
  switch (field.expressionType.kind) {
    case 'string':
      return 'text collate "C"'
    case 'int':
      return 'bigint'
    case 'decimal':
    case 'money':
      return 'numeric'
    case 'bool':
      return 'boolean'
    case 'date':
      return 'date'
    case 'datetime':
      return 'timestamptz'
    case 'record':
      return field.joinTable === undefined ? 'uuid' : undefined
    default:
      return undefined
  }
}

/** The order-by list of the keys. */
export function orderBy(keys: readonly SortKey[]): string {
  return keys
    .map(
      ({ sql, descending, isNullable }) =>
        `${sql}${descending ? ' desc' : ''}${isNullable && descending ? ' nulls last' : ''}`,
    )
    .join(', ')
}
