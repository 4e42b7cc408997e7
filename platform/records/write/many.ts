import { invalid } from '../../access/errors.ts'
import { rowPredicate } from '../../access/predicate.ts'
import { recordBinding } from '../../access/record-binding.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder, parameterValues } from '../../database/statement.ts'
import type { FieldModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

/** Writes the whole list of a many-to-many field: what is missing goes, what is new comes, if it may be seen. */
export async function writeMany(
  unit: UnitOfWork,
  field: FieldModel,
  record: string,
  ids: readonly string[],
): Promise<void> {
  const table = identifier(field.joinTable as string)
  await unit.sql.unsafe(`delete from ${table} where record = $1::uuid and not (target = any($2::uuid[]))`, [
    record,
    ids as string[],
  ])
  if (ids.length === 0) return
  const { to, where } = field.reference as NonNullable<FieldModel['reference']>
  const statement = new StatementBuilder()
  const gate = rowPredicate({ ...unit, object: to, alias: 'c', action: 'read', statement })
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
      { ...principalSlots(unit.principal), ids, record },
      unit.moment,
    ) as never[],
  )
  const found = new Set(rows.map((row) => (row as unknown as { id: string }).id))
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length > 0)
    throw invalid([
      {
        field: field.name,
        code: 'reference',
        message: `refers to a ${to} that does not exist, may not be seen or may not be chosen here: ${missing.join(', ')}`,
      },
    ])
}
