import { isOpenToRead } from '../../access/predicate.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { visibleIds } from '../read/visible-references.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { referenceId, type RecordValues } from '../values.ts'
import type { WriteOptions } from './request.ts'

/**
 * References that a person gives as they are already, to records that he may not see: accepting them, where every
 * other hidden record is refused, would tell that the guess was right. The write has to set them as if they were new: then
 * it refuses them as it does others, with the same words and in the same order.
 */
export async function guessedReferences(
  unit: UnitOfWork,
  {
    object,
    before,
    values,
    write,
  }: { object: ObjectModel; before: RecordValues; values: RecordValues; write: WriteOptions },
): Promise<readonly FieldModel[]> {
  if ((write.by ?? 'person') !== 'person') return []
  const kept = Object.keys(values).flatMap((name) => {
    const field = object.fields.get(name)
    const to = field?.reference?.to
    if (field === undefined || to === undefined || field.joinTable !== undefined) return []
    const id = referenceId(values[name])
    const isKept = id !== null && id === referenceId(before[name])
    // Everybody may be named as a user.
    return isKept && to !== 'user' && !isOpenToRead({ ...unit, object: to }) ? [{ field, to, id }] : []
  })
  const isSeen = await Promise.all(kept.map(async ({ to, id }) => (await visibleIds(unit, to, [id])).has(id)))
  return kept.filter((_, at) => isSeen[at] === false).map(({ field }) => field)
}
