import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isSame } from '../values.ts'
import { referencesAsSeen } from './visible-references.ts'

/** By field. */
export type Changes = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>

/**
 * Changes as they are stored, in the same order: without lines, the fields that may not be seen, and what changed from
 * one record that may not be seen to another.
 */
export async function changesAsSeen(
  unit: UnitOfWork,
  object: ObjectModel,
  history: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly Changes[]> {
  const rights = unit.rights.object(object.name)
  const seen = history.map((changes) =>
    Object.entries(changes as Changes).filter(
      ([name, change]) => rights.field(name) !== 'hidden' && 'from' in change && 'to' in change,
    ),
  )
  const kept = seen.flat().flatMap(([name, { from, to }]) => {
    const field = object.fields.get(name)
    return field?.reference === undefined ? [] : [from, to].map((value) => ({ field, value }))
  })
  const shown = await referencesAsSeen(unit, kept)
  return seen.map((changes) =>
    Object.fromEntries(
      changes.flatMap(([name, change]) => {
        const field = object.fields.get(name)
        if (field?.reference === undefined) return [[name, change]]
        const from = shown({ field, value: change.from })
        const to = shown({ field, value: change.to })
        return isSame(from, to) ? [] : [[name, { from, to }]]
      }),
    ),
  )
}
