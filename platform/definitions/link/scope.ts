import type { ExprType, ObjectShape, Scope } from '../../language/types.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { fieldNames, type NamesSince } from './process/names-since.ts'

/**
 * The type of `user` in every scope: a record of the object `user`. So `record.owner == user` compares ids,
 * `user.team.name` opens references, and fields that a tenant adds to `user` are at hand; `user.roles` is the list
 * of role names, `user.id` the id as a text.
 */
export const userType: ExprType = { kind: 'record', object: 'user' }

export function recordOf(object: string): ExprType {
  return { kind: 'record', object }
}

/** The type of a form: what the person filled in, by field. */
export function structOf(form: ReadonlyMap<string, FieldModel>): Readonly<Record<string, ExprType>> {
  return Object.fromEntries([...form].map(([name, { expressionType }]) => [name, expressionType]))
}

/** The names that an expression may use, over the objects of a Model; with `names`, those of an earlier one too. */
export function scopeOver(
  objects: ReadonlyMap<string, ObjectModel>,
  variables: Readonly<Record<string, ExprType>>,
  names?: NamesSince,
): Scope {
  return {
    variables,
    object(name) {
      const found = objects.get(name)
      if (found === undefined) return undefined
      const renamed = fieldNames(names, name)
      if (renamed === undefined) return shapeOf(found)
      return { ...shapeOf(found), presentName: (field) => renamed[field] ?? field }
    },
  }
}

const shapes = new WeakMap<ObjectModel, ObjectShape>()

function shapeOf(object: ObjectModel): ObjectShape {
  let shape = shapes.get(object)
  if (shape === undefined) {
    shape = {
      name: object.name,
      field: (name) => object.fields.get(name)?.expressionType,
      fieldNames: () => [...object.fields.keys()],
    }
    shapes.set(object, shape)
  }
  return shape
}
