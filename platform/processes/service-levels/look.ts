import { v7 as uuidv7 } from 'uuid'
import { enqueue, removeJob } from '../../database/jobs.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { ClocksPort, UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { advance } from './advance.ts'
import { changesSince } from './changes.ts'
import { clocksOfRecord, insertAlerts, nothingHeld, saveClock, type ClockRow } from './clock-row.ts'
import { seeConditions, type Seen, type SeenPromise } from './conditions.ts'
import { changed } from './course.ts'
import { modelPromise } from './model-promise.ts'

/** Fills the port through which the write path tells of a record that has been made or changed. */
export const clocksPort: ClocksPort = { written: lookAtClocks }

/**
 * Looks at the promises on a record, whose row the caller has locked: starts, pauses, stops and reckons its clocks, and
 * sees to it that they are looked at again when time changes them. Actions of alerts are not carried out here but by
 * jobs of their own, so that they cannot spoil the write.
 */
export async function lookAtClocks(
  unit: UnitOfWork,
  { object, record, isNew }: { object: ObjectModel; record: RecordValues; isNew: boolean },
): Promise<void> {
  const levels = unit.model.serviceLevels.get(object.name) ?? []
  const [rows, seen] = await Promise.all([
    isNew ? [] : clocksOfRecord(unit, String(record.id)),
    seeConditions(unit, { object, levels, values: record }),
  ])
  const place = { object: object.name, record: String(record.id) }
  const promised = (seen?.promises ?? []).map((promise) => {
    const { level } = seen as Seen
    const row = rows.find((known) => known.level === level.name && known.promise === promise.promise.name)
    return next(unit, row, { seen: promise, isNew, place, level })
  })
  const isPromised = new Set(promised.map(({ row }) => row.id))
  const others = rows.filter((row) => !isPromised.has(row.id)).map((row) => withdrawn(unit, row))
  const steps = [...promised, ...others].filter(({ before, row }) => !isSame(before, row))
  await Promise.all(steps.flatMap((step) => store(unit, step)))
}

interface Step {
  readonly before: ClockRow | undefined
  readonly row: ClockRow
  readonly fired: readonly { readonly name: string; readonly at: number }[]
}

function next(
  unit: UnitOfWork,
  before: ClockRow | undefined,
  context: {
    seen: SeenPromise
    isNew: boolean
    place: Pick<ClockRow, 'object' | 'record'>
    level: Seen['level']
  },
): Step {
  const { seen, isNew, place, level } = context
  const now = unit.moment.now.getTime()
  if (before !== undefined && isSettled(before, { seen, level, now }))
    return { before, row: before, fired: [] }
  const { clock, fired, wakes } = advance({
    clock: before?.clock ?? null,
    changes: changesSince(before, { seen, isNew, now }),
    promise: modelPromise(seen.promise, seen.target),
    now,
  })
  const row: ClockRow = {
    ...place,
    id: before?.id ?? uuidv7(),
    level: level.name,
    promise: seen.promise.name,
    clock,
    held: seen.held,
    target: seen.target.name,
    definition: level.hash,
    wakeAt: wakes[0]?.at ?? null,
  }
  return { before, row, fired }
}

/** Whether all is as it was when the clock was advanced last, and nothing has come due since. */
function isSettled(
  { clock, held, target, definition, wakeAt }: ClockRow,
  { seen, level, now }: { seen: SeenPromise; level: Seen['level']; now: number },
): boolean {
  const isQuiet = clock?.status === 'running' ? wakeAt !== null && wakeAt > now : true
  const isAsSeen = conditions.every((condition) => held[condition] === seen.held[condition])
  return isQuiet && isAsSeen && target === seen.target.name && definition === level.hash
}

const conditions = ['starts', 'pauses', 'stops', 'resets'] as const

/** A promise that is no longer made: another service level applies, none does, or it is no longer declared. */
function withdrawn(unit: UnitOfWork, before: ClockRow): Step {
  const { clock } = before
  const course = changed(clock, { type: 'cancel', at: unit.moment.now.getTime() }, 'never')
  const cancelled = clock === null || course === null ? null : { ...clock, ...course }
  return { before, row: { ...before, clock: cancelled, held: nothingHeld, wakeAt: null }, fired: [] }
}

/** Whether there is nothing to write: how long a clock has run follows from the rest. */
function isSame(before: ClockRow | undefined, after: ClockRow): boolean {
  const text = (row: ClockRow | undefined) =>
    row && JSON.stringify({ ...row, clock: row.clock && { ...row.clock, workedMs: 0 } }, sorted)
  return text(before) === text(after)
}

/** The database keeps the keys of an object in an order of its own. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** The row, and the jobs for what is due now and later, sent together. */
function store(unit: UnitOfWork, { before, row, fired }: Step): PromiseLike<unknown>[] {
  const statements = [saveClock(unit, row)]
  const { id, wakeAt } = row
  if (wakeAt !== (before?.wakeAt ?? null))
    statements.push(wakeAt === null ? letSleep(unit, id) : wake(unit, id, wakeAt))
  if (fired.length > 0) {
    statements.push(insertAlerts(unit, { clock: id, fired }))
    statements.push(enqueue(unit.sql, { task: 'alerts', payload: { clock: id }, jobKey: `alerts ${id}` }))
  }
  return statements
}

function wake(unit: UnitOfWork, id: string, at: number): Promise<void> {
  const runAt = new Date(at).toISOString()
  return enqueue(unit.sql, { task: 'clock', payload: { clock: id }, runAt, jobKey: `clock ${id}` })
}

function letSleep(unit: UnitOfWork, id: string): Promise<void> {
  return removeJob(unit.sql, `clock ${id}`)
}
