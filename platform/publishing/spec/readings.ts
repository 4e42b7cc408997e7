import type { FieldModel, Model } from '../../definitions/model/model.ts'

/** What a roll-up rests on. */
export interface Readings {
  /** Every field read, directly or through formulas: `opportunity.amount`. */
  readonly reads: readonly string[]
  /** The declarations of the computed fields read. */
  readonly rests: readonly string[]
  /** How many roll-ups stand below. */
  readonly depth: number
}

/** Follows a roll-up through formulas and other roll-ups down to stored fields. The check has ruled out circles. */
export function readingsOf(model: Model, rollup: FieldModel): Readings {
  const reads = new Set<string>()
  const rests = new Set<string>()
  const depth = visit(rollup)
  return { reads: [...reads].sort(), rests: [...rests].sort(), depth }

  function visit(field: FieldModel): number {
    return Math.max(0, ...fieldsRead(field).map(([object, name]) => follow(object, name)))
  }

  function follow(object: string, name: string): number {
    const field = model.objects.get(object)?.fields.get(name)
    reads.add(`${object}.${name}`)
    if (field?.formula === undefined && field?.rollup === undefined) return 0
    rests.add(`${object}.${name}: ${JSON.stringify(field.context.declaration)}`)
    return visit(field) + (field.rollup === undefined ? 0 : 1)
  }
}

function fieldsRead({ object, formula, rollup }: FieldModel): (readonly [string, string])[] {
  if (rollup === undefined)
    return (formula?.expression.paths ?? []).map(([, name = '']) => [object, name] as const)
  const { of, through, field, where } = rollup
  const names = [
    through,
    ...(field === undefined ? [] : [field]),
    ...(where?.paths ?? []).map(([, name = '']) => name),
  ]
  return names.map((name) => [of, name] as const)
}
