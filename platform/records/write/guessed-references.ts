import type { Fault } from '../../access/errors.ts'
import { isOpenToRead } from '../../access/predicate.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { visibleIds } from '../read/visible-references.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { referenceId, type RecordValues } from '../values.ts'
import { badReference } from './outgoing.ts'
import type { WriteOptions } from './request.ts'

/**
 * References that a person gives as they are already, to records that he may not see: accepting them, where every
 * other hidden record is refused, would tell that the guess was right. Only a new value is checked by the write itself.
 */
export async function guessedReferences(
  unit: UnitOfWork,
  {
    object,
    before,
    values,
    write,
  }: { object: ObjectModel; before: RecordValues; values: RecordValues; write: WriteOptions },
): Promise<readonly Fault[]> {
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
  return kept.filter((_, at) => isSeen[at] === false).map(({ field }) => badReference(field))
}
