import type { TriggerModel } from '../../definitions/model/trigger.ts'
import type { TriggersPort, UnitOfWork } from '../../records/unit-of-work.ts'
import { expandFormulas, recordPaths } from '../../records/write/evaluation.ts'
import type { RecordValues } from '../../records/values.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { processRecord } from '../steps/variables.ts'
import { awaitMoment, dueMoment } from './due.ts'
import { noteRun } from './runs.ts'

type Write = Parameters<TriggersPort['written']>[1]

/** Notices which triggers a write sets off, and for which moments others wait since. */
export const triggersPort: TriggersPort = {
  async written(unit, write) {
    for (const trigger of unit.model.triggersOfWrites.get(write.object.name) ?? [])
      if (isConcerned(trigger, write)) await notice(unit, trigger, write)
  },
}

function isConcerned({ on }: TriggerModel, { kind, fields }: Write): boolean {
  if (on.type === 'created') return kind === 'create'
  if (on.type === 'changed')
    return kind === 'update' && (on.fields === undefined || [...on.fields].some((name) => fields.has(name)))
  if (on.type !== 'due') return false
  return kind !== 'update' || [...on.moment.fields].some((name) => fields.has(name))
}

async function notice(unit: UnitOfWork, trigger: TriggerModel, write: Write): Promise<void> {
  const opened = new OpenedRecords(unit)
  const { object, before } = write
  const record = processRecord(opened, { object, process: trigger.actor, values: write.record })
  if (trigger.on.type === 'due') {
    const at = await opened.evaluate(() => dueMoment(unit, { trigger, record }))
    const passed = trigger.on.runsPast ? 'run' : 'skip'
    return awaitMoment(unit, { trigger, record: String(write.record.id), at, passed })
  }
  const variables = {
    record,
    ...(before === undefined ? {} : { before: recordBefore(opened, { trigger, object, before }) }),
  }
  const { when } = trigger
  if (when !== undefined && !(await opened.evaluate(() => when.evaluate(variables, unit.moment) === true)))
    return
  const seen = before === undefined ? {} : { before: keptBefore(trigger, write) }
  noteRun(unit, { trigger, record: String(write.record.id), seen })
}

/** The record before the change, as expressions see it. */
export function recordBefore(
  opened: OpenedRecords,
  { trigger, object, before }: { trigger: TriggerModel; object: Write['object']; before: RecordValues },
): RecordValues {
  return opened.record(object, before, recordPaths(trigger.actor.expressions, 'before'))
}

/** What the expressions can read of the record before the change, those behind formulas included. */
function keptBefore(trigger: TriggerModel, { object, before = {} }: Write): RecordValues {
  const paths = expandFormulas(object, recordPaths(trigger.actor.expressions, 'before'))
  const names = new Set(['id', ...paths.map(([name]) => name as string)])
  return Object.fromEntries([...names].map((name) => [name, before[name] ?? null]))
}
