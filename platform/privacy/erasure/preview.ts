import { TesseraError } from '../../access/errors.ts'
import { identifier } from '../../database/identifier.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { personalFields, referencesToPerson } from '../../definitions/privacy/personal-fields.ts'
import { getRecord } from '../../records/read/get.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import type { ErasureReport, ReportedRecord } from './report.ts'
import { findSubjects, type Subject } from './subjects.ts'
import { countTraces, tracedOf } from './traces.ts'

export interface ErasureRequest {
  readonly object: string
  readonly record: string
}

/**
 * What is known of a person, what of it an erasure would erase, and what is kept and why.
 * @throws TesseraError forbidden without the feature "erase", not_found, conflict for a record that stands for no person
 */
export async function previewErasure(unit: UnitOfWork, request: ErasureRequest): Promise<ErasureReport> {
  const object = await personObject(unit, request)
  const consequence = asConsequence(unit)
  return reportOn(consequence, await findSubjects(consequence, { object, id: request.record }))
}

/** The object of a person that one may see and whose data one may erase. */
export async function personObject(
  unit: UnitOfWork,
  { object: name, record }: ErasureRequest,
): Promise<ObjectModel> {
  if (!unit.rights.features.has('erase'))
    throw new TesseraError('forbidden', 'None of your roles has the feature "erase".')
  const row = await getRecord(unit, { object: name, id: record, hasLines: false })
  const object = unit.model.objects.get(name) as ObjectModel
  if (!object.privacy.isPerson)
    throw new TesseraError(
      'conflict',
      `Records of "${name}" stand for no person; erase the data of the person whom they are about.`,
    )
  if (name === 'user' && row.is_active !== false)
    throw new TesseraError(
      'conflict',
      'This person still works here. Deactivate them first, then erase their data.',
    )
  return object
}

/** The report on subjects that have not been erased yet. */
export async function reportOn(unit: UnitOfWork, subjects: readonly Subject[]): Promise<ErasureReport> {
  const [person] = subjects as [Subject]
  const erased = subjects.filter(({ isKept }) => !isKept)
  const records = new Map<Subject, RecordValues>()
  for (const subject of erased) records.set(subject, await storedRow(unit, subject))
  return {
    object: person.object.name,
    record: person.id,
    records: subjects.filter(({ object }) => personalFields(object).length > 0).map(reported),
    traces: await countTraces(
      unit,
      tracedOf(erased, (subject) => records.get(subject) ?? {}),
    ),
    references: person.isKept ? [] : await countReferences(unit, person),
  }
}

function reported({ object, id, isKept }: Subject): ReportedRecord {
  const fields = personalFields(object).map(({ name, personal }) => ({ name, category: personal ?? 'other' }))
  const because = isKept ? object.privacy.keeps?.because : undefined
  return {
    object: object.name,
    id,
    fields,
    outcome: isKept ? 'kept' : 'erased',
    ...(because === undefined ? {} : { because }),
  }
}

/** Fields of one column are enough: they hold the texts by which a person is named. */
async function storedRow(unit: UnitOfWork, { object, id }: Subject): Promise<RecordValues> {
  const columns = personalFields(object).flatMap(({ name, columns: [column, ...more] }) =>
    column === undefined || more.length > 0 ? [] : [`${identifier(column.name)} as ${identifier(name)}`],
  )
  if (columns.length === 0) return {}
  const [row] = await unit.sql.unsafe(
    `select ${columns.join(', ')} from ${identifier(object.name)} where id = $1::uuid`,
    [id],
  )
  return (row ?? {}) as RecordValues
}

/** References that only name the person. */
async function countReferences(
  unit: UnitOfWork,
  { object, id }: Subject,
): Promise<ErasureReport['references']> {
  const counted: { object: string; field: string; count: number }[] = []
  for (const { object: name, field } of object.referencedBy) {
    const from = unit.model.objects.get(name) as ObjectModel
    const { columns = [] } = from.fields.get(field) ?? {}
    const isAbout =
      from.parent?.name === field || referencesToPerson(from).some((each) => each.name === field)
    if (isAbout || columns.length !== 1) continue
    const [row] = (await unit.sql.unsafe(
      `select count(*)::int as count from ${identifier(name)} where ${identifier(field)} = $1::uuid and deleted_at is null`,
      [id],
    )) as unknown as { count: number }[]
    if ((row?.count ?? 0) > 0) counted.push({ object: name, field, count: row?.count ?? 0 })
  }
  return counted
}
