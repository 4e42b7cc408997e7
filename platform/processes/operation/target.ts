import { notFound, TesseraError } from '../../access/errors.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { getRecord, isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { needOperator } from './operator.ts'

/** An instance as the operator saw it. */
export interface Target {
  readonly instance: string
  /** The number of its last step then. */
  readonly step: number
}

/** An instance on which an operator acts: its record is locked, and it stands where the operator saw it. */
export interface LockedTarget {
  readonly id: string
  readonly object: ObjectModel
  readonly stored: RecordValues
  readonly process: string
  readonly definition: string
  readonly states: readonly string[]
  readonly step: number
  readonly isEnded: boolean
}

interface Row {
  readonly process: string
  readonly definition: string
  readonly object: string
  readonly record: string
  readonly states: readonly string[]
  readonly step: number
  readonly status: string
}

/**
 * Locks the record of an instance for an act of an operator.
 * @throws TesseraError forbidden without the feature "operate", not_found where the record may not be read or is
 * deleted, conflict where the instance has moved since the operator saw it
 */
export async function lockTarget(unit: UnitOfWork, { instance: id, step }: Target): Promise<LockedTarget> {
  needOperator(unit)
  const before = await readRow(unit, id)
  const object = unit.model.objects.get(before.object)
  if (object === undefined) throw notFound('process instance', id)
  await getRecord(unit, { object: object.name, id: before.record, fields: ['id'], hasLines: false })
  const stored = await lockIfPresent(unit, object, before.record)
  if (stored === undefined) throw notFound('process instance', id)
  // The lock may have taken time: only now does it count where the instance stands.
  const { process, definition, states, step: now, status } = await readRow(unit, id)
  if (now !== step)
    throw new TesseraError('conflict', 'This process has moved on in the meantime; look again.', {
      members: { step: now, states: [...states] },
    })
  return { id, object, stored, process, definition, states, step, isEnded: status !== 'active' }
}

/** @throws TesseraError conflict where the process has ended */
export function needLive({ isEnded }: LockedTarget): void {
  if (isEnded) throw new TesseraError('conflict', 'This process has ended.')
}

async function readRow(unit: UnitOfWork, id: string): Promise<Row> {
  if (!isRecordId(id)) throw notFound('process instance', id)
  const [row] = (await unit.sql.unsafe(
    `select process, definition, object, record, states, step, status from _instance
     where id = $1::uuid and object is not null and record is not null`,
    [id],
    { prepare: true },
  )) as unknown as Row[]
  if (row === undefined) throw notFound('process instance', id)
  return row
}
