import { identifier } from '../../database/identifier.ts'
import { preparedName } from '../spec/schema-names.ts'
import type { FieldSpec } from '../spec/schema-spec.ts'
import type { RetiredField } from './facts.ts'
import type { FieldChange } from './field-changes.ts'
import { renameAll, renameColumn, renameForeignKeys } from './renaming.ts'
import { planHistoryOfFields } from './steps-of-history.ts'
import { planReferences } from './steps-of-references.ts'
import { planColumnRestoration, planColumnRetirement } from './steps-of-retirement.ts'
import { planConversion } from './steps-of-retyping.ts'
import { planFill } from './steps-of-rollups.ts'
import { columnDefinition, foreignKeys, qualified } from './statements.ts'
import { rank } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/** Plans what becomes of the columns of a table. Fields in join tables are planned apart. */
export function planColumns(planning: Planning, table: TableChange): void {
  planRenames(planning, table)
  for (const change of table.changes) {
    const spec = 'after' in change ? change.after : change.before
    if (spec.keeping === 'relation' && change.kind !== 'convert') continue
    planChange(planning, table, change)
  }
}

function planChange(planning: Planning, table: TableChange, change: FieldChange): void {
  switch (change.kind) {
    case 'keep':
      if (table.isRestored && change.after.keeping === 'rollup')
        planFill(planning, table, { field: change.after })
      return
    case 'add':
      return planAddition(planning, table, change.after, change.keptAside)
    case 'recompute':
      planDrop(planning, table, change.before)
      return planAddition(planning, table, change.after)
    case 'drop':
      return planDrop(planning, table, change.before)
    case 'retire':
      return planColumnRetirement(planning, table, change.before)
    case 'restore':
      return planColumnRestoration(planning, table, change)
    case 'convert':
      return planConversion(planning, table, change)
    case 'refuse':
      return planning.steps.refuse({
        subject: `${table.after.name}.${change.after.name}`,
        message:
          `"${table.after.name}.${change.after.name}" cannot turn from ${change.before.type} into ` +
          `${change.after.type}: ${change.reason}.`,
        remedy:
          'Declare a new field beside it, fill it (a formula that becomes a stored field in a later version keeps ' +
          'its values), and retire this one when it is no longer needed.',
      })
  }
}

function planRenames({ schema, steps }: Planning, table: TableChange): void {
  const { before, after, changes } = table
  const kept = changes.filter((change) => change.kind === 'keep' || change.kind === 'convert')
  const renames = kept.flatMap(({ before: old, after: next }) =>
    old.columns
      .map((column, at) => ({ from: column.name, to: next.columns[at]?.name ?? column.name }))
      .filter(({ from, to }) => from !== to),
  )
  const columns = renameAll(renames, (rename) => renameColumn(schema, after.name, rename))
  const constraints = kept.flatMap(({ before: old, after: next }) =>
    old.keeping === 'relation'
      ? []
      : renameForeignKeys(foreignKeys(schema, before.name, old), foreignKeys(schema, after.name, next)),
  )
  const moved = kept.filter(({ before: old, after: next }) => old.name !== next.name)
  if (moved.length > 0)
    planHistoryOfFields(
      { schema, steps },
      after.name,
      moved.map((change) => ({ from: change.before.name, to: change.after.name })),
    )
  if (columns.length + constraints.length === 0) return
  steps.add(rank.renameColumn, {
    action: 'rename_column',
    class: 'safe',
    phase: 'switch',
    subject: moved.length === 1 ? `${after.name}.${moved[0]?.after.name}` : after.name,
    title:
      moved.length === 0
        ? `Let the references of ${after.name} bear its new name`
        : `Rename ${moved.map((field) => `${after.name}.${field.before.name} to ${field.after.name}`).join(', ')}`,
    statements: [...columns, ...constraints],
    lock: 'ACCESS EXCLUSIVE',
    locked: [table.presentTable],
    isLong: false,
  })
}

/**
 * A new column on a table with rows is prepared under a name of its own where it has to be filled or indexed
 * first; the switch gives it its name. Any other column simply comes into being in the switch.
 */
function planAddition(
  planning: Planning,
  table: TableChange,
  field: FieldSpec,
  keptAside?: RetiredField,
): void {
  const { schema, steps } = planning
  const subject = `${table.after.name}.${field.name}`
  const aside =
    keptAside === undefined
      ? ''
      : ` (values retired in version ${keptAside.version} are of another kind and stay in retirement)`
  const isGenerated = field.keeping === 'generated'
  const isPrepared = !isGenerated && isPreparedAhead(table, field)
  const add = (name: string, names: (column: string) => string) =>
    `alter table ${qualified(schema, name)} ` +
    field.columns
      .map((column) => `add column ${columnDefinition({ ...column, name: names(column.name) })}`)
      .join(', ')
  if (isPrepared) {
    steps.add(rank.prepareColumn, {
      action: 'add_column',
      class: 'safe',
      phase: 'prepare',
      subject,
      title: `Prepare the column of ${subject}${aside}`,
      statements: [add(table.presentTable, preparedName)],
      lock: 'ACCESS EXCLUSIVE',
      locked: [table.presentTable],
      isLong: false,
    })
    steps.add(rank.placeColumn, {
      action: 'add_column',
      class: 'safe',
      phase: 'switch',
      subject,
      title: `Add ${subject}`,
      statements: field.columns.map(({ name }) =>
        renameColumn(schema, table.after.name, { from: preparedName(name), to: name }),
      ),
      lock: 'ACCESS EXCLUSIVE',
      locked: [table.presentTable],
      isLong: false,
    })
  } else {
    steps.add(isGenerated ? rank.addGenerated : rank.addColumn, {
      action: 'add_column',
      class: isGenerated && table.isPopulated ? 'backfill' : 'safe',
      phase: 'switch',
      subject,
      title: isGenerated ? `Add ${subject}, computed by the database${aside}` : `Add ${subject}${aside}`,
      statements: [add(table.after.name, (name) => name)],
      lock: 'ACCESS EXCLUSIVE',
      locked: [table.presentTable],
      isLong: isGenerated && table.isPopulated,
      ...(isGenerated && table.isPopulated ? { countedTable: table.presentTable } : {}),
    })
  }
  if (field.keeping === 'rollup') planFill(planning, table, { field, isPrepared })
  planReferences(planning, table, field)
}

export function isPreparedAhead(table: TableChange, field: FieldSpec): boolean {
  if (!table.isPopulated || field.keeping === 'generated' || field.keeping === 'relation') return false
  if (field.keeping === 'rollup') return true
  return Object.values(table.after.indexes).some(({ columns }) =>
    field.columns.some(({ name }) => columns.includes(name)),
  )
}

/** Values computed from others; dropping them loses nothing. */
function planDrop({ schema, steps }: Planning, table: TableChange, field: FieldSpec): void {
  const columns = field.columns.map(({ name }) => `drop column ${identifier(name)}`).join(', ')
  steps.add(field.keeping === 'generated' ? rank.dropGenerated : rank.dropRollup, {
    action: 'drop_computed',
    class: 'safe',
    phase: 'switch',
    subject: `${table.after.name}.${field.name}`,
    title: `Drop the computed values of ${table.before.name}.${field.name}`,
    statements: [`alter table ${qualified(schema, table.presentTable)} ${columns}`],
    lock: 'ACCESS EXCLUSIVE',
    locked: [table.presentTable],
    isLong: false,
  })
}
