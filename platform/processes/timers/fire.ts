import { lockPrior } from '../../records/write/prior.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import {
  asConsequence,
  withCause,
  writingWork,
  type UnitOfWork,
  type WorkOptions,
} from '../../records/unit-of-work.ts'
import { actingAs } from '../../records/unit-of-work.ts'
import { TesseraError } from '../../access/errors.ts'
import { timerPrincipal } from '../steps/acting.ts'
import { instanceById } from '../steps/instance.ts'
import { takeStep } from '../steps/take-step.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { processRecord } from '../steps/variables.ts'
import { sendEvent } from '../steps/send-event.ts'
import type { ProcessPorts } from '../ports.ts'

interface TimerRow {
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
    // The lock may have taken time: only now does the row's status count.
    if ((await mark(unit, timerId, 'fired')) === 0) return
    const locked = await instanceById(unit, timer.instance)
    if (locked === undefined) return
    const acting = withCause(actingAs(unit, timerPrincipal(unit, locked.process)), { timer: timerId })
    const opened = new OpenedRecords(acting)
    const record = processRecord(opened, { object, process: locked.process, values: stored })
    await takeStep(acting, {
      instance: locked,
      object,
      stored,
      record,
      opened,
      event: { type: timer.event_id },
      name: timerName(timer.event_id),
      payload: null,
      isPermitted: false,
      depth: 0,
      ports,
      send: sendEvent,
    })
  })
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

async function lockIfPresent(unit: UnitOfWork, object: ObjectModel, id: string) {
  try {
    return await lockPrior(asConsequence(unit), { object, id, action: 'update' })
  } catch (error) {
    if (error instanceof TesseraError && error.code === 'not_found') return undefined
    throw error
  }
}

/** `xstate.after.P2D.quote.sent` is recorded as `after P2D`. */
function timerName(eventId: string): string {
  const match = /^xstate\.after\.([^.]+)\./.exec(eventId)
  return match === null ? eventId : `after ${match[1] as string}`
}
