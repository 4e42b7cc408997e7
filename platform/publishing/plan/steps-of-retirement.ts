import { identifier } from '../../database/identifier.ts'
import { retiredName } from '../spec/schema-names.ts'
import type { FieldSpec } from '../spec/schema-spec.ts'
import type { FieldChange } from './field-changes.ts'
import { recordRestored, recordRetired } from './retired-records.ts'
import { renameColumn, renameConstraint } from './renaming.ts'
import { foreignKeys, qualified } from './statements.ts'
import { planRetype } from './steps-of-retyping.ts'
import { rank } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/** Columns of a field that goes are kept under another name, with their values and references. */
export function planColumnRetirement(
  { schema, steps, facts }: Planning,
  table: TableChange,
  field: FieldSpec,
): void {
  const present = qualified(schema, table.presentTable)
  const columns = field.columns.map(({ name }) => ({ from: name, to: retiredName(facts.version, name) }))
  const keys = foreignKeys(schema, table.before.name, field).map(({ name }) => ({
    from: name,
    to: retiredName(facts.version, name),
  }))
  const filled = field.columns.map(({ name }) => `${identifier(name)} is not null`).join(' or ')
  const subject = `${table.after.name}.${field.name}`
  steps.add(rank.retireColumn, {
    action: 'retire_column',
    class: 'destructive',
    phase: 'switch',
    subject,
    title: `Retire ${subject}`,
    statements: [
      ...columns.map((rename) => renameColumn(schema, table.presentTable, rename)),
      ...keys.map((rename) => renameConstraint(schema, table.presentTable, rename)),
      recordRetired({
        schema,
        version: facts.version,
        object: table.after.name,
        field: field.name,
        names: Object.fromEntries([...columns, ...keys].map(({ from, to }) => [from, to])),
        spec: field,
      }),
    ],
    lock: 'ACCESS EXCLUSIVE',
    locked: [table.presentTable],
    isLong: false,
    countedTable: table.presentTable,
    atStake: `select count(*)::int as count from ${present} where ${filled}`,
    loses: `The values of ${subject} are hidden; declaring the field again brings them back.`,
  })
}

export function planColumnRestoration(
  { schema, steps, facts }: Planning,
  table: TableChange,
  { entry, after, conversion }: Extract<FieldChange, { kind: 'restore' }>,
): void {
  const name = (original: string) => entry.names[original] ?? original
  const columns = entry.spec.columns.map((column, at) => ({
    from: name(column.name),
    to: after.columns[at]?.name ?? column.name,
  }))
  const keyNames = Object.entries(entry.names).filter(([original]) => original.startsWith('_reference_'))
  const keys = foreignKeys(schema, table.after.name, after)
  const subject = `${table.after.name}.${after.name}`
  steps.add(rank.placeColumn, {
    action: 'restore_column',
    class: 'safe',
    phase: 'switch',
    subject,
    title: `Restore ${subject} with the values retired in version ${entry.version}`,
    statements: [
      ...columns.map((rename) => renameColumn(schema, table.after.name, rename)),
      ...keyNames.flatMap(([, now], at) =>
        keys[at] === undefined
          ? []
          : [renameConstraint(schema, table.after.name, { from: now, to: keys[at].name })],
      ),
      recordRestored(schema, facts.version, entry),
    ],
    lock: 'ACCESS EXCLUSIVE',
    locked: [table.presentTable],
    isLong: false,
    countedTable: table.presentTable,
  })
  if (conversion.kind === 'lossless')
    planRetype({ schema, steps }, table, {
      after,
      conversion,
      present: name(entry.spec.columns[0]?.name ?? ''),
    })
}
