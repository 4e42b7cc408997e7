import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import type { Linkage } from './linkage.ts'

/** Whether the object exists; a problem if not. */
export function checkObject(linkage: Linkage, object: string, at: Address): boolean {
  if (linkage.objects.has(object)) return true
  const remedy = suggest(object, linkage.objects.keys(), 'Known objects')
  linkage.problems.error({ at, code: 'unknown_object', message: `There is no object "${object}".`, remedy })
  return false
}

/** The field by name, or a problem at the address. */
export function findField(
  linkage: Linkage,
  { object, name, at }: { object: Pick<ObjectModel, 'name' | 'fields'>; name: string; at: Address },
): FieldModel | undefined {
  const field = object.fields.get(name)
  if (field === undefined)
    linkage.problems.error({
      at,
      code: 'unknown_field',
      message: `The object "${object.name}" has no field "${name}".`,
      remedy: suggest(name, object.fields.keys(), `Fields of "${object.name}"`),
    })
  return field
}

/** Checks `order_line.order`: the object exists and the reference points to the object that names it. */
export function checkPointsBack(
  linkage: Linkage,
  {
    of,
    object,
    at,
  }: { of: { readonly object: string; readonly through: string }; object: string; at: Address },
): boolean {
  const other = linkage.objects.get(of.object)
  if (other === undefined) {
    const remedy = suggest(of.object, linkage.objects.keys(), 'Known objects')
    linkage.problems.error({
      at,
      code: 'unknown_object',
      message: `There is no object "${of.object}".`,
      remedy,
    })
    return false
  }
  const through = other.fields.get(of.through)
  if (through?.reference?.to === object && through.joinTable === undefined) return true
  const candidates = [...other.fields.values()].filter(
    ({ reference, joinTable, isSystem }) => reference?.to === object && !joinTable && !isSystem,
  )
  linkage.problems.error({
    at,
    code: 'points_elsewhere',
    message:
      through === undefined
        ? `The object "${of.object}" has no field "${of.through}".`
        : `"${of.object}.${of.through}" is not a reference to "${object}".`,
    remedy: suggest(
      of.through,
      candidates.map(({ name }) => name),
      `References of "${of.object}" to "${object}"`,
    ),
  })
  return false
}
