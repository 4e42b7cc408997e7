import { identifier } from '../../database/identifier.ts'
import { retiredName } from '../spec/schema-names.ts'
import type { ObjectSpec } from '../spec/schema-spec.ts'
import type { ObjectPair } from './pairing.ts'
import { renameAll, renameTable, type Rename } from './renaming.ts'
import { planHistoryOfObject, worksOfObject } from './steps-of-history.ts'
import { recordRenamed, recordRestored, recordRetired } from './retired-records.ts'
import { createIndex, createTable, joinIndexName, joinTableIndex, qualified } from './statements.ts'
import { planHierarchy } from './steps-of-hierarchies.ts'
import { planJoinTable } from './steps-of-relations.ts'
import { planReferences } from './steps-of-references.ts'
import { rank } from './step-collector.ts'
import type { Planning } from './table-change.ts'

/** A table that was not there. It is empty, so everything about it is done at once. */
export function planNewTable(planning: Planning, object: ObjectSpec): void {
  const { schema, steps } = planning
  const table = {
    before: { ...object, fields: {}, indexes: {} },
    after: object,
    presentTable: object.name,
    isPopulated: false,
    isRestored: false,
    changes: [],
  }
  steps.add(rank.createTable, {
    action: 'create_table',
    class: 'safe',
    phase: 'switch',
    subject: object.name,
    title: `Create ${object.name} (${Object.keys(object.fields).length} fields)`,
    statements: [
      createTable(schema, object),
      ...Object.values(object.indexes).map((index) => createIndex(index, { schema, table: object.name })),
    ],
    lock: 'none',
    locked: [],
    isLong: false,
  })
  planHierarchy(planning, { ...table, before: undefined })
  for (const field of Object.values(object.fields)) {
    if (field.keeping === 'relation') planJoinTable(planning, table, field)
    else planReferences(planning, table, field)
  }
}

export function planTableRenames({ schema, steps }: Planning, pairs: readonly ObjectPair[]): void {
  const renames = pairs.flatMap(({ before, after, restored }): Rename[] =>
    before === undefined || after === undefined || restored !== undefined || before.name === after.name
      ? []
      : [{ from: before.name, to: after.name }],
  )
  if (renames.length === 0) return
  steps.add(rank.renameTable, {
    action: 'rename_table',
    class: 'safe',
    phase: 'switch',
    subject: renames.length === 1 ? (renames[0] as Rename).to : '*',
    title: `Rename ${renames.map(({ from, to }) => `${from} to ${to}`).join(', ')}`,
    statements: [
      ...renameAll(renames, (rename) => renameTable(schema, rename)),
      ...renames.flatMap(({ from, to }) => recordRenamed(schema, from, to)),
      ...worksOfObject(schema, renames),
    ],
    lock: 'ACCESS EXCLUSIVE',
    locked: renames.map(({ from }) => from),
    isLong: false,
  })
  planHistoryOfObject({ schema, steps }, renames)
}

export function planTableRetirement({ schema, steps, facts }: Planning, object: ObjectSpec): void {
  const joins = joinTables(object)
  const names = Object.fromEntries(
    [object.name, ...joins].map((name) => [name, retiredName(facts.version, name)]),
  )
  const indexes = [...Object.keys(object.indexes), ...joins.map(joinIndexName)]
  steps.add(rank.retireTable, {
    action: 'retire_table',
    class: 'destructive',
    phase: 'switch',
    subject: object.name,
    title: `Retire ${object.name}`,
    statements: [
      // Their names may be wanted again; they are built anew when the table is restored.
      ...indexes.map((name) => `drop index if exists ${identifier(schema)}.${identifier(name)}`),
      ...Object.entries(names).map(([from, to]) => renameTable(schema, { from, to })),
      recordRetired({ schema, version: facts.version, object: object.name, names, spec: object }),
    ],
    lock: 'ACCESS EXCLUSIVE',
    locked: Object.keys(names),
    isLong: false,
    countedTable: object.name,
    atStake: `select count(*)::int as count from ${qualified(schema, object.name)}`,
    loses: `All records of ${object.name} are hidden; declaring the object again brings them back.`,
  })
}

export function planTableRestoration(
  { schema, steps, facts }: Planning,
  { before, restored }: { before: ObjectSpec; restored: NonNullable<ObjectPair['restored']> },
): void {
  const joins = joinTables(before)
  steps.add(rank.renameTable, {
    action: 'restore_table',
    class: 'safe',
    phase: 'switch',
    subject: before.name,
    title: `Restore ${before.name} with the records retired in version ${restored.version}`,
    statements: [
      ...Object.entries(restored.names).map(([from, to]) => renameTable(schema, { from: to, to: from })),
      ...joins.map((name) => joinTableIndex(schema, name)),
      recordRestored(schema, facts.version, restored),
    ],
    lock: 'ACCESS EXCLUSIVE',
    locked: Object.values(restored.names),
    isLong: false,
    countedTable: restored.names[before.name] ?? before.name,
  })
}

function joinTables(object: ObjectSpec): string[] {
  return Object.values(object.fields).flatMap(({ joinTable }) => (joinTable === undefined ? [] : [joinTable]))
}
