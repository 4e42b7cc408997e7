import { notFound, TesseraError } from '../../access/errors.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { askForNext } from './deliver.ts'
import { askForDelivery } from './send-out.ts'

export type OutgoingStatus =
  'waiting' | 'delivered' | 'stored' | 'suppressed' | 'failed' | 'discarded' | 'cancelled'

export interface OutgoingFilter {
  readonly status?: OutgoingStatus
  readonly kind?: 'request' | 'email'
  readonly connection?: string
}

/** A message as administrators see it in a list. */
export interface OutgoingEntry {
  readonly id: string
  readonly kind: 'request' | 'email'
  readonly status: OutgoingStatus
  readonly connection: string | null
  /** Where it goes: `POST orders/7`, or the recipients. */
  readonly title: string
  readonly object: string | null
  readonly record: string | null
  readonly attempts: number
  readonly error: string | null
  readonly created_at: string
  readonly next_at: string | null
  readonly done_at: string | null
}

export interface OutgoingDetail extends OutgoingEntry {
  readonly message: Readonly<Record<string, unknown>>
  readonly answer: Readonly<Record<string, unknown>> | null
  readonly cause: Readonly<Record<string, unknown>> | null
  readonly log: readonly {
    readonly at: string
    readonly outcome: string
    readonly status: number | null
    readonly error: string | null
    readonly ms: number | null
    readonly by: { readonly id: string; readonly name: string | null } | null
  }[]
}

const pageSize = 50

const entry = `e.id, e.kind, e.status, e.connection, e.object, e.record, e.attempts, e.last_error as error, e.created_at,
  e.next_at, e.done_at, case e.kind when 'request' then concat_ws(' ', e.payload ->> 'method', e.payload ->> 'path')
    else (select string_agg(address, ', ') from jsonb_array_elements_text(e.payload -> 'to') address) end as title`

/** What was sent and is to be sent, newest first. @throws TesseraError forbidden without the feature "administer" */
export async function listOutgoing(
  unit: UnitOfWork,
  { after, ...filter }: OutgoingFilter & { after?: string },
): Promise<{ items: readonly OutgoingEntry[]; next: string | null }> {
  needAdministrator(unit)
  const before = after === undefined ? Number.MAX_SAFE_INTEGER : Number(after)
  if (!Number.isSafeInteger(before)) throw new TesseraError('bad_request', 'The cursor `after` is damaged.')
  const rows = (await unit.sql.unsafe(
    `select ${entry}, e.number from _effect e where ${matching(2)} and e.number < $1::bigint
     order by e.number desc limit ${pageSize + 1}`,
    [before, ...filterValues(filter)] as never[],
    { prepare: true },
  )) as unknown as (OutgoingEntry & { number: number })[]
  const page = rows.slice(0, pageSize)
  return {
    items: page.map(({ number: _, ...item }) => item),
    next: rows.length > pageSize ? String(page.at(-1)?.number) : null,
  }
}

/** One message with every attempt. @throws TesseraError forbidden, not_found */
export async function readOutgoing(unit: UnitOfWork, id: string): Promise<OutgoingDetail> {
  needAdministrator(unit)
  if (!isRecordId(id)) throw notFound('message', id)
  const [[row], log] = await Promise.all([
    unit.sql.unsafe(
      `select ${entry}, e.payload as message, e.answer, e.cause from _effect e where e.id = $1::uuid`,
      [id],
      { prepare: true },
    ) as unknown as Promise<Omit<OutgoingDetail, 'log'>[]>,
    unit.sql.unsafe(
      `select a.at, a.outcome, a.status, a.error, a.ms,
         case when a.by is not null then jsonb_build_object('id', a.by, 'name', u.name) end as by
       from _effect_attempt a left join "user" u on u.id = a.by where a.effect = $1::uuid order by a.id`,
      [id],
      { prepare: true },
    ) as unknown as Promise<OutgoingDetail['log']>,
  ])
  if (row === undefined) throw notFound('message', id)
  return { ...row, log: [...log] }
}

/** Which messages: by their ids, or all that failed and fit. */
export type FailedOnes =
  { readonly ids: readonly string[] } | { readonly all: Omit<OutgoingFilter, 'status'> }

/**
 * Sends again what failed for good, with the same key and all its attempts before it.
 * @returns how many there were
 */
export async function replayOutgoing(unit: UnitOfWork, which: FailedOnes): Promise<number> {
  needAdministrator(unit)
  return replay(unit, which)
}

/** The same for messages of a process that an operator repairs. */
export function replayMessages(unit: UnitOfWork, ids: readonly string[]): Promise<number> {
  return replay(unit, { ids })
}

async function replay(unit: UnitOfWork, which: FailedOnes): Promise<number> {
  const rows = await settle(unit, which, { status: 'waiting', outcome: 'replayed' })
  await Promise.all(rows.map((row) => askForDelivery(unit, { ...row, attempts: 0 })))
  return rows.length
}

/** Gives up what failed for good; what waited behind it goes on. @returns how many there were */
export async function discardOutgoing(unit: UnitOfWork, which: FailedOnes): Promise<number> {
  needAdministrator(unit)
  const rows = await settle(unit, which, { status: 'discarded', outcome: 'discarded' })
  for (const row of rows) await askForNext(unit, row)
  return rows.length
}

interface Settled {
  readonly id: string
  readonly connection: string | null
  readonly lane: string | null
  readonly number: number
}

async function settle(
  unit: UnitOfWork,
  which: FailedOnes,
  { status, outcome }: { status: 'waiting' | 'discarded'; outcome: string },
): Promise<readonly Settled[]> {
  const isReplay = status === 'waiting'
  const chosen =
    'ids' in which
      ? { condition: 'e.id = any($5::uuid[])', values: [which.ids.filter(isRecordId)] }
      : undefined
  const filter = 'all' in which ? which.all : {}
  return (await unit.sql.unsafe(
    `with settled as (
       update _effect e set status = $1::text, attempts = case when ${String(isReplay)} then 0 else attempts end,
         closed_by = case when ${String(isReplay)} then null else $2::uuid end,
         done_at = case when ${String(isReplay)} then null else $3::timestamptz end
       where e.status = 'failed' and ${chosen?.condition ?? matching(5)} returning e.id, e.connection, e.lane, e.number),
     noted as (insert into _effect_attempt (effect, at, outcome, by)
       select id, $3::timestamptz, $4::text, $2::uuid from settled)
     select id, connection, lane, number from settled order by number`,
    [
      status,
      unit.principal.userId ?? null,
      unit.moment.now.toISOString(),
      outcome,
      ...(chosen?.values ?? filterValues(filter)),
    ] as never[],
    { prepare: true },
  )) as unknown as Settled[]
}

/** @param first the number of the first parameter */
function matching(first: number): string {
  return ['status', 'kind', 'connection']
    .map((column, at) => `($${first + at}::text is null or e.${column} = $${first + at}::text)`)
    .join(' and ')
}

function filterValues({ status, kind, connection }: OutgoingFilter): (string | null)[] {
  return [status ?? null, kind ?? null, connection ?? null]
}

function needAdministrator({ rights }: UnitOfWork): void {
  if (!rights.features.has('administer'))
    throw new TesseraError('forbidden', 'None of your roles has the feature "administer".')
}
