import { rowPredicate } from '../../access/predicate.ts'
import { recordBinding } from '../../access/record-binding.ts'
import type { RecordAction } from '../../access/rights.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { SelectList, type ExpansionTree, type ReadContext } from '../read/columns.ts'
import { addTree } from '../read/list.ts'
import { compiledOnce, type CompiledRead } from '../read/statement-cache.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { columnValues } from '../values.ts'

/** A compiled write: gives the row as stored, whether it may be where it now is, and which references hold. */
export interface CompiledWrite extends CompiledRead {
  /** Position of the answer to "may this row be where it is now". */
  readonly permitted: number
  /** Per written reference: the position of the answer to "may this record be referred to". */
  readonly references: readonly { readonly field: FieldModel; readonly column: number }[]
}

/** All fields with columns of their own that a write sets. */
export function writableFields(object: ObjectModel): readonly FieldModel[] {
  return [...object.fields.values()].filter(
    (field) => field.type.storage === 'stored' && field.columns.length > 0 && !field.isSystem,
  )
}

/** Counts and sums of numbers over nothing are 0, from the beginning. */
function emptyRollups(object: ObjectModel): [string, string][] {
  return [...object.fields.values()].flatMap((field): [string, string][] => {
    const isZero = field.rollup?.function === 'count' || field.rollup?.function === 'sum'
    const [column, currency] = field.columns
    return isZero && column !== undefined && currency === undefined ? [[column.name, '0']] : []
  })
}

const ownerOf = (object: ObjectModel) => (object.isOwned ? object.fields.get('owner') : undefined)

/** INSERT of a whole record with its history, in one statement. */
export function insertStatement(unit: UnitOfWork, object: ObjectModel): CompiledWrite {
  return compiledOnce<CompiledWrite>(
    unit.model,
    JSON.stringify(['insert', unit.rights.key, object.name]),
    () => {
      const statement = new StatementBuilder()
      const fields = insertedFields(object)
      const columns: [string, string][] = [
        ['id', statement.slot('id', 'uuid')],
        ...fields.flatMap((field) => columnSlots(statement, field)),
        ...sameForAll(statement, object),
        ['_search', tokensSlot(statement)],
      ]
      const write =
        `insert into ${identifier(object.name)} (${columns.map(([name]) => identifier(name)).join(', ')}) ` +
        `values (${columns.map(([, value]) => value).join(', ')}) returning *`
      return finish(unit, { object, statement, write, written: fields, action: insertAction(object) })
    },
  )
}

/**
 * The same for several records at once, which costs a fraction: PostgreSQL prepares indexes and generated columns for
 * each statement anew. The slots of each row bear its position: `3 id`; see rowSlots. Rows come back in any order.
 */
export function insertManyStatement(unit: UnitOfWork, object: ObjectModel, count: number): CompiledWrite {
  return compiledOnce<CompiledWrite>(
    unit.model,
    JSON.stringify(['insert many', unit.rights.key, object.name, count]),
    () => {
      const statement = new StatementBuilder()
      const fields = insertedFields(object)
      const rowSlotsAt = (at: number): [string, string][] => [
        ['id', statement.slot(`${at} id`, 'uuid')],
        ...fields.flatMap((field) => columnSlots(statement, field, `${at} `)),
        ['_tokens', statement.slot(`${at} tokens`, 'text[]')],
        ['_changes', statement.slot(`${at} changes`, 'jsonb')],
        ['_cause', statement.slot(`${at} cause`, 'jsonb')],
      ]
      const rows = Array.from({ length: count }, (_, at) => rowSlotsAt(at))
      const names = (rows[0] ?? []).map(([name]) => identifier(name))
      const own = names.slice(0, -3)
      const shared = sameForAll(statement, object)
      const write =
        `insert into ${identifier(object.name)} (${[...own, ...shared.map(([name]) => identifier(name)), '_search'].join(', ')}) ` +
        `select ${[...own, ...shared.map(([, value]) => value), 'array_to_tsvector(_tokens)'].join(', ')} from v returning *`
      const given = `v (${names.join(', ')}) as (values ${rows.map((row) => `(${row.map(([, slot]) => slot).join(', ')})`).join(', ')}), `
      return finish(unit, { object, statement, given, write, written: fields, action: insertAction(object) })
    },
  )
}

