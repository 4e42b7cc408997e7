import type { EffectiveRights } from '../../access/rights.ts'
import type { Model } from '../../definitions/model/model.ts'
import type { Expression } from '../../language/types.ts'

/** What one set of rights lets its holders know of the declarations. */
export interface Visibility {
  readonly model: Model
  readonly rights: EffectiveRights
  readonly roles: ReadonlySet<string>
  isObject(name: string): boolean
  /** A field, or a path through references, every part of which may be seen. */
  isPath(object: string, path: string): boolean
  /** The text of an expression over a record of the object, where everything that it names may be seen. */
  text(object: string, expression: Expression | undefined): string | undefined
  /** Whether one of the roles is among those named; no names stand for everybody. */
  isForRoles(names: ReadonlySet<string> | undefined): boolean
}

export function visibilityOf(model: Model, rights: EffectiveRights): Visibility {
  const roles = new Set(rights.key.split(',').filter((role) => role !== ''))
  const isReadable = (name: string) => rights.object(name).read.length > 0

  function isChain(object: string | undefined, names: readonly string[]): boolean {
    const [name, ...rest] = names
    if (name === undefined) return true
    const field = object === undefined ? undefined : model.objects.get(object)?.fields.get(name)
    if (field === undefined || rights.object(field.object).field(field.name) === 'hidden') return false
    const target = field.reference?.to ?? field.lines?.object
    // What can never show anything is not shown either. Colleagues may be named by everybody.
    if (target !== undefined && target !== 'user' && !isReadable(target)) return false
    if (rest.length === 0 || field.expressionType.kind === 'struct') return true
    return target !== undefined && isReadable(target) && isChain(target, rest)
  }

  return {
    model,
    rights,
    roles,
    isObject: (name) => isReadable(name) || rights.object(name).create,
    isPath: (object, path) => isChain(object, path.split('.')),
    text(object, expression) {
      if (expression === undefined) return undefined
      const isSeen = expression.paths.every(
        ([root, ...rest]) =>
          // What depends on the record that refers cannot be asked of a list; the server checks the choice.
          root !== 'referring' && ((root !== 'record' && root !== 'before') || isChain(object, rest)),
      )
      return isSeen ? expression.text : undefined
    },
    isForRoles: (names) => names === undefined || [...names].some((name) => roles.has(name)),
  }
}
