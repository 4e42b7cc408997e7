import { invalid } from '../../access/errors.ts'
import { rowPredicate } from '../../access/predicate.ts'
import { recordBinding } from '../../access/record-binding.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder, parameterValues } from '../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { visibleIds } from '../read/visible-references.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'

/**
 * Writes the whole list of a many-to-many field: what is missing goes, what is new comes, if it may be seen.
 * @param list `unseen`: what of it stays without being asked for
 */
export async function writeMany(
  unit: UnitOfWork,
  field: FieldModel,
  record: string,
  { ids, unseen = [] }: { ids: readonly string[]; unseen?: readonly string[] },
): Promise<void> {
  const table = identifier(field.joinTable as string)
  await unit.sql.unsafe(`delete from ${table} where record = $1::uuid and not (target = any($2::uuid[]))`, [
    record,
    ids as string[],
  ])
  const asked = ids.filter((id) => !unseen.includes(id))
  if (asked.length === 0) return
  const { to, where } = field.reference as NonNullable<FieldModel['reference']>
  const statement = new StatementBuilder()
  const gate = rowPredicate({ ...unit, object: to, alias: 'c', action: 'read', statement, rows: 'few' })
  const binding = recordBinding({ model: unit.model, object: to, alias: 'c', statement })
  const choice = where === undefined ? 'true' : where.toPredicate(binding, 'bound').sql
  const text =
    `with candidate as (select c.id from ${identifier(to)} c where c.id = any(${statement.slot('ids', 'uuid[]')}) ` +
    `and c.deleted_at is null and ${gate} and ${choice}), ` +
    `added as (insert into ${table} (record, target) select ${statement.slot('record', 'uuid')}, id from candidate ` +
    `on conflict do nothing) select id from candidate`
  const rows = await unit.sql.unsafe(
    text,
    parameterValues(
      statement.build(text),
      { ...principalSlots(unit.principal), ids: asked, record },
      unit.moment,
    ) as never[],
  )
  const found = new Set(rows.map((row) => (row as unknown as { id: string }).id))
  const missing = asked.filter((id) => !found.has(id))
  if (missing.length > 0)
    throw invalid([
      {
        field: field.name,
        code: 'reference',
        message: `refers to a ${to} that does not exist, may not be seen or may not be chosen here: ${missing.join(', ')}`,
      },
    ])
}

/**
 * Links that are left out of the lists that are written, and that the writer does not see: who leaves out what he was
 * never shown does not take it away. By field.
 */
export async function unseenLinks(
  unit: UnitOfWork,
  { object, before, values }: { object: ObjectModel; before: RecordValues; values: RecordValues },
): Promise<Readonly<Record<string, readonly string[]>>> {
  const unseen: Record<string, readonly string[]> = {}
  for (const { name, joinTable, reference } of object.fields.values()) {
    if (joinTable === undefined || !(name in values)) continue
    const given = linksIn(values, name)
    const dropped = linksIn(before, name).filter((id) => !given.includes(id))
    if (dropped.length === 0) continue
    const visible = await visibleIds(unit, reference?.to as string, dropped)
    unseen[name] = dropped.filter((id) => !visible.has(id))
  }
  return unseen
}

/** The lists with the links that stay in them. */
export function completed(values: RecordValues, unseen: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(unseen).map(([name, ids]) => [name, [...linksIn(values, name), ...ids].sort()]),
  )
}

export function linksIn(values: RecordValues, name: string): readonly string[] {
  return (values[name] ?? []) as readonly string[]
}