function insertedFields(object: ObjectModel): readonly FieldModel[] {
  const owner = ownerOf(object)
  return [...new Set([...writableFields(object), ...(owner === undefined ? [] : [owner])])]
}

/** Columns whose values do not depend on what is inserted. */
function sameForAll(statement: StatementBuilder, object: ObjectModel): [string, string][] {
  return [...stamps(statement, ['created', 'updated']), ...emptyRollups(object)]
}

const insertAction = (object: ObjectModel): RecordAction => (object.parent === undefined ? 'read' : 'update')

/** Fills the slots of one of several rows. */
export function rowSlots(
  environment: Readonly<Record<string, unknown>>,
  at: number,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [`${at} ${name}`, value]))
}

/** UPDATE of the given fields of one row with its history, in one statement. */
export function updateStatement(
  unit: UnitOfWork,
  object: ObjectModel,
  fields: readonly FieldModel[],
  hasTokens: boolean,
): CompiledWrite {
  const names = fields.map((field) => field.name)
  const shape = JSON.stringify(['update', unit.rights.key, object.name, names, hasTokens])
  return compiledOnce<CompiledWrite>(unit.model, shape, () => {
    const statement = new StatementBuilder()
    const columns: [string, string][] = [
      ...fields.flatMap((field) => columnSlots(statement, field)),
      ...stamps(statement, ['updated']),
      ...(hasTokens ? [['_search', tokensSlot(statement)] as [string, string]] : []),
    ]
    const write =
      `update ${identifier(object.name)} set ${columns.map(([name, value]) => `${identifier(name)} = ${value}`).join(', ')}, ` +
      `version = version + 1 where id = ${statement.slot('id', 'uuid')} returning *`
    return finish(unit, { object, statement, write, written: fields, action: 'update' })
  })
}

/** Soft delete or restore of one row with its history. */
export function deletionStatement(unit: UnitOfWork, object: ObjectModel, isDeletion: boolean): CompiledWrite {
  const shape = JSON.stringify(['delete', unit.rights.key, object.name, isDeletion])
  return compiledOnce<CompiledWrite>(unit.model, shape, () => {
    const statement = new StatementBuilder()
    const at = isDeletion ? statement.slot('now', 'timestamptz') : 'null'
    const write =
      `update ${identifier(object.name)} set deleted_at = ${at}, ` +
      `${stamps(statement, ['updated'])
        .map(([name, value]) => `${identifier(name)} = ${value}`)
        .join(', ')}, ` +
      `version = version + 1 where id = ${statement.slot('id', 'uuid')} returning *`
    return finish(unit, { object, statement, write, written: [], action: 'delete' })
  })
}

function finish(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    statement: StatementBuilder
    /** The rows that are written, where there are several. */
    given?: string
    write: string
    written: readonly FieldModel[]
    action: RecordAction
  },
): CompiledWrite {
  const { object, statement, given = '', write, written, action } = options
  const context: ReadContext = { ...unit, statement, isGated: false }
  statement.writes(object.name, 't')
  const list = new SelectList(context)
  addTree(list, { alias: 't', object, tree: storedTree(object) })
  const permitted = list.add(
    rowPredicate({ ...unit, object: object.name, alias: 't', action, statement, rows: 'few' }),
  )
  const names = new Set(written.map((field) => field.name))
  const references = [...object.fields.values()]
    .filter((field) => field.name !== object.parent?.name && isToBeChecked(field, names))
    .map((field) => ({ field, column: list.add(referenceCheck(unit, statement, field)) }))
  const history = object.hasHistory
    ? `, h as (${historyInsert(statement, object, { isOfMany: given !== '' })})`
    : ''
  const text = `with ${given}t as (${write})${history} select ${list.columns.join(', ')} from t`
  return {
    statement: statement.build(text),
    readers: list.readers,
    permitted,
    references,
  }
}

