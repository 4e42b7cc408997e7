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
    const instance = await instanceById(unit, timer.instance)
    const object = unit.model.objects.get(instance?.object ?? '')
    if (instance === undefined || object === undefined || instance.isEnded)
      return void (await mark(unit, timerId, 'void'))
    const stored = await lockIfPresent(unit, object, instance.record)
    if (stored === undefined) return void (await mark(unit, timerId, 'void'))
    if (await isMoved(unit, { timer, instance, object, stored })) return
    await fireLocked(unit, { timer, object, stored, cause: { kind: 'timer', id: timerId }, ports })
  })
}

/**
 * Fires a timer, now that the record is locked, if it still waits.
 * @param options.by the person on whose behalf it fires before its time
 * @returns whether the process has taken a step
 */
export async function fireLocked(
  unit: UnitOfWork,
  options: {
    timer: TimerRow
    object: ObjectModel
    stored: RecordValues
    cause: StepCause
    ports: ProcessPorts
    by?: string | undefined
  },
): Promise<boolean> {
  const { timer, object, stored, cause, ports, by } = options
  // The lock may have taken time: only now does the row's status count.
  if ((await mark(unit, timer.id, 'fired')) === 0) return false
  const locked = await instanceById(unit, timer.instance)
  if (locked === undefined) return false
  const { process } = locked
  const principal = { ...timerPrincipal(unit, process), userId: by }
  const acting = withCause(actingAs(unit, principal), { timer: timer.id })
  const opened = new OpenedRecords(acting)
  const record = processRecord(opened, { object, process, values: stored })
  const deadline = deadlineOf(timer.event_id)
  if (deadline !== undefined) {
    const scene = { object, stored, instance: locked, opened, record }
    await deadlineOver(acting, { ...deadline, cause, locked: scene, ports })
    return true
  }
  const step = await takeStep(acting, {
    instance: locked,
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
  if ((await mark(unit, timer.id, 'void')) > 0 && end !== undefined)
    armTimer(unit, { instance: instance.id, eventId: timer.event_id, end })
  return true
}

async function readTimer(unit: UnitOfWork, id: string): Promise<TimerRow | undefined> {
  const [row] = (await unit.sql.unsafe(
    'select id, instance, event_id, status from _timer where id = $1::uuid',
    [id],
    {
      prepare: true,
    },
  )) as unknown as TimerRow[]
  return row
}

async function mark(unit: UnitOfWork, id: string, status: 'fired' | 'void'): Promise<number> {
  const rows = await unit.sql.unsafe(
    `update _timer set status = $2::text where id = $1::uuid and status = 'pending' returning id`,
    [id, status],
    { prepare: true },
  )
  return rows.length
}

/** `xstate.after.P2D.quote.sent` is recorded as `after P2D`. */
function timerName(eventId: string): string {
  const delay = delayOf(eventId)
  return delay === undefined ? eventId : `after ${delay}`
}
