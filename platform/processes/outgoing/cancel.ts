import { removeJob } from '../../database/jobs.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** Takes back what an invocation still wants to send, because its state was left; what is under way cannot be. */
export async function cancelOutgoing(
  unit: UnitOfWork,
  { instance, invocation }: { instance: string; invocation: string },
): Promise<void> {
  const rows = (await unit.sql.unsafe(
    `update _effect set status = 'cancelled', done_at = $3::timestamptz
     where instance = $1::uuid and invocation = $2::text and status = 'waiting' returning id`,
    [instance, invocation, unit.moment.now.toISOString()],
    { prepare: true },
  )) as unknown as { id: string }[]
  for (const { id } of rows) await removeJob(unit.sql, `effect ${id}`)
}
