import type { ObjectModel } from '../../definitions/model/model.ts'
import { withCause, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import { actingAs } from '../../records/unit-of-work.ts'
import { deadlineOver } from '../approvals/deadline-over.ts'
import { deadlineOf } from '../approvals/deadlines.ts'
import { timerPrincipal } from '../steps/acting.ts'
import type { StepCause } from '../steps/cause.ts'
import { machineOf } from '../machine/machine-cache.ts'
import { instanceById, type Instance } from '../steps/instance.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { takeStep } from '../steps/take-step.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { processRecord } from '../steps/variables.ts'
import { sendEvent } from '../steps/send-event.ts'
import type { ProcessPorts } from '../ports.ts'
import type { RecordValues } from '../../records/values.ts'
import { endOfDelay } from './moments.ts'
import { armTimer } from './timers.ts'
import { delayOf } from './waiting.ts'

export interface TimerRow {
  readonly id: string
  readonly instance: string
  readonly event_id: string
  readonly status: string
}

/**
 * Fires a timer that is due, exactly once: its row decides, under the lock of the record, whether it still counts.
 * A timer of a state that was left since is void. Deleted records keep their timers quiet.
 */
export async function fireTimer(work: WorkOptions, timerId: string, ports: ProcessPorts = {}): Promise<void> {
  await writingWork(work, async (unit) => {
    const timer = await readTimer(unit, timerId)
    if (timer === undefined || timer.status !== 'pending') return
    const object = unit.model.objects.get(timer.object)
    if (object === undefined || timer.isEnded)
      return void (await mark(unit, timer, { from: 'pending', to: 'void' }))
    // Sent together: the row and the instance are looked at when the lock on their record is held.
    const [stored, instance] = await Promise.all([
      lockIfPresent(unit, object, timer.record),
      takeTimer(unit, timer),
    ])
    if (instance === undefined) return
    if (
      stored === undefined ||
      instance.isEnded ||
      (await isMoved(unit, { timer, instance, object, stored }))
    )
      return void (await mark(unit, timer, { from: 'fired', to: 'void' }))
    await fireTaken(unit, { timer, instance, object, stored, cause: { kind: 'timer', id: timerId }, ports })
  })
}

/** Marks a timer as fired, once, now that the lock on its record is held; gives its instance if it still waited. */
export async function takeTimer(unit: UnitOfWork, timer: TimerRow): Promise<Instance | undefined> {
  const [isTaken, instance] = await Promise.all([
    mark(unit, timer, { from: 'pending', to: 'fired' }),
    instanceById(unit, timer.instance),
  ])
  return isTaken ? instance : undefined
}

/**
 * Does what comes of a timer that was taken.
 * @param options.by the person on whose behalf it fires before its time
 * @returns whether the process has taken a step
 */
export async function fireTaken(
  unit: UnitOfWork,
  options: {
    timer: TimerRow
    instance: Instance
    object: ObjectModel
    stored: RecordValues
    cause: StepCause
    ports: ProcessPorts
    by?: string | undefined
  },
): Promise<boolean> {
  const { timer, instance, object, stored, cause, ports, by } = options
  const { process } = instance
  const principal = { ...timerPrincipal(unit, process), userId: by }
  const acting = withCause(actingAs(unit, principal), { timer: timer.id })
  const opened = new OpenedRecords(acting)
  const record = processRecord(opened, { object, process, values: stored })
  const deadline = deadlineOf(timer.event_id)
  if (deadline !== undefined) {
    const scene = { object, stored, instance, opened, record }
    await deadlineOver(acting, { ...deadline, cause, locked: scene, ports })
    return true
  }
  const step = await takeStep(acting, {
    instance,
    object,
    stored,
    record,
    opened,
    event: { type: timer.event_id },
    name: timerName(timer.event_id),
    payload: null,
    cause,
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
  return step.isTaken
}

/**
 * Whether the moment that a timer waits for has moved on: it is a matter of the record, which may have changed under a
 * version of the process whose moments the write path does not know.
 */
async function isMoved(
  unit: UnitOfWork,
  options: { timer: TimerRow; instance: Instance; object: ObjectModel; stored: RecordValues },
): Promise<boolean> {
  const { timer, instance, object, stored } = options
  const { process } = instance
  const delay = delayOf(timer.event_id) ?? ''
  if ((process.delays.get(delay)?.fields.size ?? 0) === 0) return false
  const opened = new OpenedRecords(unit)
  const { context } = machineOf(process).inspect(instance.snapshot)
  const seen = { record: processRecord(opened, { object, process, values: stored }), context }
  const end = await opened.evaluate(() => endOfDelay(unit, { process, delay, seen }))
  if (end !== undefined && end <= unit.moment.now.getTime()) return false
  if (end !== undefined) armTimer(unit, { instance: instance.id, eventId: timer.event_id, end })
  return true
}

interface FoundTimer extends TimerRow {
  readonly object: string
  readonly record: string
  /** Whether its process had come to its end when the timer was found. */
  readonly isEnded: boolean
}

async function readTimer(unit: UnitOfWork, id: string): Promise<FoundTimer | undefined> {
  const [row] = (await unit.sql.unsafe(
    `select t.id, t.instance, t.event_id, t.status, i.object, i.record, i.ended_at is not null as "isEnded"
     from _timer t join _instance i on i.id = t.instance where t.id = $1::uuid`,
    [id],
    { prepare: true },
  )) as unknown as FoundTimer[]
  return row
}

type Mark = 'pending' | 'fired' | 'void'

/** Whether the timer was marked as it is thought to be, and so is marked anew. */
async function mark(
  unit: UnitOfWork,
  { id }: TimerRow,
  { from, to }: { from: Mark; to: Mark },
): Promise<boolean> {
  const rows = await unit.sql.unsafe(
    `update _timer set status = $3::text where id = $1::uuid and status = $2::text returning id`,
    [id, from, to],
    { prepare: true },
  )
  return rows.length > 0
}

/** `xstate.after.P2D.quote.sent` is recorded as `after P2D`. */
function timerName(eventId: string): string {
  const delay = delayOf(eventId)
  return delay === undefined ? eventId : `after ${delay}`
}
