import { v7 as uuidv7 } from 'uuid'
import { audit } from '../../audit/index.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { eraseRow } from '../../records/write/erase-row.ts'
import { asConsequence, withCause, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { personObject, reportOn, type ErasureRequest } from './preview.ts'
import type { ErasureReport } from './report.ts'
import { linesOfParents } from './lines-of-parents.ts'
import { findSubjects, type Subject } from './subjects.ts'
import { eraseTraces, tracedOf } from './traces.ts'

export interface Erasure {
  readonly id: string
  readonly report: ErasureReport
}

/**
 * Erases the data of a person, in the caller's transaction: all of it or nothing.
 * @throws TesseraError forbidden without the feature "erase", not_found, conflict for a record that stands for no person
 */
export async function eraseOnRequest(unit: UnitOfWork, request: ErasureRequest): Promise<Erasure> {
  const object = await personObject(unit, request)
  return eraseRecord(unit, { object, id: request.record, reason: 'request' })
}

/** The same for whatever reason; whether it may be done has been asked. */
export async function eraseRecord(
  unit: UnitOfWork,
  { object, id, reason }: { object: ObjectModel; id: string; reason: 'request' | 'retention' },
): Promise<Erasure> {
  const erasure = uuidv7()
  const consequence = withCause(asConsequence(unit), { erasure, reason })
  const subjects = await findSubjects(consequence, { object, id })
  const report = await reportOn(consequence, subjects)
  const erased = subjects.filter(({ isKept }) => !isKept)
  const parents = await linesOfParents(consequence, erased)
  const places = [
    ...erased.map((subject) => [subject.object.name, subject.id] as const),
    ...parents.flatMap(({ object: name, ids }) => ids.map((each) => [name, each] as const)),
  ]
  await begin(unit, { erasure, object, id, reason, places })
  const before = new Map<Subject, RecordValues>()
  for (const subject of erased) before.set(subject, await eraseRow(consequence, subject))
  const traced = tracedOf(erased, (subject) => before.get(subject) ?? {})
  await eraseTraces(unit, erasure, { traced, parents })
  await unit.sql.unsafe(`update _erasure set status = 'done', report = $2::jsonb where id = $1::uuid`, [
    erasure,
    report as never,
  ])
  await audit(unit, {
    action: reason === 'request' ? 'erasure' : 'retention',
    subject: { object: object.name, record: id },
    detail: { erasure, erased: erased.length, kept: subjects.length - erased.length },
  })
  return { id: erasure, report }
}

async function begin(
  { sql, principal, moment }: UnitOfWork,
  {
    erasure,
    object,
    id,
    reason,
    places,
  }: {
    erasure: string
    object: ObjectModel
    id: string
    reason: string
    places: readonly (readonly [object: string, id: string])[]
  },
): Promise<void> {
  const records = Object.fromEntries(
    [...Map.groupBy(places, ([name]) => name)].map(([name, own]) => [name, own.map(([, each]) => each)]),
  )
  await sql.unsafe(
    `insert into _erasure (id, object, record, reason, status, records, by, at)
     values ($1::uuid, $2, $3::uuid, $4, 'running', $5::jsonb, $6::uuid, $7::timestamptz)`,
    [erasure, object.name, id, reason, records as never, principal.userId ?? null, moment.now.toISOString()],
  )
}
