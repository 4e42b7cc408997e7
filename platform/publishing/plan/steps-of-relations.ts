import { identifier } from '../../database/identifier.ts'
import { retiredName } from '../spec/schema-names.ts'
import type { FieldSpec } from '../spec/schema-spec.ts'
import type { FieldChange } from './field-changes.ts'
import { renameForeignKeys, renameIndex, renameTable } from './renaming.ts'
import { recordRestored, recordRetired } from './retired-records.ts'
import { createJoinTable, foreignKeys, joinIndexName, joinTableIndex, qualified } from './statements.ts'
import { planReferences } from './steps-of-references.ts'
import { rank } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/** Plans what becomes of the join tables of many-to-many fields. */
export function planRelations(planning: Planning, table: TableChange): void {
  for (const change of table.changes) {
    const field = 'after' in change ? change.after : change.before
    if (field.keeping !== 'relation') continue
    if (change.kind === 'keep') planRename(planning, table, change)
    if (change.kind === 'add') planJoinTable(planning, table, field)
    if (change.kind === 'retire') planRetirement(planning, table, field)
    if (change.kind === 'restore') planRestoration(planning, table, change)
  }
}

export function planJoinTable(planning: Planning, table: TableChange, field: FieldSpec): void {
  const { schema, steps } = planning
  const name = field.joinTable as string
  steps.add(rank.createTable + 1, {
    action: 'create_join_table',
    class: 'safe',
    phase: 'switch',
    subject: `${table.after.name}.${field.name}`,
    title: `Add ${table.after.name}.${field.name}, a table of its own`,
    statements: [createJoinTable(schema, name), joinTableIndex(schema, name)],
    lock: 'none',
    locked: [],
    isLong: false,
  })
  planReferences(planning, table, field)
}

function planRename(
  { schema, steps }: Planning,
  table: TableChange,
  { before, after }: Extract<FieldChange, { kind: 'keep' }>,
): void {
  const [from, to] = [before.joinTable as string, after.joinTable as string]
  // The join tables of a retired object waited under other names and without their index.
  if (from === to || table.isRestored) return
  steps.add(rank.renameTable + 1, {
    action: 'rename_join_table',
    class: 'safe',
    phase: 'switch',
    subject: `${table.after.name}.${after.name}`,
    title: `Let ${table.after.name}.${after.name} follow the new name`,
    statements: [
      renameTable(schema, { from, to }),
      renameIndex(schema, { from: joinIndexName(from), to: joinIndexName(to) }),
      ...renameForeignKeys(
        foreignKeys(schema, table.before.name, before),
        foreignKeys(schema, table.after.name, after),
      ),
    ],
    lock: 'ACCESS EXCLUSIVE',
    locked: [from],
    isLong: false,
  })
}

function planRetirement({ schema, steps, facts }: Planning, table: TableChange, field: FieldSpec): void {
  const from = field.joinTable as string
  const to = retiredName(facts.version, from)
  const subject = `${table.after.name}.${field.name}`
  steps.add(rank.retireColumn, {
    action: 'retire_join_table',
    class: 'destructive',
    phase: 'switch',
    subject,
    title: `Retire ${subject}`,
    statements: [
      `drop index if exists ${identifier(schema)}.${identifier(joinIndexName(from))}`,
      renameTable(schema, { from, to }),
      recordRetired({
        schema,
        version: facts.version,
        object: table.after.name,
        field: field.name,
        names: { [from]: to },
        spec: field,
      }),
    ],
    lock: 'ACCESS EXCLUSIVE',
    locked: [from],
    isLong: false,
    countedTable: from,
    atStake: `select count(*)::int as count from ${qualified(schema, from)}`,
    loses: `The entries of ${subject} are hidden; declaring the field again brings them back.`,
  })
}

function planRestoration(
  { schema, steps, facts }: Planning,
  table: TableChange,
  { entry, after }: Extract<FieldChange, { kind: 'restore' }>,
): void {
  const original = entry.spec.joinTable as string
  const to = after.joinTable as string
  steps.add(rank.renameTable + 1, {
    action: 'restore_join_table',
    class: 'safe',
    phase: 'switch',
    subject: `${table.after.name}.${after.name}`,
    title: `Restore ${table.after.name}.${after.name} with the entries retired in version ${entry.version}`,
    statements: [
      renameTable(schema, { from: entry.names[original] ?? original, to }),
      joinTableIndex(schema, to),
      ...renameForeignKeys(
        foreignKeys(schema, table.after.name, { ...entry.spec, target: after.target }),
        foreignKeys(schema, table.after.name, after),
      ),
      recordRestored(schema, facts.version, entry),
    ],
    lock: 'ACCESS EXCLUSIVE',
    locked: [entry.names[original] ?? original],
    isLong: false,
  })
}
