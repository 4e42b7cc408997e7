import { recordBinding } from '../../access/record-binding.ts'
import { isOpenToRead, rowPredicate } from '../../access/predicate.ts'
import type { EffectiveRights } from '../../access/rights.ts'
import { identifier } from '../../database/identifier.ts'
import type { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, Mask, Model, ObjectModel } from '../../definitions/model/model.ts'
import { apiValue } from '../values.ts'

/** What all parts of one read statement share. */
export interface ReadContext {
  readonly model: Model
  readonly rights: EffectiveRights
  readonly statement: StatementBuilder
  /** False for reads of the product itself (a record before it is written): no fields or records are hidden. */
  readonly isGated: boolean
}

/** Puts values of a row (an array in column order) into a record. */
export type RowReader = (row: readonly unknown[], record: Record<string, unknown>) => void

/** The select list, the joins and the readers of a statement, as they grow. */
export class SelectList {
  readonly columns: string[] = []
  readonly joins: string[] = []
  readonly readers: RowReader[] = []
  readonly context: ReadContext
  readonly #joined = new Map<string, string>()

  constructor(context: ReadContext) {
    this.context = context
  }

  /** Adds a column and gives its position. */
  add(sql: string): number {
    this.columns.push(sql)
    return this.columns.length - 1
  }

  /** The alias of the record that a reference leads to, joined once; records that may not be read are absent. */
  join(alias: string, field: FieldModel): string {
    const key = `${alias}.${field.name}`
    const known = this.#joined.get(key)
    if (known !== undefined) return known
    const target = field.reference?.to as string
    const next = this.context.statement.alias('j')
    const gate = this.context.isGated
      ? ` and ${next}.deleted_at is null${gateOf(this.context, target, next)}`
      : ''
    this.joins.push(
      `left join ${identifier(target)} ${next} on ${next}.id = ${alias}.${identifier(field.name)}${gate}`,
    )
    this.#joined.set(key, next)
    return next
  }
}

function gateOf(context: ReadContext, object: string, alias: string): string {
  const predicate = rowPredicate({ ...context, object, alias, action: 'read', rows: 'few' })
  return predicate === 'true' ? '' : ` and ${predicate}`
}

/** Adds one field of the row behind `alias` to the list; `as` is its key in the record. */
export function addField(list: SelectList, options: { alias: string; field: FieldModel; as?: string }): void {
  const { alias, field } = options
  const key = options.as ?? field.name
  const columns = fieldSql(list, alias, field).map((sql) => list.add(sql))
  const [at] = columns
  if (at === undefined) return
  if (field.joinTable !== undefined || (columns.length === 1 && field.type.fromColumns === undefined)) {
    list.readers.push((row, record) => {
      record[key] = row[at] ?? null
    })
    return
  }
  list.readers.push((row, record) => {
    record[key] = apiValue(
      field,
      columns.map((column) => row[column]),
    )
  })
}

function fieldSql(list: SelectList, alias: string, field: FieldModel): readonly string[] {
  const { context } = list
  if (field.joinTable !== undefined) return [manyIds(context, alias, field)]
  if (field.lines !== undefined) return []
  if (
    field.reference !== undefined &&
    context.isGated &&
    !isOpenToRead({ ...context, object: field.reference.to })
  )
    return [`${list.join(alias, field)}.id`]
  const mask = context.isGated ? context.rights.object(field.object).mask(field.name) : undefined
  if (mask !== undefined)
    return [masked(`${alias}.${identifier(field.columns[0]?.name ?? field.name)}`, mask)]
  const { sql, currency } = recordBinding({
    model: context.model,
    object: field.object,
    alias,
    statement: context.statement,
  }).column(['record', field.name])
  return currency === undefined ? [sql] : [sql, currency]
}

/** The text with dots for the characters that are not shown; one that is no longer than what is shown is dots alone. */
function masked(column: string, { first, last }: Mask): string {
  const length = `char_length(${column})`
  return (
    `case when ${length} > ${first + last} then left(${column}, ${first}) || repeat('•', ${length} - ${first + last}) || ` +
    `right(${column}, ${last}) else repeat('•', ${length}) end`
  )
}

/** The ids of a many-to-many field, in order, as far as the records may be seen. */
function manyIds(context: ReadContext, alias: string, field: FieldModel): string {
  const link = context.statement.alias('m')
  const target = context.statement.alias('t')
  const to = manyTarget(field)
  const gate = context.isGated ? ` and ${target}.deleted_at is null${gateOf(context, to, target)}` : ''
  return (
    `array(select ${target}.id from ${identifier(field.joinTable as string)} ${link} ` +
    `join ${identifier(to)} ${target} on ${target}.id = ${link}.target ` +
    `where ${link}.record = ${alias}.id${gate} order by ${target}.id)`
  )
}

/** The records of a many-to-many field as objects, with the given fields of their own, as far as they may be seen. */
export function addExpandedMany(
  list: SelectList,
  { alias, field, fields }: { alias: string; field: FieldModel; fields: ExpansionTree },
): void {
  const { context } = list
  const link = context.statement.alias('m')
  const target = context.statement.alias('t')
  const to = manyTarget(field)
  const gate = context.isGated ? ` and ${target}.deleted_at is null${gateOf(context, to, target)}` : ''
  const names = [...new Set(['id', ...fields.keys()])]
  const parts = names.map((name) => `'${name}', ${target}.${identifier(name)}`)
  const at = list.add(
    `(select coalesce(jsonb_agg(jsonb_build_object(${parts.join(', ')}) order by ${target}.id), '[]') ` +
      `from ${identifier(field.joinTable as string)} ${link} join ${identifier(to)} ${target} on ${target}.id = ${link}.target ` +
      `where ${link}.record = ${alias}.id${gate})`,
  )
  list.readers.push((row, record) => {
    record[field.name] = row[at]
  })
}

function manyTarget(field: FieldModel): string {
  return field.context.declaration.to as string
}

/** Adds the record behind a reference as an object: its id and the given fields, deeper references included. */
export function addExpanded(
  list: SelectList,
  options: { alias: string; field: FieldModel; fields: ExpansionTree },
): void {
  const { field, fields } = options
  const target = list.context.model.objects.get(field.reference?.to as string) as ObjectModel
  const alias = list.join(options.alias, field)
  const inner: RowReader[] = []
  const outer = list.readers.splice(0, list.readers.length)
  for (const [name, deeper] of fields) {
    const next = target.fields.get(name) as FieldModel
    if (deeper.size > 0 && next.joinTable !== undefined)
      addExpandedMany(list, { alias, field: next, fields: deeper })
    else if (deeper.size > 0) addExpanded(list, { alias, field: next, fields: deeper })
    else addField(list, { alias, field: next })
  }
  inner.push(...list.readers)
  list.readers.splice(0, list.readers.length, ...outer)
  const id = list.add(`${alias}.id`)
  list.readers.push((row, record) => {
    if (row[id] === null || row[id] === undefined) {
      record[field.name] = null
      return
    }
    const expanded: Record<string, unknown> = { id: row[id] }
    for (const read of inner) read(row, expanded)
    record[field.name] = expanded
  })
}

/** Names of fields to read behind a reference, with what to read behind those. */
export type ExpansionTree = ReadonlyMap<string, ExpansionTree>
