import type { EffectiveRights } from '../../access/rights.ts'
import { isVisiblePath, visibleText } from '../../access/visible-paths.ts'
import { promiseOf } from '../../definitions/model/promise-column.ts'
import type { Model } from '../../definitions/model/model.ts'
import type { Expression } from '../../language/types.ts'

/** What one set of rights lets its holders know of the declarations. */
export interface Visibility {
  readonly model: Model
  readonly rights: EffectiveRights
  readonly roles: ReadonlySet<string>
  isObject(name: string): boolean
  /** A field, or a path through references, every part of which may be seen; or a promise on records that may be read. */
  isPath(object: string, path: string): boolean
  /** The same of what is shown, where some characters of a text are enough. */
  isShown(object: string, path: string): boolean
  /** The text of an expression over a record of the object, where everything that it names may be seen. */
  text(object: string, expression: Expression | undefined): string | undefined
  /** Whether one of the roles is among those named; no names stand for everybody. */
  isForRoles(names: ReadonlySet<string> | undefined): boolean
}

export function visibilityOf(model: Model, rights: EffectiveRights): Visibility {
  const roles = new Set(rights.roles.split(',').filter((role) => role !== ''))
  const isReadable = (name: string) => rights.object(name).read.length > 0

  const isSeen = (object: string, path: string, options?: { allowsMask: boolean }) =>
    promiseOf(path) === undefined
      ? isVisiblePath({ model, rights }, object, path.split('.'), options)
      : isReadable(object)

  return {
    model,
    rights,
    roles,
    isObject: (name) => isReadable(name) || rights.object(name).create,
    isPath: (object, path) => isSeen(object, path),
    isShown: (object, path) => isSeen(object, path, { allowsMask: true }),
    text(object, expression) {
      // What depends on the record that refers cannot be asked of a list; the server checks the choice.
      if (expression === undefined || expression.paths.some(([root]) => root === 'referring'))
        return undefined
      return visibleText({ model, rights }, object, expression)
    },
    isForRoles: (names) => names === undefined || [...names].some((name) => roles.has(name)),
  }
}
