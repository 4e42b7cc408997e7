import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { machineOf } from '../machine/machine-cache.ts'
import { instanceOfRecord } from '../steps/instance.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { processRecord } from '../steps/variables.ts'
import { endOfDelay } from './moments.ts'
import { armTimer, cancelTimers } from './timers.ts'
import { waitingIn } from './waiting.ts'

/** Sets the timers of a record's process anew whose moments depend on fields that have changed. */
export async function moveTimers(
  unit: UnitOfWork,
  { object, record, fields }: { object: ObjectModel; record: RecordValues; fields: ReadonlySet<string> },
): Promise<void> {
  const declared = unit.model.processes.get(object.lifecycle?.process ?? '')
  const depends = (delay: { readonly fields: ReadonlySet<string> }) =>
    [...delay.fields].some((field) => fields.has(field))
  if (declared === undefined || ![...declared.delays.values()].some(depends)) return
  const place = { process: declared.name, object: object.name, record: String(record.id) }
  const instance = await instanceOfRecord(unit, place)
  if (instance === undefined || instance.isEnded) return
  const { process } = instance
  const waiting = waitingIn(process, instance.states).filter(({ delay }) => {
    const moment = process.delays.get(delay)
    return moment !== undefined && depends(moment)
  })
  if (waiting.length === 0) return
  const opened = new OpenedRecords(unit)
  const { context } = machineOf(process).inspect(instance.snapshot)
  const seen = { record: processRecord(opened, { object, process, values: record }), context }
  const ends = await opened.evaluate(() =>
    waiting.map(({ delay }) => endOfDelay(unit, { process, delay, seen })),
  )
  for (const [at, { eventId }] of waiting.entries()) {
    cancelTimers(unit, { instance: instance.id, eventId })
    const end = ends[at]
    if (end !== undefined) armTimer(unit, { instance: instance.id, eventId, end })
  }
}
