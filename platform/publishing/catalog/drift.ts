import { preparedName, PREPARED_PREFIX, RETIRED_PREFIX } from '../spec/schema-names.ts'
import type { ObjectSpec, SchemaSpec } from '../spec/schema-spec.ts'
import { foreignKeys, joinIndexName } from '../plan/statements.ts'
import type { Catalog, CatalogTable } from './read-catalog.ts'

/** Something in the database that is not as the published version left it. */
export interface Drift {
  /** `account.name`, or the table's name. */
  readonly subject: string
  readonly message: string
  /**
   * blocks: nothing is published until a person has looked (or repairs with `--repair`).
   * mends: publishing puts it right by itself (indexes, unchecked references, leftovers of a broken publish).
   * strange: not ours, and left alone.
   */
  readonly effect: 'blocks' | 'mends' | 'strange'
}

/** Compares what a version needs with what is there. Pure. */
export function findDrift(spec: SchemaSpec, catalog: Catalog): Drift[] {
  const drift: Drift[] = []
  for (const object of Object.values(spec.objects)) {
    const table = catalog.tables.get(object.name)
    if (table === undefined) drift.push(missing(object.name, 'The table is not there.'))
    else
      drift.push(
        ...columnDrift(object, table),
        ...indexDrift(object, table),
        ...keyDrift(spec, object, catalog),
      )
    drift.push(...joinDrift(object, catalog))
  }
  return [...drift, ...strangers(spec, catalog)]
}

function missing(subject: string, message: string): Drift {
  return { subject, message, effect: 'blocks' }
}

function columnDrift(object: ObjectSpec, table: CatalogTable): Drift[] {
  const drift: Drift[] = []
  const known = new Set<string>()
  for (const field of Object.values(object.fields))
    for (const column of field.columns) {
      known.add(column.name)
      const subject = `${object.name}.${column.name}`
      const found = table.columns.get(column.name)
      if (found === undefined)
        drift.push(missing(subject, `The column is not there; it should be ${column.type}.`))
      else if (found.type !== catalogType(column.type))
        drift.push(missing(subject, `The column is ${found.type}; it should be ${column.type}.`))
      else if (found.isGenerated !== (column.expression !== undefined))
        drift.push(
          missing(
            subject,
            found.isGenerated
              ? 'The column is computed; it should not be.'
              : 'The column should be computed.',
          ),
        )
    }
  for (const name of table.columns.keys())
    if (!known.has(name)) drift.push(...unknownColumn(object.name, name))
  return drift
}

function unknownColumn(table: string, column: string): Drift[] {
  const subject = `${table}.${column}`
  if (column.startsWith(RETIRED_PREFIX)) return []
  if (column.startsWith(PREPARED_PREFIX))
    return [{ subject, message: 'An interrupted publish left this column behind.', effect: 'mends' }]
  return [{ subject, message: 'The column is not declared.', effect: 'strange' }]
}

function indexDrift(object: ObjectSpec, table: CatalogTable): Drift[] {
  const drift: Drift[] = []
  for (const index of Object.values(object.indexes)) {
    const found = table.indexes.get(index.name)
    const subject = `${object.name} (${index.columns.join(', ')})`
    if (found === undefined) drift.push({ subject, message: 'The index is not there.', effect: 'mends' })
    else if (!found.isValid) drift.push({ subject, message: 'The index is not valid.', effect: 'mends' })
    else if (found.isUnique !== index.isUnique || found.columns.join() !== index.columns.join())
      drift.push({ subject, message: `The index is over ${found.columns.join(', ')}.`, effect: 'mends' })
  }
  for (const name of table.indexes.keys())
    if (name.startsWith(preparedName('')))
      drift.push({
        subject: name,
        message: 'An interrupted publish left this index behind.',
        effect: 'mends',
      })
  return drift
}

function keyDrift(spec: SchemaSpec, object: ObjectSpec, catalog: Catalog): Drift[] {
  return Object.values(object.fields).flatMap((field) =>
    foreignKeys(spec.schema, object.name, field).flatMap((key) => {
      const subject = `${object.name}.${field.name}`
      const found = catalog.tables.get(key.table)?.foreignKeys.get(key.name)
      if (found === undefined)
        return [{ subject, message: `The foreign key ${key.name} is not there.`, effect: 'mends' }]
      return found.isValidated
        ? []
        : [{ subject, message: 'Not all rows of the reference are checked yet.', effect: 'mends' }]
    }),
  )
}

function joinDrift(object: ObjectSpec, catalog: Catalog): Drift[] {
  return Object.values(object.fields).flatMap(({ name, joinTable }) => {
    if (joinTable === undefined) return []
    const table = catalog.tables.get(joinTable)
    if (table === undefined)
      return [missing(`${object.name}.${name}`, `The table ${joinTable} is not there.`)]
    const isIndexed = table.indexes.get(joinIndexName(joinTable))?.isValid === true
    return isIndexed
      ? []
      : [{ subject: joinTable, message: 'The index over target is not there.', effect: 'mends' }]
  })
}

/** Tables that begin with `_` are the platform's. */
function strangers(spec: SchemaSpec, catalog: Catalog): Drift[] {
  const joins = Object.values(spec.objects).flatMap((object) =>
    Object.values(object.fields).map(({ joinTable }) => joinTable),
  )
  const known = new Set<string | undefined>([...Object.keys(spec.objects), ...joins])
  return [...catalog.tables.keys()]
    .filter((name) => !name.startsWith('_') && !known.has(name))
    .map((name) => ({ subject: name, message: 'The table is not declared.', effect: 'strange' }))
}

/** The way in which the catalogue writes our types. */
export function catalogType(type: string): string {
  return type.replace(/^timestamptz\((\d)\)$/, 'timestamp($1) with time zone')
}
