import { identifier } from '../../database/identifier.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { loadStored } from '../../records/write/evaluation.ts'
import type { RecordedCase, RecordedChange, RecordedStep, RecordHistory } from './recorded.ts'

export interface CaseQuery {
  readonly process: string
  /** Only cases that began then or later: a date or an ISO 8601 moment. */
  readonly since: string | undefined
  readonly limit: number
}

/** The cases of a process, the latest first. */
export async function readCases(
  unit: UnitOfWork,
  { process, since, limit }: CaseQuery,
): Promise<readonly Omit<RecordedCase, 'steps'>[]> {
  const rows = await unit.sql.unsafe<Omit<RecordedCase, 'steps'>[]>(
    `select id as instance, object, record, definition from _instance
     where process = $1::text and record is not null and ($2::timestamptz is null or started_at >= $2::timestamptz)
     order by started_at desc, id desc limit $3::int`,
    [process, since ?? null, limit],
  )
  return [...rows]
}

/** The steps of a case in order. */
export async function readSteps(unit: UnitOfWork, instance: string): Promise<readonly RecordedStep[]> {
  const rows = await unit.sql.unsafe<RecordedStep[]>(
    `select number, at, by, event, payload, transitions, states from _step where instance = $1::uuid order by number`,
    [instance],
  )
  return [...rows]
}

/** A record as it is stored now, and every change of it. */
export async function readRecordHistory(
  unit: UnitOfWork,
  { object, id }: { object: ObjectModel; id: string },
): Promise<RecordHistory> {
  const [current, rows] = await Promise.all([
    loadStored(unit, { object: object.name, id }),
    unit.sql.unsafe<RecordedChange[]>(
      `select id, at, by, version, action, changes, cause from _change
       where object = $1::text and record = $2::uuid order by id`,
      [object.name, id],
    ),
  ])
  return { object, current, changes: [...rows] }
}

/** The ids of all rows of a record, deleted ones among them. */
export async function readRowIds(
  unit: UnitOfWork,
  { object, through, id }: { object: string; through: string; id: string },
): Promise<readonly string[]> {
  const rows = await unit.sql.unsafe<{ id: string }[]>(
    `select id from ${identifier(object)} where ${identifier(through)} = $1::uuid order by id`,
    [id],
  )
  return rows.map((row) => row.id)
}
