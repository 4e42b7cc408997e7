import type { ObjectModel } from '../../definitions/model/model.ts'
import type { AlertModel, ServiceLevelModel } from '../../definitions/model/service-level.ts'
import { actingAs, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import type { ProcessPorts } from '../ports.ts'
import { timerPrincipal } from '../steps/acting.ts'
import { applyEffects } from '../steps/apply.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { sendEvent } from '../steps/send-event.ts'
import { decided } from '../steps/take-step.ts'
import { processRecord } from '../steps/variables.ts'
import { clockById } from './clock-row.ts'

/**
 * Carries out the alerts of a clock that have fired, in order, each in a transaction of its own and exactly once. One
 * that fails stays to be carried out and does not keep the others back.
 * @throws the first failure, when all have been tried
 */
export async function carryOutAlerts(
  work: WorkOptions,
  clock: string,
  ports: ProcessPorts = {},
): Promise<void> {
  const pending = await work.pool.unsafe<{ id: string; name: string }[]>(
    `select id, name from _clock_alert where clock = $1::uuid and status = 'pending' order by due_at, id`,
    [clock],
    { prepare: true },
  )
  const failures: unknown[] = []
  for (const alert of pending)
    await writingWork(work, (unit) => carryOut(unit, { alert, clock, ports })).catch((error: unknown) =>
      failures.push(error),
    )
  if (failures.length > 0) throw failures[0]
}

async function carryOut(
  unit: UnitOfWork,
  { alert, clock, ports }: { alert: { id: string; name: string }; clock: string; ports: ProcessPorts },
): Promise<void> {
  const row = await clockById(unit, clock)
  if (row === undefined) return
  const object = unit.model.objects.get(row.object)
  const level = unit.model.serviceLevels.get(row.object)?.find(({ name }) => name === row.level)
  const declared = level?.promises.get(row.promise)?.alerts.get(alert.name)
  const record = object && (await lockIfPresent(unit, object, row.record))
  if (object === undefined || record === undefined || level === undefined || declared === undefined)
    return void (await settle(unit, alert.id, 'void'))
  // The lock may have taken time: only now does the row's status count.
  if (!(await settle(unit, alert.id, 'done'))) return
  await act(actingAs(unit, timerPrincipal(unit, level.actor)), {
    object,
    record,
    level,
    alert: declared,
    cause: { service_level: level.name, promise: row.promise, alert: alert.name },
    ports,
  })
}

/** Whether the alert was still to be carried out. */
async function settle(unit: UnitOfWork, id: string, status: 'done' | 'void'): Promise<boolean> {
  const rows = await unit.sql.unsafe(
    `update _clock_alert set status = $2::text, done_at = $3::timestamptz
     where id = $1::uuid and status = 'pending' returning id`,
    [id, status, unit.moment.now.toISOString()],
    { prepare: true },
  )
  return rows.length > 0
}

async function act(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    record: RecordValues
    level: ServiceLevelModel
    alert: AlertModel
    cause: Readonly<Record<string, unknown>>
    ports: ProcessPorts
  },
): Promise<void> {
  const { object, record, level, alert, cause, ports } = options
  const process = level.actor
  const opened = new OpenedRecords(unit)
  const seen = processRecord(opened, { object, process, values: record })
  const { effects } = await decided(opened, { unit, process, record: seen }, (decider) => {
    for (const action of alert.actions) decider.act(action, { event: {}, context: {} })
  })
  await applyEffects(unit, {
    instance: { id: '', process, record: String(record.id) },
    object,
    record,
    state: {},
    effects,
    event: alert.name,
    cause,
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
}
