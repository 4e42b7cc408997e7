import { principalSlots } from '../../access/principal.ts'
import { recordBinding } from '../../access/record-binding.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { personalFields } from '../../definitions/privacy/personal-fields.ts'
import { runStatement } from '../../records/read/run.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

interface Asked {
  readonly object: ObjectModel
  readonly limit: number
  /** Only those with a higher id. */
  readonly after?: string | null
  /** Only this one. */
  readonly only?: string | null
}

/**
 * Records whose time is over and of which nothing was erased since they were changed last, by id. Those that were deleted
 * are among them where they still hold personal data.
 */
export async function overdueRecords(
  unit: UnitOfWork,
  { object, after = null, only = null, limit }: Asked,
): Promise<readonly string[]> {
  const { retention } = object.privacy
  if (retention === undefined) return []
  const statement = new StatementBuilder()
  const binding = recordBinding({ model: unit.model, object: object.name, alias: 't', statement })
  const isHolder = personalFields(object).length > 0
  const [position, single] = [statement.slot('after', 'uuid'), statement.slot('only', 'uuid')]
  const text =
    `select t.id from ${identifier(object.name)} t where ${retention.isOver.toPredicate(binding, 'bound').sql} ` +
    `and (${position} is null or t.id > ${position}) and (${single} is null or t.id = ${single}) ` +
    `and not exists (select 1 from _erasure e where e.object = ${statement.constant(object.name, 'text')} ` +
    `and e.record = t.id and e.at >= t.updated_at)${isHolder ? '' : ' and t.deleted_at is null'} ` +
    `order by t.id limit ${limit}`
  const rows = await runStatement(unit, statement.build(text), {
    ...principalSlots(unit.principal),
    after,
    only,
  })
  return rows.map(([id]) => String(id))
}
