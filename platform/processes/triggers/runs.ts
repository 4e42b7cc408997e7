import { v7 as uuidv7 } from 'uuid'
import { enqueue } from '../../database/jobs.ts'
import type { TriggerModel } from '../../definitions/model/trigger.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** How many triggers may set each other off in a row, before they are stopped. */
const longestChain = 8

/** What a trigger has to do for one cause. */
export interface NewRun {
  readonly trigger: TriggerModel
  readonly record: string | null
  /** What the actions see beside the record. */
  readonly seen?: Readonly<Record<string, unknown>>
}

/**
 * Writes down what a trigger has to do, in the transaction that sets it off, without waiting for it. Where triggers have
 * set each other off too often in a row, it is stopped, and the row says so.
 */
export function noteRun(unit: UnitOfWork, { trigger, record, seen = {} }: NewRun): void {
  const chain = chainOf(unit)
  const isStopped = chain.length >= longestChain
  const now = unit.moment.now.toISOString()
  unit.later(
    unit.sql.unsafe(
      `insert into _trigger_run (id, trigger, object, record, kind, status, due_at, batch, seen, chain, last_error, by,
         created_at, done_at)
       values ($1::uuid, $2::text, $3::text, $4::uuid, $5::text, $6::text, $7::timestamptz, $8::uuid, $9::jsonb,
         $10::text[], $11::text, $12::uuid, $7::timestamptz, $13::timestamptz)`,
      [
        uuidv7(),
        trigger.name,
        trigger.object,
        record,
        trigger.on.type,
        isStopped ? 'stopped' : 'pending',
        now,
        isStopped ? uuidv7() : batchOf(unit),
        seen as never,
        chain as string[],
        isStopped ? circleText([...chain, trigger.name]) : null,
        unit.principal.userId ?? null,
        isStopped ? now : null,
      ],
      { prepare: true },
    ),
  )
}

/** The triggers that led to this work, the first one first. */
export function chainOf({ cause }: UnitOfWork): readonly string[] {
  return (cause?.triggers as readonly string[] | undefined) ?? []
}

function circleText(chain: readonly string[]): string {
  return (
    `Stopped: triggers have set each other off ${longestChain} times in a row: ${chain.join(' → ')}. ` +
    'Give one of them a condition that ceases to hold.'
  )
}

const batches = new WeakMap<object, string>()

/** One job for all that a transaction sets off; a savepoint has one of its own, since it may be undone by itself. */
function batchOf(unit: UnitOfWork): string {
  let batch = batches.get(unit.sql)
  if (batch === undefined) {
    batches.set(unit.sql, (batch = uuidv7()))
    unit.later(askForRuns(unit, { batch }))
  }
  return batch
}

/** The job that carries out the pending runs of a batch. */
export function askForRuns(
  unit: Pick<UnitOfWork, 'sql'>,
  { batch, runAt }: { batch: string; runAt?: string },
): Promise<void> {
  return enqueue(unit.sql, {
    task: 'trigger',
    payload: { batch },
    jobKey: `trigger ${batch}`,
    ...(runAt === undefined ? {} : { runAt }),
  })
}
