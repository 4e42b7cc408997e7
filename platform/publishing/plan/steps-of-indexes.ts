import { identifier } from '../../database/identifier.ts'
import { preparedName } from '../spec/schema-names.ts'
import type { IndexSpec } from '../spec/schema-spec.ts'
import { duplicateCheck, lengthCheck } from './index-checks.ts'
import { renameIndex } from './renaming.ts'
import { createIndex, qualified } from './statements.ts'
import { isPreparedAhead } from './steps-of-fields.ts'
import type { ValueCheck } from './step.ts'
import { rank } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/**
 * Compares indexes by what they are, not by their names, which follow renamed fields. On a table with rows a new
 * one is built before the switch without blocking anyone, where its columns are there by then.
 */
export function planIndexes({ schema, steps }: Planning, table: TableChange): void {
  const columns = columnsOf(table)
  const textColumns = textColumnsOf(table)
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
    const checks = checksOf(index)
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
        checks,
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
      checks,
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

  /** What stands in the way is named before anything begins. Columns that are not there yet hold nothing. */
  function checksOf(index: IndexSpec): ValueCheck[] {
    const stored = index.columns.map((column) => columns.stored.get(column))
    if (!table.isPopulated || stored.some((name) => name === undefined)) return []
    const source = {
      from: qualified(schema, table.presentTable),
      fields: index.fields.map((field) => `${table.after.name}.${field}`).join(' + '),
    }
    const texts = index.columns.filter((column) => textColumns.has(column))
    return [
      ...(index.isUnique ? [duplicateCheck(source, stored as string[])] : []),
      ...(texts.length === 0
        ? []
        : [
            lengthCheck(
              source,
              texts.map((name) => columns.stored.get(name) as string),
            ),
          ]),
    ]
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

function textColumnsOf({ after }: TableChange): ReadonlySet<string> {
  const columns = Object.values(after.fields).flatMap((field) => field.columns)
  return new Set(columns.filter(({ type }) => type === 'text').map(({ name }) => name))
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
