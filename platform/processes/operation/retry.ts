import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { replayMessages } from '../outgoing/administer.ts'
import { retryTimers } from '../timers/retry.ts'
import type { ProcessPorts } from '../ports.ts'
import { retryMigration } from '../versions/retry-migration.ts'
import { logAct } from './log-act.ts'
import { lockTarget, needLive, type Target } from './target.ts'

/**
 * Tries again, at once and with all attempts, what has failed in an instance or is overdue: its timers, messages of its
 * record that failed for good, and the way to a new version of its process that could not take it over.
 * @throws TesseraError as lockTarget does, conflict where there is nothing to be tried again, event_refused where it
 * still cannot be taken over
 */
export async function retryInstance(
  unit: UnitOfWork,
  request: Target & { readonly reason?: string },
  ports: ProcessPorts = {},
): Promise<void> {
  const target = await lockTarget(unit, request)
  needLive(target)
  const timers = await retryTimers(unit, target.id)
  const messages = await replayMessages(unit, await failedMessages(unit, String(target.stored.id)))
  const isTaken = await retryMigration(unit, { instance: target.id, process: target.process, ports })
  if (timers + messages === 0 && !isTaken)
    throw new TesseraError('conflict', 'Nothing of this process has failed or is overdue.')
  await logAct(unit, { target, act: 'retry', to: target.states, reason: request.reason })
}

async function failedMessages(unit: UnitOfWork, record: string): Promise<readonly string[]> {
  const rows = (await unit.sql.unsafe(
    `select id from _effect where status = 'failed' and record = $1::uuid`,
    [record],
    { prepare: true },
  )) as unknown as { id: string }[]
  return rows.map(({ id }) => id)
}
