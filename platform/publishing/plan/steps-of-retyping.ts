import { identifier } from '../../database/identifier.ts'
import type { FieldSpec } from '../spec/schema-spec.ts'
import type { FieldChange } from './field-changes.ts'
import { qualified } from './statements.ts'
import { rank } from './step-collector.ts'
import type { Planning, TableChange } from './table-change.ts'

/** A field that stays and becomes another; a formula that becomes a stored field keeps its results. */
export function planConversion(
  { schema, steps }: Planning,
  table: TableChange,
  { before, after, conversion }: Extract<FieldChange, { kind: 'convert' }>,
): void {
  const subject = `${table.after.name}.${after.name}`
  if (before.keeping === 'generated')
    steps.add(rank.dropExpression, {
      action: 'retype_column',
      class: 'safe',
      phase: 'switch',
      subject,
      title: `Keep the computed values of ${subject} as written ones`,
      statements: after.columns.map(
        ({ name }) =>
          `alter table ${qualified(schema, table.after.name)} alter column ${identifier(name)} drop expression`,
      ),
      lock: 'ACCESS EXCLUSIVE',
      locked: [table.presentTable],
      isLong: false,
    })
  planRetype({ schema, steps }, table, { after, conversion, present: before.columns[0]?.name ?? '' })
}

export function planRetype(
  { schema, steps }: Pick<Planning, 'schema' | 'steps'>,
  table: TableChange,
  {
    after,
    conversion,
    present,
  }: {
    after: FieldSpec
    conversion: Extract<FieldChange, { kind: 'convert' }>['conversion']
    present: string
  },
): void {
  const subject = `${table.after.name}.${after.name}`
  const { misfit } = conversion
  const alterations = after.columns.flatMap(({ name, suffix, type, collate }) => {
    const using = conversion.using.get(suffix)
    if (using === undefined) return []
    const collation = collate === undefined ? '' : ` collate "${collate}"`
    return [`alter column ${identifier(name)} type ${type}${collation} using ${using(identifier(name))}`]
  })
  if (alterations.length === 0 && misfit === undefined) return
  const from = qualified(schema, table.presentTable)
  steps.add(rank.retype, {
    action: 'retype_column',
    class: alterations.length > 0 && conversion.isRewrite && table.isPopulated ? 'backfill' : 'safe',
    phase: 'switch',
    subject,
    title: `Turn ${subject} into ${after.type}`,
    statements:
      alterations.length === 0
        ? []
        : [`alter table ${qualified(schema, table.after.name)} ${alterations.join(', ')}`],
    lock: alterations.length === 0 ? 'none' : 'ACCESS EXCLUSIVE',
    locked: [table.presentTable],
    isLong: alterations.length > 0 && conversion.isRewrite && table.isPopulated,
    countedTable: table.presentTable,
    ...(misfit === undefined
      ? {}
      : {
          checks: [
            {
              query:
                `select ${identifier(present)}::text as value, count(*)::int as count from ${from} ` +
                `where ${misfit.condition(identifier(present))} group by 1 order by 2 desc, 1 limit 5`,
              message: `Values of ${subject} ${misfit.message}`,
              remedy: 'Change these values first, or declare a new field.',
            },
          ],
        }),
  })
}
