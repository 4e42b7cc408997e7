import { removeJob } from '../../database/jobs.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { cancelOutgoing } from '../outgoing/cancel.ts'
import type { StepCause } from '../steps/cause.ts'
import { timerKey } from '../timers/timers.ts'
import { closeWork } from '../work-items/open.ts'

/** Closes what a state had invoked that was left: nobody hears of it any more, and parts stop with all that they had open. */
export async function closeInvocations(
  unit: UnitOfWork,
  { instance, invocation }: { instance: string; invocation?: string },
): Promise<void> {
  const closed = (await unit.sql.unsafe(
    `${closing} and ($3::text is null or invocation = $3::text) returning actor, invocation, child, input`,
    [instance, unit.moment.now.toISOString(), invocation ?? null],
    { prepare: true },
  )) as unknown as Closed[]
  await stopInvoked(unit, { instance, closed })
}

/** What an instance leaves that has come to its end. */
export interface LeftAtEnd {
  /** What it had invoked, closed now; what that had started is still to be stopped. */
  readonly closed: readonly Closed[]
  /** The invocations that wait for its end. */
  readonly waiting: readonly string[]
}

/** Closes, in one statement, everything that an instance has invoked, and finds who waits for its end. */
export async function closeAtEnd(unit: UnitOfWork, instance: string): Promise<LeftAtEnd> {
  const rows = (await unit.sql.unsafe(
    `with closed as (${closing} returning actor, invocation, child, input)
     select null::uuid as waiting, * from closed
     union all (select id, null, null, null, null from _invocation where child = $1::uuid and status = 'open' order by id)`,
    [instance, unit.moment.now.toISOString()],
    { prepare: true },
  )) as unknown as (Closed & { waiting: string | null })[]
  return {
    closed: rows.filter(({ waiting }) => waiting === null),
    waiting: rows.flatMap(({ waiting }) => waiting ?? []),
  }
}

const closing = `update _invocation set status = 'closed', ended_at = $2::timestamptz
     where instance = $1::uuid and status in ('open', 'ended')`

/** Stops what invocations had started that are closed. */
export async function stopInvoked(
  unit: UnitOfWork,
  { instance, closed }: { instance: string; closed: readonly Closed[] },
): Promise<void> {
  for (const { actor, invocation: name, child, input } of closed)
    if (actor === 'request') await cancelOutgoing(unit, { instance, invocation: name })
    // A process of another record goes on: it was only waited for.
    else if (child !== null && input?.target === undefined)
      await stopPart(unit, { instance: child, by: instance })
}

interface Closed {
  readonly actor: string
  readonly invocation: string
  readonly child: string | null
  readonly input: { readonly target?: unknown } | null
}

/** @param by the instance that had invoked it */
async function stopPart(unit: UnitOfWork, { instance, by }: { instance: string; by: string }): Promise<void> {
  await stopInstance(unit, { instance, event: 'stop', cause: { kind: 'process', id: by } })
}

/**
 * Ends an instance where it stands, as a step of its own, and closes all that it had open. Nothing of its process is
 * needed. @returns whether it was still at work
 */
export async function stopInstance(
  unit: UnitOfWork,
  { instance, event, cause }: { instance: string; event: string; cause: StepCause },
): Promise<boolean> {
  const [row] = (await unit.sql.unsafe(
    'select snapshot from _instance where id = $1::uuid and ended_at is null',
    [instance],
    { prepare: true },
  )) as unknown as { snapshot: string }[]
  if (row === undefined) return false
  const snapshot = { ...(JSON.parse(row.snapshot) as object), status: 'stopped' }
  const now = unit.moment.now.toISOString()
  await unit.sql.unsafe(
    `with i as (update _instance set status = 'stopped', ended_at = $2::timestamptz, updated_at = $2::timestamptz,
         step = step + 1, snapshot = $6::text where id = $1::uuid and ended_at is null returning id, step, states)
     insert into _step (instance, number, at, by, event, states, cause)
       select id, step, $2::timestamptz, $3::uuid, $5::text, states, $4::jsonb from i`,
    [instance, now, unit.principal.userId ?? null, cause as never, event, JSON.stringify(snapshot)],
    { prepare: true },
  )
  const timers = (await unit.sql.unsafe(
    `update _timer set status = 'cancelled' where instance = $1::uuid and status = 'pending' returning id`,
    [instance],
    { prepare: true },
  )) as unknown as { id: string }[]
  for (const { id } of timers) await removeJob(unit.sql, timerKey(id))
  closeWork(unit, { instance })
  await closeInvocations(unit, { instance })
  return true
}
