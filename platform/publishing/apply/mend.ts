import { identifier } from '../../database/identifier.ts'
import type { Catalog } from '../catalog/read-catalog.ts'
import {
  addForeignKey,
  foreignKeys,
  joinIndexName,
  joinTableIndex,
  qualified,
  validateForeignKey,
} from '../plan/statements.ts'
import { PREPARED_PREFIX } from '../spec/schema-names.ts'
import type { SchemaSpec } from '../spec/schema-spec.ts'
import type { Connection } from './publish-lock.ts'
import { withLockTimeout } from './with-lock-timeout.ts'

/**
 * Puts right what can be put right without a plan: what an interrupted publish left behind goes, an index that is
 * not as it should be goes (the plan builds it anew), references that are missing or unchecked are completed.
 * @returns whether anything was done
 */
export async function mend(connection: Connection, spec: SchemaSpec, catalog: Catalog): Promise<boolean> {
  const { schema } = spec
  const columns = leftColumns(schema, catalog)
  const indexes = brokenIndexes(spec, catalog)
  const references = openReferences(spec, catalog)
  for (const name of indexes)
    await connection.unsafe(`drop index concurrently if exists ${identifier(schema)}.${identifier(name)}`)
  for (const statement of columns)
    await withLockTimeout(connection, async () => void (await connection.unsafe(statement)))
  for (const statement of references) await connection.unsafe(statement)
  return columns.length + indexes.length + references.length > 0
}

function leftColumns(schema: string, catalog: Catalog): string[] {
  return [...catalog.tables].flatMap(([table, { columns }]) => {
    const left = [...columns.keys()].filter((name) => name.startsWith(PREPARED_PREFIX))
    const drops = left.map((name) => `drop column ${identifier(name)}`)
    return drops.length === 0 ? [] : [`alter table ${qualified(schema, table)} ${drops.join(', ')}`]
  })
}

function brokenIndexes(spec: SchemaSpec, catalog: Catalog): string[] {
  return [...catalog.tables].flatMap(([table, { indexes }]) =>
    [...indexes].flatMap(([name, found]) => {
      const declared = spec.objects[table]?.indexes[name]
      const isAsDeclared =
        declared === undefined ||
        (declared.isUnique === found.isUnique && declared.columns.join() === found.columns.join())
      return name.startsWith(PREPARED_PREFIX) || !found.isValid || !isAsDeclared ? [name] : []
    }),
  )
}

function openReferences(spec: SchemaSpec, catalog: Catalog): string[] {
  const statements: string[] = []
  for (const object of Object.values(spec.objects))
    for (const field of Object.values(object.fields)) {
      const { joinTable } = field
      const join = joinTable === undefined ? undefined : catalog.tables.get(joinTable)
      if (joinTable !== undefined && join !== undefined && !join.indexes.has(joinIndexName(joinTable)))
        statements.push(joinTableIndex(spec.schema, joinTable))
      for (const key of foreignKeys(spec.schema, object.name, field)) {
        const table = catalog.tables.get(key.table)
        if (table === undefined || !catalog.tables.has(key.target) || !table.columns.has(key.column)) continue
        const found = table.foreignKeys.get(key.name)
        if (found === undefined) statements.push(addForeignKey(key, false))
        if (!found?.isValidated) statements.push(validateForeignKey(key))
      }
    }
  return statements
}
