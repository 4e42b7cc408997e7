import type { Model } from '../definitions/model/model.ts'
import type { EffectiveObject, EffectiveRights, FieldRight, RecordGrant } from './rights.ts'

const actions = ['read', 'update', 'delete'] as const
const order: readonly FieldRight[] = ['hidden', 'read', 'write']

/**
 * The name of an object of which `theirs` allow something that `own` do not allow for every record; undefined where
 * there is none. On the safe side: rules are not compared, only what holds without one is known to cover another.
 */
export function exceeds(
  model: Model,
  { theirs, own }: { theirs: EffectiveRights; own: EffectiveRights },
): string | undefined {
  for (const [name, { fields }] of model.objects)
    if (isMore(theirs.object(name), own.object(name), [...fields.keys()])) return name
  return undefined
}

function isMore(theirs: EffectiveObject, own: EffectiveObject, fields: readonly string[]): boolean {
  if (theirs.create && !own.create) return true
  if (actions.some((action) => theirs[action].length > 0 && !own[action].some(isOfAll))) return true
  return fields.some((field) => {
    const isHidden = own.field(field) === 'hidden'
    if (order.indexOf(theirs.field(field)) > order.indexOf(own.field(field))) return true
    return isHidden && theirs.mask(field) !== undefined
  })
}

function isOfAll({ level, where }: RecordGrant): boolean {
  return level === 'all' && where === undefined
}