function historyInsert(
  statement: StatementBuilder,
  object: ObjectModel,
  { isOfMany }: { isOfMany: boolean },
): string {
  const [changes, cause, from] = isOfMany
    ? ['v._changes', 'v._cause', 't join v on v.id = t.id']
    : [statement.slot('changes', 'jsonb'), statement.slot('cause', 'jsonb'), 't']
  return (
    `insert into _change (object, record, version, at, by, action, changes, cause) ` +
    `select ${statement.constant(object.name, 'text')}, t.id, t.version, ${statement.slot('now', 'timestamptz')}, ` +
    `${statement.slot('by', 'uuid')}, ${statement.slot('action', 'text')}, ${changes}, ${cause} from ${from}`
  )
}

/** A reference is checked when it is written, and when that changes on which its choice depends. */
export function isToBeChecked({ name, reference }: FieldModel, written: ReadonlySet<string>): boolean {
  if (reference === undefined) return false
  return written.has(name) || [...(reference.referring?.fields ?? [])].some((field) => written.has(field))
}

/** Whether the record referred to exists, may be seen and passes the reference's condition; blank is fine. */
export function referenceCheck(unit: UnitOfWork, statement: StatementBuilder, field: FieldModel): string {
  const { to, where } = field.reference as NonNullable<FieldModel['reference']>
  const alias = statement.alias('c')
  const conditions = [`${alias}.id = t.${identifier(field.name)}`, `${alias}.deleted_at is null`]
  // Everybody may be named as a user: the list of colleagues is no secret, their records may be.
  const gate =
    to === 'user'
      ? 'true'
      : rowPredicate({ ...unit, object: to, alias, action: 'read', statement, rows: 'few' })
  if (gate !== 'true') conditions.push(gate)
  if (where !== undefined) {
    const referring = { object: field.object, alias: 't' }
    const binding = recordBinding({ model: unit.model, object: to, alias, statement, referring })
    conditions.push(where.toPredicate(binding, 'bound').sql)
  }
  return (
    `(t.${identifier(field.name)} is null or exists (select 1 from ${statement.table(to)} ${alias} ` +
    `where ${conditions.join(' and ')}))`
  )
}

/** Everything that is stored of a record, and its formulas; not its lines. */
export function storedTree(object: ObjectModel): ExpansionTree {
  return new Map(
    [...object.fields.values()]
      .filter((field) => field.lines === undefined)
      .map((field) => [field.name, new Map()]),
  )
}

export function columnSlots(statement: StatementBuilder, field: FieldModel, row = ''): [string, string][] {
  return field.columns.map((column, at) => [
    column.name,
    statement.slot(`${row}field.${field.name}.${at}`, column.type),
  ])
}

/** Fills the slots of a field. */
export function fieldSlots(
  fields: readonly FieldModel[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const slots: Record<string, unknown> = {}
  for (const field of fields)
    for (const [at, value] of columnValues(field, values[field.name]).entries())
      slots[`field.${field.name}.${at}`] = value
  return slots
}

function stamps(statement: StatementBuilder, kinds: readonly ('created' | 'updated')[]): [string, string][] {
  return kinds.flatMap((kind): [string, string][] => [
    [`${kind}_at`, statement.slot('now', 'timestamptz')],
    [`${kind}_by`, statement.slot('by', 'uuid')],
  ])
}

function tokensSlot(statement: StatementBuilder): string {
  return `array_to_tsvector(${statement.slot('tokens', 'text[]')})`
}
