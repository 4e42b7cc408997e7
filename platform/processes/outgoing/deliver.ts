import type { RetryModel } from '../../definitions/model/connection.ts'
import { writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { hasConsent } from './consent.ts'
import type { OutgoingMessage } from './message.ts'
import type { AttemptOutcome, OutgoingAnswer } from './outcome.ts'
import { retryWait, usualRetry } from './retry-wait.ts'
import { askForDelivery } from './send-out.ts'

/** What lies before whoever delivers: the message, and the key that is the same for each attempt. */
export interface Delivery {
  readonly key: string
  readonly message: OutgoingMessage
  /** Whether somebody waits for the answer, so that it has to be whole. */
  readonly isAwaited: boolean
  /** The record that it is about. */
  readonly about: { readonly object: string; readonly record: string } | undefined
}

const suppressed: AttemptOutcome = { type: 'suppressed' }

function deliveryOf({ key, kind, payload, instance, object, record }: Row): Delivery {
  return {
    key,
    message: { kind, ...payload } as OutgoingMessage,
    isAwaited: instance !== null,
    about: object === null || record === null ? undefined : { object, record },
  }
}

interface Row {
  readonly id: string
  readonly kind: OutgoingMessage['kind']
  readonly payload: Readonly<Record<string, unknown>>
  readonly key: string
  readonly connection: string | null
  readonly object: string | null
  readonly record: string | null
  readonly lane: string | null
  readonly number: number
  readonly instance: string | null
  readonly invocation: string | null
  readonly token: string | null
}

/**
 * Makes one attempt to deliver what a job names. It is sent outside of any transaction, since nothing can take it back;
 * what came of it is written afterwards, once: of two nodes that sent the same, with the same key, one is heard.
 */
export async function deliver(
  work: WorkOptions,
  job: { effect: string; attempt: number },
  { send, ports = {} }: { send: (delivery: Delivery) => Promise<AttemptOutcome>; ports?: ProcessPorts },
): Promise<void> {
  const row = await writingWork(work, (unit) => begin(unit, job))
  if (row === undefined) return
  const outcome = row.isSuppressed ? suppressed : await send(deliveryOf(row))
  await writingWork(work, (unit) => conclude(unit, { row, attempt: job.attempt, outcome, ports }))
}

/** The message, unless it has been dealt with, the job is for an earlier attempt, or an earlier one of its lane is not through. */
async function begin(
  unit: UnitOfWork,
  job: { effect: string; attempt: number },
): Promise<(Row & { readonly isSuppressed: boolean }) | undefined> {
  const row = await next(unit, job)
  return (
    row && { ...row, isSuppressed: row.payload.purpose === 'marketing' && !(await hasConsent(unit, row)) }
  )
}

async function next(
  unit: UnitOfWork,
  { effect, attempt }: { effect: string; attempt: number },
): Promise<Row | undefined> {
  const [row] = (await unit.sql.unsafe(
    `select id, kind, payload, idempotency_key as key, connection, object, record, lane, number, instance, invocation, token
     from _effect where id = $1::uuid and status = 'waiting' and attempts = $2::int`,
    [effect, attempt],
    { prepare: true },
  )) as unknown as Row[]
  if (row === undefined || row.lane === null) return row
  // Waits for who concludes the one before at this moment: they ask for the next only when they see it.
  const [before] = await unit.sql.unsafe(
    `select 1 from _effect where lane = $1::text and number < $2::bigint and status in ('waiting', 'failed')
     order by number limit 1 for share`,
    [row.lane, row.number],
    { prepare: true },
  )
  return before === undefined ? row : undefined
}

async function conclude(
  unit: UnitOfWork,
  options: { row: Row; attempt: number; outcome: AttemptOutcome; ports: ProcessPorts },
): Promise<void> {
  const { row, attempt, outcome, ports } = options
  // Steps lock the record before all else; so does this.
  if (row.instance !== null) await lockRecord(unit, row)
  const retry = retryOf(unit, row)
  const isAgain = outcome.type === 'failed' && outcome.isPassing && attempt + 1 < retry.attempts
  const wait = isAgain
    ? retryWait(retry, { failures: attempt + 1, chance: Math.random(), ...outcome })
    : undefined
  const nextAt = wait === undefined ? null : new Date(unit.moment.now.getTime() + wait).toISOString()
  const status = isAgain ? 'waiting' : outcome.type
  if (!(await mark(unit, { row, attempt, outcome, status, nextAt }))) return
  if (nextAt !== null) return askForDelivery(unit, { ...row, attempts: attempt + 1, runAt: nextAt })
  if (status !== 'failed') await askForNext(unit, row)
  if (row.instance !== null && row.invocation !== null && row.token !== null)
    await ports.requestEnded?.(unit, {
      instance: row.instance,
      invocation: row.invocation,
      token: row.token,
      ...(outcome.type === 'failed'
        ? { isDelivered: false, error: outcome.error, ...answerOf(outcome.answer) }
        : { isDelivered: true, ...answerOf(outcome.type === 'delivered' ? outcome.answer : undefined) }),
    })
}

function answerOf(answer: OutgoingAnswer | undefined) {
  return answer === undefined ? {} : { answer }
}

async function lockRecord(unit: UnitOfWork, { object, record }: Row): Promise<void> {
  const declared = unit.model.objects.get(object ?? '')
  if (declared !== undefined && record !== null) await lockIfPresent(unit, declared, record)
}

function retryOf({ model }: UnitOfWork, { connection }: Row): RetryModel {
  return model.connections.get(connection ?? '')?.retry ?? usualRetry
}

/** Writes what came of an attempt; false where another node was heard first. */
async function mark(
  unit: UnitOfWork,
  options: {
    row: Row
    attempt: number
    outcome: AttemptOutcome
    status: string
    nextAt: string | null
  },
): Promise<boolean> {
  const { row, attempt, outcome, status, nextAt } = options
  const now = unit.moment.now.toISOString()
  const answer = 'answer' in outcome ? outcome.answer : undefined
  const rows = await unit.sql.unsafe(
    `with marked as (
       update _effect set status = $3::text, attempts = attempts + 1, next_at = $4::timestamptz, last_error = $5::text,
         answer = $6::jsonb, done_at = $7::timestamptz
       where id = $1::uuid and status = 'waiting' and attempts = $2::int returning id)
     insert into _effect_attempt (effect, at, outcome, status, error, ms)
       select id, $8::timestamptz, $9::text, $10::int, $5::text, $11::int from marked returning id`,
    [
      row.id,
      attempt,
      status,
      nextAt,
      outcome.type === 'failed' ? outcome.error : null,
      (answer ?? null) as never,
      nextAt === null ? now : null,
      now,
      nextAt === null ? outcome.type : 'again',
      answer?.status ?? null,
      'ms' in outcome ? Math.round(outcome.ms) : null,
    ],
    { prepare: true },
  )
  return rows.length > 0
}

/** Asks for the delivery of what waited for this one. */
export async function askForNext(
  unit: UnitOfWork,
  { lane, number }: { lane: string | null; number: number },
): Promise<void> {
  if (lane === null) return
  const [next] = (await unit.sql.unsafe(
    `select id, connection, attempts from _effect where lane = $1::text and number > $2::bigint and status = 'waiting'
     order by number limit 1`,
    [lane, number],
    { prepare: true },
  )) as unknown as { id: string; connection: string | null; attempts: number }[]
  if (next !== undefined) await askForDelivery(unit, next)
}
