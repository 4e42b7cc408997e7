import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isSearchable } from './conditions.ts'
import { listRecords } from './list.ts'

export interface SearchHit {
  readonly object: string
  readonly id: string
  readonly title: string
}

/** The best few hits of each object that may be read, found by words; lines are found through their record only. */
export async function searchEverywhere(
  unit: UnitOfWork,
  options: { text: string; perObject?: number },
): Promise<readonly SearchHit[]> {
  const { text, perObject = 5 } = options
  const objects = [...unit.model.objects.values()].filter((object) => isSearched(unit, object))
  const pages = await Promise.all(
    objects.map((object) =>
      listRecords(unit, { object: object.name, search: text, fields: [object.nameField], limit: perObject }),
    ),
  )
  return pages.flatMap((page, at) => {
    const object = objects[at] as ObjectModel
    return page.rows.map((row) => ({
      object: object.name,
      id: String(row.id),
      title: String(row[object.nameField] ?? ''),
    }))
  })
}

function isSearched(unit: UnitOfWork, object: ObjectModel): boolean {
  const rights = unit.rights.object(object.name)
  return (
    object.parent === undefined &&
    object.searchFields.length > 0 &&
    rights.read.length > 0 &&
    rights.field(object.nameField) !== 'hidden' &&
    isSearchable(unit.rights, object)
  )
}
