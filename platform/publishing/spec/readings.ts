import type { FieldModel, Model } from '../../definitions/model/model.ts'

/** What a computed field rests on. */
export interface Readings {
  /** Every field read, directly or through formulas: `opportunity.amount`. */
  readonly reads: readonly string[]
  /** The texts of the computed fields read. */
  readonly rests: readonly string[]
  /** How many roll-ups stand below. */
  readonly depth: number
}

/** Follows a roll-up through formulas and references down to stored fields. The check has ruled out cycles. */
export function readingsOf(model: Model, rollup: FieldModel): Readings {
  const reads = new Set<string>()
  const rests = new Set<string>()
  const depth = visitComputed({ model, reads, rests }, rollup)
  return { reads: [...reads].sort(), rests: [...rests].sort(), depth }
}

interface Visit {
  readonly model: Model
  readonly reads: Set<string>
  readonly rests: Set<string>
}

function visitComputed(visit: Visit, field: FieldModel): number {
  const depths = [0]
  if (field.formula !== undefined)
    for (const path of field.formula.expression.paths) depths.push(visitPath(visit, field.object, path))
  if (field.rollup !== undefined) {
    const { of, through, field: summed, where } = field.rollup
    visit.reads.add(`${of}.${through}`)
    if (summed !== undefined) depths.push(visitPath(visit, of, ['record', summed]))
    for (const path of where?.paths ?? []) depths.push(visitPath(visit, of, path))
  }
  return Math.max(...depths)
}

function visitPath(visit: Visit, start: string, path: readonly string[]): number {
  let object = start
  let depth = 0
  for (const name of path.slice(1)) {
    const field = visit.model.objects.get(object)?.fields.get(name)
    if (field === undefined) return depth
    visit.reads.add(`${object}.${name}`)
    if (field.formula !== undefined || field.rollup !== undefined) {
      visit.rests.add(`${object}.${name}: ${JSON.stringify(field.context.declaration)}`)
      depth = Math.max(depth, visitComputed(visit, field) + (field.rollup === undefined ? 0 : 1))
    }
    object = field.reference?.to ?? object
  }
  return depth
}
