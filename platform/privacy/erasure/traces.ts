import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { personalFields } from '../../definitions/privacy/personal-fields.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isBlank, type RecordValues } from '../../records/values.ts'
import { keptPlaces, places } from './places.ts'
import type { LinesOfParent } from './lines-of-parents.ts'
import type { ReportedTrace } from './report.ts'
import type { Subject } from './subjects.ts'

/** Records of one object whose traces are looked for, with texts by which the person is named elsewhere. */
export interface Traced {
  readonly object: ObjectModel
  readonly ids: readonly string[]
  readonly texts: readonly string[]
}

/** Short texts name too much that is not the person. */
const shortest = 2
const naming: ReadonlySet<string> = new Set(['text', 'email', 'phone', 'url'])

/** The subjects by object, with the texts of the records as they were. */
export function tracedOf(
  subjects: readonly Subject[],
  recordOf: (subject: Subject) => RecordValues,
): readonly Traced[] {
  return [...Map.groupBy(subjects, ({ object }) => object)].map(([object, own]) => ({
    object,
    ids: own.map(({ id }) => id),
    texts: [
      ...new Set(
        own.flatMap((subject) =>
          personalFields(object).flatMap((field) => textsIn(field, recordOf(subject))),
        ),
      ),
      // A name within another is replaced after it.
    ].toSorted((one, other) => other.length - one.length),
  }))
}

function textsIn({ name, type }: FieldModel, record: RecordValues): readonly string[] {
  const value = record[name]
  if (isBlank(value) || typeof value !== 'string' || !naming.has(type.name)) return []
  return value.length < shortest ? [] : [value]
}

/** What is known of records elsewhere, and what would become of it. */
export async function countTraces(unit: UnitOfWork, traced: readonly Traced[]): Promise<ReportedTrace[]> {
  const counts = new Map<string, number>()
  for (const each of traced) {
    add(counts, 'history', await countHistory(unit, each))
    for (const { name, count } of places) {
      const [row] = (await run(unit, count, each)) as unknown as { count: number }[]
      add(counts, name, row?.count ?? 0)
    }
  }
  return reported(counts)
}

/** Erases what is known of records elsewhere, in the transaction of the erasure. */
export async function eraseTraces(
  unit: UnitOfWork,
  erasure: string,
  { traced, parents }: { traced: readonly Traced[]; parents: readonly LinesOfParent[] },
): Promise<void> {
  for (const each of traced) {
    const { object, ids } = each
    await unit.sql.unsafe('select _erase_logs($1::uuid, $2::text, $3::uuid[])', [
      erasure,
      object.name,
      ids as string[],
    ])
    const fields = personalFields(object).map(({ name }) => name)
    await eraseHistory(unit, erasure, { object: object.name, ids, fields, hasNotes: true })
    for (const statement of places.flatMap((place) => place.erase)) await run(unit, statement, each)
  }
  for (const parent of parents) await eraseHistory(unit, erasure, { ...parent, hasNotes: false })
}

async function eraseHistory(
  { sql }: UnitOfWork,
  erasure: string,
  of: LinesOfParent & { hasNotes: boolean },
): Promise<void> {
  await sql.unsafe('select _erase_history($1::uuid, $2::text, $3::uuid[], $4::text[], $5::boolean)', [
    erasure,
    of.object,
    of.ids as string[],
    of.fields as string[],
    of.hasNotes,
  ])
}

function run(unit: UnitOfWork, statement: string, { object, ids, texts }: Traced) {
  const values = [object.name, ids as string[], texts as string[]]
  return unit.sql.unsafe(statement, values.slice(0, statement.includes('$3') ? 3 : 2))
}

async function countHistory(unit: UnitOfWork, { object, ids }: Traced): Promise<number> {
  const [row] = (await unit.sql.unsafe(
    `select count(*)::int as count from _change where object = $1::text and record = any($2::uuid[])
       and (changes ?| $3::text[] or cause ? 'note')`,
    [object.name, ids as string[], personalFields(object).map(({ name }) => name)],
  )) as unknown as { count: number }[]
  return row?.count ?? 0
}

function add(counts: Map<string, number>, place: string, count: number): void {
  counts.set(place, (counts.get(place) ?? 0) + count)
}

function reported(counts: ReadonlyMap<string, number>): ReportedTrace[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([place, count]) => ({ place, count, outcome: keptPlaces.has(place) ? 'kept' : 'erased' }))
}
