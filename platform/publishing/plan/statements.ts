import { identifier } from '../../database/identifier.ts'
import { foreignKeyName, indexName } from '../spec/schema-names.ts'
import type { ColumnSpec, FieldSpec, IndexSpec, ObjectSpec } from '../spec/schema-spec.ts'

/** A table's name with its schema, quoted. */
export function qualified(schema: string, table: string): string {
  return `${identifier(schema)}.${identifier(table)}`
}

export function createTable(schema: string, object: ObjectSpec): string {
  const columns = Object.values(object.fields).flatMap((field) => field.columns.map(columnDefinition))
  return `create table ${qualified(schema, object.name)} (\n  ${[...columns, 'primary key ("id")'].join(',\n  ')}\n)`
}

/** The table of a many-to-many field; its references are added when both sides stand. */
export function createJoinTable(schema: string, table: string): string {
  return `create table ${qualified(schema, table)} ("record" uuid not null, "target" uuid not null, primary key ("record", "target"))`
}

export function joinTableIndex(schema: string, table: string): string {
  return `create index ${identifier(joinIndexName(table))} on ${qualified(schema, table)} ("target")`
}

export function joinIndexName(table: string): string {
  return indexName({ table, columns: ['target'], isUnique: false })
}

export function columnDefinition({
  name,
  type,
  collate,
  isNotNull,
  default: initial,
  expression,
}: ColumnSpec): string {
  return [
    identifier(name),
    type,
    collate === undefined ? '' : ` collate "${collate}"`,
    isNotNull ? ' not null' : '',
    initial === undefined ? '' : ` default ${initial}`,
    expression === undefined ? '' : ` generated always as (${expression}) stored`,
  ]
    .join(' ')
    .replaceAll(/ {2,}/g, ' ')
    .trimEnd()
}

export interface IndexPlacement {
  readonly schema: string
  readonly table: string
  /** Another name while it is being prepared. */
  readonly name?: string
  /** Present names of columns that will bear another name after the switch. */
  readonly columnNames?: ReadonlyMap<string, string>
  readonly isConcurrent?: boolean
}

export function createIndex(
  { name, method, columns, isUnique }: IndexSpec,
  { schema, table, name: otherName, columnNames, isConcurrent }: IndexPlacement,
): string {
  const names = columns.map((column) => identifier(columnNames?.get(column) ?? column))
  const conditions = [
    '"deleted_at" is null',
    ...(isUnique ? names.map((column) => `${column} is not null`) : []),
  ]
  return [
    'create',
    isUnique ? 'unique index' : 'index',
    ...(isConcurrent ? ['concurrently'] : []),
    identifier(otherName ?? name),
    'on',
    qualified(schema, table),
    `using ${method} (${names.join(', ')})`,
    ...(method === 'gin' ? [] : [`where ${conditions.join(' and ')}`]),
  ].join(' ')
}

/** The references of a field: of its column, or of its join table, whose rows go with the records they join. */
export function foreignKeys(schema: string, object: string, field: FieldSpec): ForeignKey[] {
  if (field.target === undefined) return []
  if (field.joinTable !== undefined)
    return [
      { table: field.joinTable, column: 'record', target: object, action: ' on delete cascade' },
      { table: field.joinTable, column: 'target', target: field.target, action: ' on delete cascade' },
    ].map((key) => ({ ...key, schema, name: foreignKeyName(key.table, key.column) }))
  if (field.keeping !== 'stored') return []
  return field.columns.map(({ name }) => ({
    schema,
    table: object,
    column: name,
    target: field.target as string,
    action: '',
    name: foreignKeyName(object, name),
  }))
}

export interface ForeignKey {
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly target: string
  readonly action: string
  readonly name: string
}

/** @param isChecked false adds it for new rows only; `validateForeignKey` checks the others without blocking */
export function addForeignKey(key: ForeignKey, isChecked: boolean): string {
  return (
    `alter table ${qualified(key.schema, key.table)} add constraint ${identifier(key.name)} ` +
    `foreign key (${identifier(key.column)}) references ${qualified(key.schema, key.target)} ("id")${key.action}` +
    (isChecked ? '' : ' not valid')
  )
}

export function validateForeignKey(key: ForeignKey): string {
  return `alter table ${qualified(key.schema, key.table)} validate constraint ${identifier(key.name)}`
}
