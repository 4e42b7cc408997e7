import type { FieldModel, Model, ObjectModel } from '../../definitions/model/model.ts'
import { indexName } from './schema-names.ts'
import type { IndexSpec } from './schema-spec.ts'

/**
 * The indexes of a table. Lists page by (value, id), so every index for reading ends in `id`; deleted records are
 * in none of them. A unique index covers records whose columns are all filled: blanks do not count.
 */
export function describeIndexes(model: Model, object: ObjectModel): Readonly<Record<string, IndexSpec>> {
  const boards = boardFields(model, object.name)
  const indexes: IndexSpec[] = []
  for (const field of object.fields.values()) {
    if (!hasOwnColumns(field)) continue
    if (field.isUnique) indexes.push(unique(object, [field.name]))
    const isRead =
      field.isIndexed ||
      field.reference !== undefined ||
      field.name === object.lifecycle?.stateField ||
      boards.has(field.name)
    if (isRead && !field.isSystem) indexes.push(forReading(object, [field.name]))
    if (field.name === 'owner' && object.isOwned) indexes.push(forReading(object, ['owner']))
  }
  for (const key of object.keys) indexes.push(unique(object, key.fields))
  for (const index of object.indexes) indexes.push(forReading(object, index.fields))
  indexes.push({
    name: indexName({ table: object.name, columns: ['_search'], isUnique: false }),
    method: 'gin',
    columns: ['_search'],
    isUnique: false,
    fields: ['_search'],
  })
  return Object.fromEntries(indexes.map((index) => [index.name, index]))
}

function boardFields(model: Model, object: string): ReadonlySet<string> {
  const fields = [...model.views.values()]
    .filter((view) => view.object === object)
    .map(({ columnsBy }) => columnsBy)
  return new Set(fields.filter((field) => field !== undefined))
}

function hasOwnColumns(field: FieldModel): boolean {
  return field.columns.length > 0 && (field.formula === undefined || field.formula.isGenerated)
}

function unique(object: ObjectModel, fields: readonly string[]): IndexSpec {
  const columns = fields.flatMap((name) => columnNames(object, name))
  return {
    name: indexName({ table: object.name, columns, isUnique: true }),
    method: 'btree',
    columns,
    isUnique: true,
    fields,
  }
}

function forReading(object: ObjectModel, fields: readonly string[]): IndexSpec {
  const columns = fields.map((name) => columnNames(object, name)[0] as string)
  return {
    name: indexName({ table: object.name, columns, isUnique: false }),
    method: 'btree',
    columns: [...columns.filter((column) => column !== 'id'), 'id'],
    isUnique: false,
    fields,
  }
}

function columnNames(object: ObjectModel, field: string): string[] {
  return object.fields.get(field)?.columns.map(({ name }) => name) ?? [field]
}
