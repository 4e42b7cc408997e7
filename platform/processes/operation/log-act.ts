import { audit } from '../../audit/index.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { StepCause } from '../steps/cause.ts'
import type { LockedTarget } from './target.ts'

export type OperatorActName = 'retry' | 'skip' | 'move' | 'end'

/** What makes a step that an operator takes. */
export function byOperator(
  { principal }: UnitOfWork,
  { act, reason }: { act: OperatorActName; reason: string },
): StepCause {
  return { kind: 'operator', id: principal.userId ?? null, act, reason }
}

/** Writes into the timeline of the record and the audit log what the operator did, from where to where, and why. */
export async function logAct(
  unit: UnitOfWork,
  {
    target,
    act,
    to,
    reason,
  }: { target: LockedTarget; act: OperatorActName; to: readonly string[]; reason: string | undefined },
): Promise<void> {
  const { object, stored, process, id, states } = target
  const cause = {
    process,
    instance: id,
    operation: act,
    from: states,
    to,
    ...(reason === undefined ? {} : { note: reason }),
  }
  await unit.sql.unsafe(
    `insert into _change (object, record, version, at, by, action, changes, cause)
     select $1::text, $2::uuid, coalesce(max(version), $3::int), $4::timestamptz, $5::uuid, 'note', '{}', $6::jsonb
     from _change where object = $1::text and record = $2::uuid`,
    [
      object.name,
      String(stored.id),
      Number(stored.version),
      unit.moment.now.toISOString(),
      unit.principal.userId ?? null,
      cause as never,
    ],
    { prepare: true },
  )
  await audit(unit, {
    action: `operation.${act}`,
    subject: { object: object.name, record: String(stored.id) },
    detail: { process, instance: id, from: states, to },
  })
}
