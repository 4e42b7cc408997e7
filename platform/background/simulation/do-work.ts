import { TesseraError } from '../../access/errors.ts'
import type { Principal } from '../../access/principal.ts'
import { claimWorkItem, listWorkItems, type WorkItem } from '../../processes/index.ts'
import { readingWork, writingWork, type RecordValues } from '../../records/index.ts'
import { count, type Case, type OpenItem } from './case.ts'
import { momentAfter } from './delay-range.ts'
import { endWork } from './end-work.ts'
import { outcomeOf } from './outcome.ts'
import { noteDone, noteRefusal } from './refusal.ts'
import { timeBetween } from './report/spread.ts'
import { reportCalendar } from './script.ts'
import { candidatesFor } from './work-candidates.ts'
import { chanceOf, type World } from './world.ts'

/** Begins with open work, or ends what somebody is at; work that takes no time is both at once. */
export async function doWork(world: World, played: Case, item: OpenItem): Promise<void> {
  if (item.doing !== undefined) {
    const found = await workOf(world, played, { item, by: item.doing.by })
    return found === undefined ? undefined : finish(world, played, { item, ...found })
  }
  const random = chanceOf(world, played, `work ${item.invocation}`)
  const { now } = world.stage
  const takes = world.script.document.invoked?.[item.invocation]?.takes
  const isFree = (person: Principal) => takes === undefined || (busyUntil(world, person) ?? now) <= now
  const able = await candidatesFor(world, { item, random })
  const free = able.filter(isFree)
  const first = await firstWhoMay(world, played, { item, people: free })
  if (first === undefined) {
    const busy = await firstWhoMay(world, played, { item, people: able.filter((person) => !isFree(person)) })
    const later = busy === undefined ? undefined : busyUntil(world, busy.by)
    played.items.set(item.id, later === undefined ? { ...item, obstacle: 'nobody' } : { ...item, at: later })
    return
  }
  world.begun.set(item.id, now)
  if (takes === undefined) return finish(world, played, { item, ...first })
  const { calendars } = world.script.model
  await begin(world, played, {
    ...{ item, ...first },
    until: momentAfter(takes, { from: now, fraction: random.next(), calendars }),
  })
}

function busyUntil({ busy }: World, { userId }: Principal): Date | undefined {
  return busy.get(String(userId))?.until
}

function occupy({ busy, script, stage }: World, { userId }: Principal, until: Date): void {
  const id = String(userId)
  const spent = timeBetween(reportCalendar(script), stage.now, until)
  busy.set(id, { until, spentMs: (busy.get(id)?.spentMs ?? 0) + spent })
}

async function begin(
  world: World,
  played: Case,
  { item, by, seen, until }: Worker & { item: OpenItem; until: Date },
): Promise<void> {
  try {
    if (seen.can.includes('claim'))
      await writingWork(world.stage.work(by), (unit) => claimWorkItem(unit, item.id))
    occupy(world, by, until)
    played.items.set(item.id, { ...item, doing: { by, until } })
  } catch (error) {
    refuse(world, played, { item, by, error, values: {} })
  }
}

async function firstWhoMay(
  world: World,
  played: Case,
  { item, people }: { item: OpenItem; people: readonly Principal[] },
): Promise<Worker | undefined> {
  for (const by of people) {
    const found = await workOf(world, played, { item, by })
    if (found?.seen.can.some((act) => acts.has(act)) === true) return found
  }
  return undefined
}

const acts: ReadonlySet<string> = new Set(['claim', 'complete', 'approve', 'reject'])

/** Somebody, and work as he sees it. */
interface Worker {
  readonly by: Principal
  readonly seen: WorkItem
}

async function workOf(
  { stage }: World,
  played: Case,
  { item, by }: { item: OpenItem; by: Principal },
): Promise<Worker | undefined> {
  const items = await listWorkItems(readingWork(stage.work(by)), { record: String(played.record) })
  const seen = items.find(({ id }) => id === item.id)
  return seen === undefined ? undefined : { by, seen }
}

async function finish(
  world: World,
  played: Case,
  { item, by, seen }: Worker & { item: OpenItem },
): Promise<void> {
  const random = chanceOf(world, played, `outcome ${item.invocation}`)
  const outcome = outcomeOf(world, played, { item: seen, invocation: item.invocation, random, by })
  const tried = { what: 'work', name: item.invocation, state: '', by: outcome.by.name } as const
  try {
    const values = await endWork(world, played, { item: seen, invocation: item.invocation, outcome, random })
    noteDone(world, played, { ...tried, values: { outcome: outcome.kind, ...values } })
    count(played, `${item.invocation} ${outcome.kind}`)
    played.items.delete(item.id)
  } catch (error) {
    refuse(world, played, { item, by: outcome.by, error, values: { outcome: outcome.kind } })
  }
}

const hourMs = 3_600_000

/** Tried again when something about it has changed; later, where the person only has too much to do. */
function refuse(
  world: World,
  played: Case,
  refused: { item: OpenItem; by: Principal; error: unknown; values: RecordValues },
): void {
  const { doing: _, ...item } = refused.item
  const { by, error, values } = refused
  if (error instanceof TesseraError && error.members.reason === 'capacity') {
    played.items.set(item.id, { ...item, at: new Date(world.stage.now.getTime() + hourMs) })
    return
  }
  noteRefusal(world, played, {
    ...{ what: 'work', name: item.invocation, state: '', by: by.name },
    ...{ error, values },
  })
  played.items.set(item.id, { ...item, obstacle: 'refused' })
}
