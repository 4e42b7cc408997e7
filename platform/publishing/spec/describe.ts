import type { FieldModel, Model, ObjectModel } from '../../definitions/model/model.ts'
import { describeIndexes } from './describe-indexes.ts'
import { recordBinding } from './record-binding.ts'
import { rollupComputation } from './rollup-computation.ts'
import type { ColumnSpec, FieldSpec, Keeping, NamedSpec, ObjectSpec, SchemaSpec } from './schema-spec.ts'

/** The schema that a Model needs: tables, columns, indexes and references, as plain data. Pure. */
export function describe(model: Model, schema: string): SchemaSpec {
  return {
    schema,
    objects: Object.fromEntries(
      [...model.objects.values()].map((object) => [object.name, describeObject(model, object)]),
    ),
    processes: Object.fromEntries(
      [...model.processes.values()].map(({ name, hash, object }) => [name, { hash, object }]),
    ),
    timeZone: model.settings.timeZone,
  }
}

function describeObject(model: Model, object: ObjectModel): ObjectSpec {
  const fields: Record<string, FieldSpec> = {}
  const unkept: Record<string, NamedSpec> = {}
  for (const column of firstColumns) fields[column.name] = platformField(column)
  for (const field of object.fields.values()) {
    const spec = describeField(model, field)
    if (spec !== undefined) fields[field.name] ??= spec
    else if (!field.isSystem) unkept[field.name] = named(field)
  }
  for (const column of lastColumns) fields[column.name] ??= platformField(column)
  return {
    ...named(object),
    fields,
    unkept,
    indexes: describeIndexes(model, object),
    ...(object.hierarchy === undefined ? {} : { hierarchy: object.hierarchy }),
    searchFields: object.searchFields.map(({ name }) => name),
  }
}

const moment = 'timestamptz(3)'

/**
 * Every table has these, whatever the object declares. created_by and updated_by carry no foreign key: each would
 * lock the user's row on every write, and the platform itself makes records too.
 */
const firstColumns: readonly ColumnSpec[] = [
  { name: 'id', suffix: '', type: 'uuid', isNotNull: true },
  { name: 'version', suffix: '', type: 'integer', isNotNull: true, default: '1' },
]
const lastColumns: readonly ColumnSpec[] = [
  { name: 'created_at', suffix: '', type: moment, isNotNull: true, default: 'now()' },
  { name: 'created_by', suffix: '', type: 'uuid' },
  { name: 'updated_at', suffix: '', type: moment, isNotNull: true, default: 'now()' },
  { name: 'updated_by', suffix: '', type: 'uuid' },
  { name: 'deleted_at', suffix: '', type: moment },
  { name: '_search', suffix: '', type: 'tsvector' },
]
const platformColumns: ReadonlySet<string> = new Set(
  [...firstColumns, ...lastColumns].map(({ name }) => name),
)

function platformField(column: ColumnSpec): FieldSpec {
  return { name: column.name, type: column.type, keeping: 'platform', columns: [column] }
}

/** undefined for what needs neither columns nor a table of its own: lines, and formulas computed when read. */
function describeField(model: Model, field: FieldModel): FieldSpec | undefined {
  const keeping = keepingOf(field)
  if (keeping === undefined) return undefined
  const target = field.reference?.to
  const { max_length } = field.context.declaration as { max_length?: number }
  return {
    ...named(field),
    type: typeOf(field),
    keeping,
    columns: keeping === 'relation' ? [] : columnsOf(model, field, keeping),
    ...(target === undefined ? {} : { target }),
    ...(field.joinTable === undefined ? {} : { joinTable: field.joinTable }),
    ...(keeping === 'rollup' ? { computation: rollupComputation(model, field) } : {}),
    ...(field.choices === undefined ? {} : { values: [...field.choices.keys()] }),
    ...(max_length === undefined ? {} : { maxLength: max_length }),
  }
}

function named({ name, formerly }: { name: string; formerly: string | undefined }): NamedSpec {
  return { name, ...(formerly === undefined ? {} : { formerly }) }
}

function keepingOf(field: FieldModel): Keeping | undefined {
  if (platformColumns.has(field.name) && field.isSystem) return undefined
  if (field.formula !== undefined) return field.formula.isGenerated ? 'generated' : undefined
  if (field.rollup !== undefined) return 'rollup'
  if (field.joinTable !== undefined) return 'relation'
  return field.columns.length > 0 ? 'stored' : undefined
}

function typeOf(field: FieldModel): string {
  const isComputed = field.formula !== undefined || field.rollup !== undefined
  return isComputed ? String(field.context.declaration.returns) : field.type.name
}

function columnsOf(model: Model, field: FieldModel, keeping: Keeping): ColumnSpec[] {
  const expressions = keeping === 'generated' ? generatedSql(model, field) : []
  return field.columns.map(({ name, suffix, type, collate }, at) => ({
    name,
    suffix,
    type,
    ...(collate === undefined ? {} : { collate }),
    ...(expressions[at] === undefined ? {} : { expression: expressions[at] }),
  }))
}

function generatedSql(model: Model, field: FieldModel): string[] {
  const binding = recordBinding({ model, object: field.object })
  const { sql, currency } = field.formula!.expression.toSql(binding, 'bound')
  return field.columns.map(({ type }, at) => `(${at === 0 ? sql : (currency ?? 'null')})::${type}`)
}
