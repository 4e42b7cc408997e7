import type { FieldSpec } from '../spec/schema-spec.ts'
import { addForeignKey, foreignKeys, validateForeignKey } from './statements.ts'
import { rank } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/**
 * Adds the references of a new field. On a table with rows they are added unchecked, which takes a moment, and
 * checked afterwards while people go on working.
 */
export function planReferences(
  { schema, steps, present }: Planning,
  table: TableChange,
  field: FieldSpec,
): void {
  const keys = foreignKeys(schema, table.after.name, field)
  if (keys.length === 0) return
  const subject = `${table.after.name}.${field.name}`
  const isLater = table.isPopulated && field.keeping !== 'relation'
  steps.add(rank.addReference, {
    action: 'add_reference',
    class: 'safe',
    phase: 'switch',
    subject,
    title: `Let ${subject} refer to ${field.target}`,
    statements: keys.map((key) => addForeignKey(key, !isLater)),
    lock: 'SHARE ROW EXCLUSIVE',
    locked: [present(table.after.name), present(field.target)].filter((name) => name !== undefined),
    isLong: false,
  })
  if (!isLater) return
  steps.add(rank.settle, {
    action: 'check_reference',
    class: 'safe',
    phase: 'settle',
    subject,
    title: `Check that every ${subject} refers to an existing ${field.target}`,
    statements: keys.map(validateForeignKey),
    lock: 'SHARE UPDATE EXCLUSIVE',
    locked: [table.presentTable],
    isLong: true,
    countedTable: table.presentTable,
  })
}
