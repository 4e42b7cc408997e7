import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { askForRuns } from './runs.ts'

export type RunStatus = 'pending' | 'done' | 'void' | 'failed' | 'stopped' | 'discarded'

/** What a trigger had or has to do, as administrators see it. */
export interface TriggerRunEntry {
  readonly id: string
  readonly trigger: string
  readonly kind: string
  readonly status: RunStatus
  readonly object: string
  readonly record: string | null
  /** The triggers that led here, the first one first. */
  readonly chain: readonly string[]
  readonly attempts: number
  readonly error: string | null
  readonly due_at: string
  readonly created_at: string
  readonly done_at: string | null
}

export interface RunFilter {
  readonly status?: RunStatus
  readonly trigger?: string
}

const pageSize = 50

/** What triggers did and are to do, newest first. @throws TesseraError forbidden without the feature "administer" */
export async function listTriggerRuns(
  unit: UnitOfWork,
  { status, trigger, after }: RunFilter & { after?: string },
): Promise<{ items: readonly TriggerRunEntry[]; next: string | null }> {
  needAdministrator(unit)
  if (after !== undefined && !isRecordId(after))
    throw new TesseraError('bad_request', 'The cursor `after` is damaged.')
  const rows = (await unit.sql.unsafe(
    `select id, trigger, kind, status, object, record, chain, attempts, last_error as error, due_at, created_at, done_at
     from _trigger_run where ($1::text is null or status = $1::text) and ($2::text is null or trigger = $2::text)
       and ($3::uuid is null or id < $3::uuid)
     order by id desc limit ${pageSize + 1}`,
    [status ?? null, trigger ?? null, after ?? null],
    { prepare: true },
  )) as unknown as TriggerRunEntry[]
  const items = rows.slice(0, pageSize)
  return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null }
}

/** Which runs: by their ids, or all that failed or were stopped. */
export type UnsettledRuns =
  { readonly ids: readonly string[] } | { readonly all: { readonly trigger?: string } }

/** Carries out again what failed or was stopped, from the beginning of a chain. @returns how many there were */
export async function replayTriggerRuns(unit: UnitOfWork, which: UnsettledRuns): Promise<number> {
  const batch = uuidv7()
  const count = await settle(
    unit,
    which,
    `status = 'pending', attempts = 0, chain = '{}', batch = $4::uuid, done_at = null, closed_by = $1::uuid`,
    [unit.principal.userId ?? null, batch],
  )
  if (count > 0) await askForRuns(unit, { batch })
  return count
}

/** Gives up what failed or was stopped. @returns how many there were */
export function discardTriggerRuns(unit: UnitOfWork, which: UnsettledRuns): Promise<number> {
  return settle(unit, which, `status = 'discarded', closed_by = $1::uuid, done_at = $4::timestamptz`, [
    unit.principal.userId ?? null,
    unit.moment.now.toISOString(),
  ])
}

async function settle(
  unit: UnitOfWork,
  which: UnsettledRuns,
  set: string,
  [by, value]: readonly [string | null, string],
): Promise<number> {
  needAdministrator(unit)
  const ids = 'ids' in which ? which.ids.filter(isRecordId) : null
  const trigger = 'all' in which ? (which.all.trigger ?? null) : null
  const rows = await unit.sql.unsafe(
    `update _trigger_run set ${set} where status in ('failed', 'stopped')
       and ($2::uuid[] is null or id = any($2::uuid[])) and ($3::text is null or trigger = $3::text) returning id`,
    [by, ids, trigger, value],
    { prepare: true },
  )
  return rows.length
}

function needAdministrator({ rights }: UnitOfWork): void {
  if (!rights.features.has('administer'))
    throw new TesseraError('forbidden', 'None of your roles has the feature "administer".')
}
