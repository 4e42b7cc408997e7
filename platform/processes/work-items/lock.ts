import { notFound } from '../../access/errors.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { lockPrior } from '../../records/write/prior.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { instanceById, type Instance } from '../steps/instance.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { processRecord } from '../steps/variables.ts'

/** What a step that a work item begins needs; the record is locked, and so are all who act on its work. */
export interface LockedWork {
  readonly object: ObjectModel
  readonly stored: RecordValues
  readonly instance: Instance
  readonly opened: OpenedRecords
  readonly record: RecordValues
}

/** Locks the record behind the work: who changes several items of it at once does so alone. */
export async function lockWork(
  unit: UnitOfWork,
  item: { readonly object: string; readonly record: string; readonly instance: string },
): Promise<LockedWork> {
  const object = unit.model.objects.get(item.object) as ObjectModel
  // Sent together: the instance is read when the lock on its record is held.
  const [stored, instance] = await Promise.all([
    lockPrior(asConsequence(unit), { object, id: item.record, action: 'update' }),
    instanceById(unit, item.instance),
  ])
  if (instance === undefined) throw notFound('process', item.instance)
  const opened = new OpenedRecords(unit)
  const record = processRecord(opened, { object, process: instance.process, values: stored })
  return { object, stored, instance, opened, record }
}
