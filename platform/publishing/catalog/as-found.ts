import type { FieldSpec, ObjectSpec, SchemaSpec } from '../spec/schema-spec.ts'
import { catalogType } from './drift.ts'
import type { Catalog, CatalogTable } from './read-catalog.ts'

/**
 * The schema of a version corrected by what is really there, so that the plan builds anew what is missing.
 * Indexes always are; tables and columns only when asked to repair.
 */
export function asFound(spec: SchemaSpec, catalog: Catalog, { isRepair }: { isRepair: boolean }): SchemaSpec {
  const objects = Object.values(spec.objects).flatMap((object) => {
    const table = catalog.tables.get(object.name)
    if (table === undefined) return isRepair ? [] : [object]
    return [
      {
        ...object,
        indexes: sound(object, table),
        ...(isRepair ? { fields: present(object, table, catalog) } : {}),
      },
    ]
  })
  return { ...spec, objects: Object.fromEntries(objects.map((object) => [object.name, object])) }
}

function sound(object: ObjectSpec, table: CatalogTable): ObjectSpec['indexes'] {
  return Object.fromEntries(
    Object.entries(object.indexes).filter(([name, index]) => {
      const found = table.indexes.get(name)
      return (
        found?.isValid && found.isUnique === index.isUnique && found.columns.join() === index.columns.join()
      )
    }),
  )
}

function present(
  object: ObjectSpec,
  table: CatalogTable,
  catalog: Catalog,
): Readonly<Record<string, FieldSpec>> {
  const fields = Object.values(object.fields).filter(({ joinTable, columns }) =>
    joinTable === undefined
      ? columns.every(({ name }) => table.columns.has(name))
      : catalog.tables.has(joinTable),
  )
  return Object.fromEntries(fields.map((field) => [field.name, { ...field, columns: asTyped(field, table) }]))
}

function asTyped(field: FieldSpec, table: CatalogTable): FieldSpec['columns'] {
  return field.columns.map((column) => {
    const found = table.columns.get(column.name)
    if (found === undefined || found.type === catalogType(column.type)) return column
    return { ...column, type: found.type }
  })
}
