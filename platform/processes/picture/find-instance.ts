import { notFound } from '../../access/errors.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { getRecord } from '../../records/read/get.ts'
import { readableObject } from '../../records/read/selection.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { instanceOfRecord, type Instance } from '../steps/instance.ts'
import { governing } from '../steps/send-event.ts'

export interface RecordPlace {
  readonly object: string
  readonly id: string
}

/**
 * The instance that governs a record, for whoever may read the record.
 * @throws TesseraError not_found where the record is out of sight, or no process governs it
 */
export async function visibleInstance(
  unit: UnitOfWork,
  { object: name, id }: RecordPlace,
): Promise<{ object: ObjectModel; instance: Instance }> {
  const object = readableObject({ ...unit, object: name })
  const { name: process } = governing(unit, object)
  const [, instance] = await Promise.all([
    getRecord(unit, { object: name, id, fields: ['id'], hasLines: false }),
    instanceOfRecord(unit, { process, object: name, record: id }),
  ])
  if (instance === undefined) throw notFound(`${process} process for ${name}`, id)
  return { object, instance }
}
