import { identifier } from '../../database/identifier.ts'
import { nextTick } from '../../calendars/ticks.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { TriggerModel } from '../../definitions/model/trigger.ts'
import { readingWork, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { processRecord } from '../steps/variables.ts'
import { awaitMoment, dueMoment } from './due.ts'
import { allWatches, askForSchedule, dropWatch, lockWatch, saveWatch, type Watch } from './watches.ts'

const batch = 100

/**
 * Follows a change of the declarations: triggers that are new, or say otherwise when they are due, are prepared for the
 * records that there are, batch by batch; those that are gone wait no longer. A second run does what is left.
 */
export async function armTriggers(work: WorkOptions): Promise<void> {
  const waiting = [...work.model.triggers.values()].filter(
    ({ on }) => on.type === 'due' || on.type === 'schedule',
  )
  const names = new Set(waiting.map(({ name }) => name))
  for (const { trigger } of await allWatches(readingWork(work)))
    if (!names.has(trigger)) await writingWork(work, (unit) => dropWatch(unit, trigger))
  for (const trigger of waiting) {
    let isReady = false
    while (!isReady) isReady = await writingWork(work, (unit) => armNext(unit, trigger))
  }
}

/** Whether there is nothing more to be done. */
async function armNext(unit: UnitOfWork, trigger: TriggerModel): Promise<boolean> {
  const known = await lockWatch(unit, trigger.name)
  if (known?.is_ready === true && known.definition === trigger.hash) return true
  return trigger.on.type === 'schedule'
    ? armSchedule(unit, trigger, trigger.on.ticks)
    : armRecords(unit, trigger, known)
}

async function armSchedule(
  unit: UnitOfWork,
  trigger: TriggerModel,
  ticks: Parameters<typeof nextTick>[0],
): Promise<boolean> {
  const tick = nextTick(ticks, unit.moment.now.getTime())
  const next = tick === undefined ? null : new Date(tick).toISOString()
  await saveWatch(unit, { ...freshWatch(trigger), next_at: next, is_ready: true })
  if (next !== null) await askForSchedule(unit, { trigger: trigger.name, runAt: next })
  return true
}

async function armRecords(
  unit: UnitOfWork,
  trigger: TriggerModel,
  known: Watch | undefined,
): Promise<boolean> {
  const object = unit.model.objects.get(trigger.object) as ObjectModel
  const watch = known?.definition === trigger.hash ? known : freshWatch(trigger)
  const rows = (await unit.sql.unsafe(
    `select id from ${identifier(object.name)} where deleted_at is null and ($1::uuid is null or id > $1::uuid)
     order by id limit ${batch}`,
    [watch.position],
    { prepare: true },
  )) as unknown as { id: string }[]
  for (const { id } of rows) await armRecord(unit, { trigger, object, id })
  const isReady = rows.length < batch
  await saveWatch(unit, { ...watch, position: rows.at(-1)?.id ?? watch.position, is_ready: isReady })
  return isReady
}

/** A moment that had passed before the trigger was there is nobody's business any more. */
async function armRecord(
  unit: UnitOfWork,
  { trigger, object, id }: { trigger: TriggerModel; object: ObjectModel; id: string },
): Promise<void> {
  const stored = await lockIfPresent(unit, object, id)
  if (stored === undefined) return
  const opened = new OpenedRecords(unit)
  const record = processRecord(opened, { object, process: trigger.actor, values: stored })
  const at = await opened.evaluate(() => dueMoment(unit, { trigger, record }))
  await awaitMoment(unit, { trigger, record: id, at, passed: 'skip' })
}

function freshWatch(trigger: TriggerModel): Watch {
  return {
    trigger: trigger.name,
    definition: trigger.hash,
    next_at: null,
    running_at: null,
    position: null,
    is_ready: false,
  }
}
