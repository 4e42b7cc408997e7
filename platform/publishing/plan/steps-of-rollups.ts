import { preparedName } from '../spec/schema-names.ts'
import { fillRollup } from '../spec/fill-rollup.ts'
import type { FieldSpec } from '../spec/schema-spec.ts'
import { qualified } from './statements.ts'
import { rank } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/**
 * Plans how the rows that exist get their values of a roll-up. Most of the work is done ahead, in batches, into
 * the prepared column; the switch computes once more what changed meanwhile, while the summed-up table takes no
 * writes; and a last pass afterwards mends what requests wrote that had begun under the version before.
 */
export function planFill(
  { schema, steps, desired, steady, present }: Planning,
  table: TableChange,
  { field, isPrepared = false }: { field: FieldSpec; isPrepared?: boolean },
): void {
  const { computation } = field
  if (computation === undefined) return
  const subject = `${table.after.name}.${field.name}`
  const common = { schema, computation }
  const isReady = computation.reads.every((read) => steady.has(read) || !isKept(read))
  if (isPrepared && isReady)
    steps.add(rank.prepareFill, {
      action: 'fill_rollup',
      class: 'backfill',
      phase: 'prepare',
      subject,
      title: `Compute ${subject} for the records that exist`,
      statements: [fillRollup({ ...common, table: table.presentTable, column: preparedName, isBatch: true })],
      lock: 'ROW EXCLUSIVE',
      locked: [table.presentTable],
      isLong: false,
      countedTable: table.presentTable,
      batches: table.presentTable,
    })
  const whole = fillRollup({ ...common, table: table.after.name })
  steps.add(rank.fill + computation.depth, {
    action: 'fill_rollup',
    class: table.isPopulated ? 'backfill' : 'safe',
    phase: 'switch',
    subject,
    title: `Bring ${subject} up to the moment`,
    statements: [`lock table ${qualified(schema, computation.of)} in share mode`, whole],
    lock: 'SHARE',
    locked: [present(computation.of)].filter((name) => name !== undefined),
    isLong: table.isPopulated,
    ...(table.isPopulated ? { countedTable: table.presentTable } : {}),
  })
  if (!table.isPopulated) return
  steps.add(rank.settle + 1 + computation.depth, {
    action: 'fill_rollup',
    class: 'backfill',
    phase: 'settle',
    subject,
    title: `Compute ${subject} once more where it was written to meanwhile`,
    statements: [fillRollup({ ...common, table: table.after.name, isBatch: true })],
    lock: 'ROW EXCLUSIVE',
    locked: [table.after.name],
    isLong: false,
    batches: table.after.name,
  })

  /** Formulas that are computed when read have no column that could be missing. */
  function isKept(read: string): boolean {
    const [object = '', name = ''] = read.split('.')
    return desired.objects[object]?.fields[name] !== undefined
  }
}
