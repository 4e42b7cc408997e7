import { identifier } from '../../database/identifier.ts'
import type { ObjectSpec } from '../spec/schema-spec.ts'
import { qualified } from './statements.ts'
import { rank } from './step-collector.ts'
import type { Planning } from './table-change.ts'

/**
 * Keeps who stands above whom in `_below`, by a trigger on the table: whatever writes the reference, rights that reach
 * down the tree see it at once (docs/decisions/trees-in-the-database.md).
 */
export function planHierarchy(
  { schema, steps }: Planning,
  {
    before,
    after,
    isPopulated,
    presentTable,
  }: { before: ObjectSpec | undefined; after: ObjectSpec; isPopulated: boolean; presentTable: string },
): void {
  const column = after.hierarchy
  const isSame = before?.hierarchy === column
  if (isSame) return
  const table = qualified(schema, after.name)
  const shared = {
    phase: 'switch',
    subject: after.name,
    lock: 'SHARE ROW EXCLUSIVE',
    locked: before === undefined ? [] : [presentTable],
  } as const
  const drop = `drop trigger if exists "_keep_below" on ${table}`
  const forget = `delete from ${qualified(schema, '_below')} where below in (select id from ${table})`
  if (column === undefined) {
    steps.add(rank.hierarchy, {
      ...shared,
      action: 'drop_hierarchy',
      class: 'safe',
      title: `Keep no tree of ${after.name} any more`,
      statements: [drop, forget],
      isLong: false,
    })
    return
  }
  const create =
    `create trigger "_keep_below" after insert or update of ${identifier(column)} on ${table} ` +
    `for each row execute function ${qualified(schema, '_keep_below')}('${column}')`
  steps.add(rank.hierarchy, {
    ...shared,
    action: 'keep_hierarchy',
    class: isPopulated ? 'backfill' : 'safe',
    title: `Keep the tree of ${after.name} by ${column}`,
    statements: [drop, create, ...(isPopulated ? [forget, fill({ schema, table, column })] : [])],
    isLong: isPopulated,
    ...(isPopulated ? { countedTable: presentTable } : {}),
  })
}

/** Every pair of a row and one that stands above it, itself included; ends where rows make a circle. */
function fill({ schema, table, column }: { schema: string; table: string; column: string }): string {
  return (
    `insert into ${qualified(schema, '_below')} (above, below) ` +
    `with recursive tree (above, below) as (select id, id from ${table} union ` +
    `select tree.above, t.id from tree join ${table} t on t.${identifier(column)} = tree.below) ` +
    `select above, below from tree on conflict do nothing`
  )
}
