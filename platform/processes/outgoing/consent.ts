import { principalSlots } from '../../access/principal.ts'
import { recordBinding } from '../../access/record-binding.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import { runStatement } from '../../records/read/run.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** Whether the person for whom a record stands agrees to marketing mails now. Nobody does who is not there any more. */
export async function hasConsent(
  unit: UnitOfWork,
  { object: name, record }: { readonly object: string | null; readonly record: string | null },
): Promise<boolean> {
  const object = unit.model.objects.get(name ?? '')
  const consent = object?.privacy.consent
  if (object === undefined || consent === undefined || record === null) return false
  const statement = new StatementBuilder()
  const binding = recordBinding({ model: unit.model, object: object.name, alias: 't', statement })
  const text =
    `select 1 from ${identifier(object.name)} t where t.id = ${statement.slot('id', 'uuid')} ` +
    `and t.deleted_at is null and ${consent.givenWhen.toPredicate(binding, 'bound').sql}`
  const rows = await runStatement(unit, statement.build(text), {
    ...principalSlots(unit.principal),
    id: record,
  })
  return rows.length > 0
}
