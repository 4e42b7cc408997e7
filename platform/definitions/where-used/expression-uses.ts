import type { Expression } from '../../language/types.ts'
import type { FieldModel, Model } from '../model/model.ts'
import type { Use } from './use.ts'

/** The objects behind the names that an expression may begin with, such as `record`. */
export type Roots = Readonly<Record<string, string>>

/** Every field on the paths that an expression reads. */
export function* expressionUses(
  model: Model,
  { expression, roots, by }: { expression: Expression | undefined; roots: Roots; by: string },
): Generator<Use> {
  for (const [root = '', ...path] of expression?.paths ?? []) {
    const object = roots[root]
    if (object !== undefined) yield* pathUses(model, { object, path, by })
  }
}

/** Every field along `account.owner.name`, from an object on. */
export function* pathUses(
  model: Model,
  { object, path, by }: { object: string; path: readonly string[]; by: string },
): Generator<Use> {
  let current: string | undefined = object
  for (const name of path) {
    const field: FieldModel | undefined = model.objects.get(current ?? '')?.fields.get(name)
    if (field === undefined) return
    yield { target: `${field.object}.${name}`, by }
    current = field.reference?.to ?? field.lines?.object
  }
}
