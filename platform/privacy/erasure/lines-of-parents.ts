import { identifier } from '../../database/identifier.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { personalFields } from '../../definitions/privacy/personal-fields.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { Subject } from './subjects.ts'

/** Records whose history tells what their lines were, and the fields that show these. */
export interface LinesOfParent {
  readonly object: string
  readonly ids: readonly string[]
  readonly fields: readonly string[]
}

/** The records of which erased ones are lines: their history repeats the personal fields of these. */
export async function linesOfParents(
  unit: UnitOfWork,
  erased: readonly Subject[],
): Promise<readonly LinesOfParent[]> {
  const found: LinesOfParent[] = []
  for (const [object, own] of Map.groupBy(erased, (subject) => subject.object)) {
    const parent = unit.model.objects.get(object.parent?.reference?.to ?? '')
    if (object.parent === undefined || parent === undefined || personalFields(object).length === 0) continue
    const column = identifier(object.parent.name)
    const rows = (await unit.sql.unsafe(
      `select distinct ${column} as id from ${identifier(object.name)} where id = any($1::uuid[])`,
      [own.map(({ id }) => id)],
    )) as unknown as { id: string }[]
    found.push({ object: parent.name, ids: rows.map(({ id }) => id), fields: linesFields(parent, object) })
  }
  return found
}

function linesFields(parent: ObjectModel, object: ObjectModel): readonly string[] {
  return [...parent.fields.values()]
    .filter(({ lines }) => lines?.object === object.name)
    .map(({ name }) => name)
}
