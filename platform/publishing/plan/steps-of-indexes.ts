import { identifier } from '../../database/identifier.ts'
import { preparedName } from '../spec/schema-names.ts'
import type { IndexSpec } from '../spec/schema-spec.ts'
import { renameIndex } from './renaming.ts'
import { createIndex, qualified } from './statements.ts'
import { isPreparedAhead } from './steps-of-fields.ts'
import { rank } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/**
 * Compares indexes by what they are, not by their names, which follow renamed fields. On a table with rows a new
 * one is built before the switch without blocking anyone, where its columns are there by then.
 */
export function planIndexes({ schema, steps }: Planning, table: TableChange): void {
  const columns = columnsOf(table)
  const kept = new Set<string>()
  const wanted = Object.values(table.after.indexes)
  const present = table.isRestored ? [] : Object.values(table.before.indexes)
  for (const index of present) {
    const match = wanted.find((other) => isSame(index, other, columns.now))
    if (match === undefined) {
      planRemoval(index)
      continue
    }
    kept.add(match.name)
    if (match.name === index.name) continue
    steps.add(rank.renameIndex, {
      action: 'rename_index',
      class: 'safe',
      phase: 'switch',
      subject: table.after.name,
      title: `Let the index over ${match.columns.join(', ')} bear its new name`,
      statements: [renameIndex(schema, { from: index.name, to: match.name })],
      lock: 'SHARE UPDATE EXCLUSIVE',
      locked: [table.presentTable],
      isLong: false,
    })
  }
  for (const index of wanted) if (!kept.has(index.name)) planNew(index)

  function planRemoval(index: IndexSpec): void {
    steps.add(rank.dropIndex, {
      action: 'drop_index',
      class: 'safe',
      phase: 'switch',
      subject: table.after.name,
      title: `Drop the ${kindOf(index)} of ${table.before.name} over ${index.columns.join(', ')}`,
      statements: [`drop index if exists ${identifier(schema)}.${identifier(index.name)}`],
      lock: 'ACCESS EXCLUSIVE',
      locked: [table.presentTable],
      isLong: false,
    })
  }

  function planNew(index: IndexSpec): void {
    const isAhead = table.isPopulated && index.columns.every((column) => columns.before.has(column))
    const title = `Build the ${kindOf(index)} of ${table.after.name} over ${index.columns.join(', ')}`
    const check = index.isUnique ? duplicateCheck(index) : undefined
    if (!isAhead) {
      steps.add(rank.createIndex, {
        action: 'create_index',
        class: 'safe',
        phase: 'switch',
        subject: table.after.name,
        title,
        statements: [createIndex(index, { schema, table: table.after.name })],
        lock: 'SHARE',
        locked: [table.presentTable],
        isLong: table.isPopulated,
        ...(table.isPopulated ? { countedTable: table.presentTable } : {}),
        ...(check === undefined ? {} : { check }),
      })
      return
    }
    steps.add(rank.prepareIndex, {
      action: 'create_index',
      class: 'safe',
      phase: 'prepare',
      subject: table.after.name,
      title,
      statements: [
        createIndex(index, {
          schema,
          table: table.presentTable,
          name: preparedName(index.name),
          columnNames: columns.before,
          isConcurrent: true,
        }),
      ],
      lock: 'SHARE UPDATE EXCLUSIVE',
      locked: [table.presentTable],
      isLong: true,
      countedTable: table.presentTable,
      ...(check === undefined ? {} : { check }),
    })
    steps.add(rank.renameIndex, {
      action: 'rename_index',
      class: 'safe',
      phase: 'switch',
      subject: table.after.name,
      title: `Put the ${kindOf(index)} over ${index.columns.join(', ')} to use`,
      statements: [renameIndex(schema, { from: preparedName(index.name), to: index.name })],
      lock: 'SHARE UPDATE EXCLUSIVE',
      locked: [table.presentTable],
      isLong: false,
    })
  }

  /** Duplicates are named before anything begins. Columns that are not there yet have none. */
  function duplicateCheck(index: IndexSpec) {
    const names = index.columns.map((column) => columns.stored.get(column))
    if (!table.isPopulated || names.some((name) => name === undefined)) return undefined
    const quoted = names.map((name) => identifier(name as string))
    const value = quoted.length === 1 ? `${quoted[0]}::text` : `concat_ws(', ', ${quoted.join(', ')})`
    return {
      query:
        `select ${value} as value, count(*)::int as count from ${qualified(schema, table.presentTable)} ` +
        `where "deleted_at" is null and ${quoted.map((name) => `${name} is not null`).join(' and ')} ` +
        `group by ${quoted.join(', ')} having count(*) > 1 order by 2 desc, 1 limit 5`,
      message: `${index.fields.map((field) => `${table.after.name}.${field}`).join(' + ')} is to be unique, but values are there more than once`,
      remedy: 'Change or merge these records first, or do not declare it unique.',
    }
  }
}

interface ColumnNames {
  /** Names before -> now, of columns that live on as they are; what is missing here is gone or made anew. */
  readonly now: ReadonlyMap<string, string>
  /** Names now -> names before the switch, of columns that an index can be built on ahead. */
  readonly before: ReadonlyMap<string, string>
  /** The same, of columns that hold values already. */
  readonly stored: ReadonlyMap<string, string>
}

function columnsOf(table: TableChange): ColumnNames {
  const now = new Map<string, string>()
  const before = new Map<string, string>()
  const stored = new Map<string, string>()
  for (const change of table.changes) {
    if (change.kind === 'keep' || change.kind === 'convert')
      for (const [at, column] of change.before.columns.entries()) {
        const next = change.after.columns[at]?.name ?? column.name
        now.set(column.name, next)
        stored.set(next, column.name)
        const isRetyped = change.kind === 'convert' && change.conversion.using.size > 0
        if (!isRetyped) before.set(next, column.name)
      }
    if (change.kind === 'restore')
      for (const [at, column] of change.entry.spec.columns.entries()) {
        const next = change.after.columns[at]?.name ?? column.name
        const present = change.entry.names[column.name] ?? column.name
        stored.set(next, present)
        if (change.conversion.kind === 'same') before.set(next, present)
      }
    if ((change.kind === 'add' || change.kind === 'recompute') && isPreparedAhead(table, change.after))
      for (const { name } of change.after.columns) before.set(name, preparedName(name))
  }
  return { now, before, stored }
}

function isSame(before: IndexSpec, after: IndexSpec, now: ReadonlyMap<string, string>): boolean {
  const columns = before.columns.map((column) => now.get(column))
  return (
    before.isUnique === after.isUnique &&
    before.method === after.method &&
    columns.length === after.columns.length &&
    columns.every((column, at) => column === after.columns[at])
  )
}

function kindOf({ isUnique, columns }: IndexSpec): string {
  if (isUnique) return 'unique index'
  return columns.includes('_search') ? 'search index' : 'index'
}
