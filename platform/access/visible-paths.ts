import type { Model } from '../definitions/model/model.ts'
import type { Expression } from '../language/types.ts'
import type { EffectiveRights } from './rights.ts'

interface Reader {
  readonly model: Model
  readonly rights: EffectiveRights
}

/**
 * Whether every part of a path of fields, through references and lines, may be seen.
 * @param allowsMask whether some characters of the last one are enough: to show it, not to filter or sort by it
 */
export function isVisiblePath(
  { model, rights }: Reader,
  object: string | undefined,
  names: readonly string[],
  { allowsMask = false }: { allowsMask?: boolean } = {},
): boolean {
  const [name, ...rest] = names
  if (name === undefined) return true
  const isReadable = (target: string) => rights.object(target).read.length > 0
  const field = object === undefined ? undefined : model.objects.get(object)?.fields.get(name)
  if (field === undefined) return false
  const granted = rights.object(field.object)
  if (granted.field(field.name) === 'hidden')
    return allowsMask && rest.length === 0 && granted.mask(field.name) !== undefined
  const target = field.reference?.to ?? field.lines?.object
  // What can never show anything is not shown either. Colleagues may be named by everybody.
  if (target !== undefined && target !== 'user' && !isReadable(target)) return false
  if (rest.length === 0 || field.expressionType.kind === 'struct') return true
  return (
    target !== undefined &&
    isReadable(target) &&
    isVisiblePath({ model, rights }, target, rest, { allowsMask })
  )
}

/** The text of an expression over a record of the object, where everything of the record that it names may be seen. */
export function visibleText(reader: Reader, object: string, expression: Expression): string | undefined {
  const isSeen = expression.paths.every(
    ([root, ...rest]) => (root !== 'record' && root !== 'before') || isVisiblePath(reader, object, rest),
  )
  return isSeen ? expression.text : undefined
}
