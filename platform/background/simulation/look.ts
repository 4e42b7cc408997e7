import type { Sql } from '../../database/sql.ts'
import { isLive, type Awaited, type Case, type LiveInstance } from './case.ts'
import { momentAfter } from './delay-range.ts'
import { renewPlans } from './renew-plans.ts'
import { invocationDelay } from './script.ts'
import { chanceOf, type World } from './world.ts'

interface InstanceRow extends LiveInstance {
  readonly record: string
  readonly ended_at: string | null
}

interface ItemRow {
  readonly id: string
  readonly record: string
  readonly instance: string
  readonly invocation: string
  readonly version: number
  readonly created_at: string
}

type AwaitedRow = Omit<Awaited, 'target' | 'at'> & {
  readonly object: string | null
  readonly watched: string | null
  readonly record: string
}

/**
 * Looks what has become of cases since a moment, whoever or whatever moved them, and draws what comes next.
 * @param options.record one that was acted on, even if its process did not move
 * @returns those that were looked at
 */
export async function look(
  world: World,
  { since, record }: { since: Date; record: string | undefined },
): Promise<readonly Case[]> {
  const { pool } = world.stage.work(world.stage.system)
  const found = await readTouched(pool, {
    object: world.script.object.name,
    since: since.toISOString(),
    record: record ?? null,
  })
  const records = new Set(found.instances.map((row) => row.record))
  const cases = [...records].flatMap((each) => world.casesByRecord.get(each) ?? []).filter(isLive)
  for (const played of cases) renew(world, played, found)
  return cases
}

interface Found {
  readonly instances: readonly InstanceRow[]
  readonly items: readonly ItemRow[]
  readonly awaited: readonly AwaitedRow[]
}

interface Touch {
  readonly object: string
  readonly since: string
  readonly record: string | null
}

/** What there is of the records that moved since a moment, and of one more. */
async function readTouched(pool: Sql, { object, since, record }: Touch): Promise<Found> {
  const touched = pool`
    select record from _instance where object = ${object} and updated_at >= ${since} union select ${record}::uuid`
  const [instances, items, awaited] = await Promise.all([
    pool<InstanceRow[]>`
      select id, process, record, states, step, ended_at,
        (select count(*) from _timer t where t.instance = i.id and t.status = 'pending')::int
          + (select count(*) from _invocation v where v.instance = i.id and v.status = 'open')::int as pending
      from _instance i where object = ${object} and record in (${touched}) order by id`,
    pool<ItemRow[]>`
      select id, record, instance, invocation, version, created_at from _work_item
      where object = ${object} and record in (${touched}) and completed_at is null and status in ('open', 'claimed')
      order by id`,
    pool<AwaitedRow[]>`
      select v.id as token, v.instance, v.invocation, v.actor, v.object, v.record as watched, i.record
      from _invocation v join _instance i on i.id = v.instance
      where i.object = ${object} and i.record in (${touched}) and v.status = 'open'
        and v.actor in ('request', 'wait_for') order by v.id`,
  ])
  return { instances, items, awaited }
}

function renew(world: World, played: Case, found: Found): void {
  const own = found.instances.filter(({ record }) => record === played.record)
  const main = own.find(({ process }) => process === world.script.process.name)
  if (main?.ended_at !== undefined && main.ended_at !== null) {
    played.endedAt = new Date(main.ended_at)
    for (const left of [played.items, played.awaited, played.plans]) left.clear()
    played.instances = new Map([[main.id, main]])
    return
  }
  const live = new Map(own.filter(({ ended_at: ended }) => ended === null).map((row) => [row.id, row]))
  const isMoved = [...live.values()].some((row) => {
    const before = played.instances.get(row.id)
    return before?.step !== row.step || before.pending !== row.pending
  })
  played.instances = live
  const isChanged = renewItems(
    world,
    played,
    found.items.filter(({ record }) => record === played.record),
  )
  renewAwaited(
    world,
    played,
    found.awaited.filter(({ record }) => record === played.record),
  )
  renewPlans(world, played, { isChanged: isMoved || isChanged })
}

/** Whether work was opened, closed or given to somebody else. */
function renewItems(world: World, played: Case, rows: readonly ItemRow[]): boolean {
  let isChanged = false
  const open = new Set(rows.map(({ id }) => id))
  for (const id of [...played.items.keys()].filter((each) => !open.has(each))) {
    played.items.delete(id)
    isChanged = true
  }
  for (const { id, instance, invocation, version, created_at: created } of rows) {
    const before = played.items.get(id)
    if (before !== undefined && (before.version === version || before.doing !== undefined)) continue
    const from = before === undefined ? new Date(created) : world.stage.now
    const at = beginning(world, played, { invocation, from, isRequest: false })
    played.items.set(id, { id, instance, invocation, version, at })
    isChanged = true
  }
  return isChanged
}

function renewAwaited(world: World, played: Case, rows: readonly AwaitedRow[]): void {
  const open = new Set(rows.map(({ token }) => token))
  for (const token of played.awaited.keys()) if (!open.has(token)) played.awaited.delete(token)
  for (const { token, instance, invocation, actor, object, watched } of rows) {
    const isSaid = actor === 'request' || world.script.document.invoked?.[invocation]?.update !== undefined
    if (!isSaid || played.heardOf.has(token)) continue
    played.heardOf.add(token)
    const target = object === null || watched === null ? undefined : { object, id: watched }
    const at = beginning(world, played, {
      ...{ invocation, from: world.stage.now },
      isRequest: actor === 'request',
    })
    played.awaited.set(token, { token, instance, invocation, actor, target, at })
  }
}

function beginning(
  world: World,
  played: Case,
  options: { invocation: string; from: Date; isRequest: boolean },
): Date {
  const { next } = chanceOf(world, played, `delay ${options.invocation}`)
  const { calendars } = world.script.model
  return momentAfter(invocationDelay(world.script, options), {
    ...{ from: options.from, fraction: next(), calendars },
  })
}
