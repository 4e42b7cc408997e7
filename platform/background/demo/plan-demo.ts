import { RecipeError } from '../recipes/recipe.ts'
import { RecordBook } from '../recipes/record-book.ts'
import type { DemoDocument, DemoObject } from './document.ts'
import type { DemoPlan } from './plan.ts'
import { planRecord } from './plan-record.ts'
import type { Planning } from './planning.ts'

export interface PlanOptions {
  /** The declarations, those of needed packages first; an object that is declared again is replaced whole. */
  readonly documents: readonly DemoDocument[]
  readonly seed: number
  /** The moment up to which things happen. */
  readonly now: Date
}

/**
 * Plans all that happens, from the declarations and the seed alone: the same seed and moment give the same plan.
 * @throws RecipeError where a declaration cannot be followed; the message names the object.
 */
export function planDemo({ documents, seed, now }: PlanOptions): DemoPlan {
  const planning: Planning = {
    declared: Object.assign({}, ...documents.map(({ objects }) => objects)),
    lists: Object.assign({}, ...documents.map(({ lists }) => lists ?? {})),
    seed,
    now,
    book: new RecordBook(),
    actions: [],
    planRecord: (options) => planRecord(planning, options),
  }
  for (const object of Object.keys(planning.declared)) {
    try {
      planObject(planning, object)
    } catch (error) {
      if (error instanceof RecipeError)
        throw new RecipeError(`Demonstration data of ${object}: ${error.message}`)
      throw error
    }
  }
  // Sorting is stable: what happens at one moment keeps the order in which it was planned.
  return planning.actions.sort((a, b) => a.at.getTime() - b.at.getTime())
}

function planObject(planning: Planning, object: string): void {
  const declared = planning.declared[object] as DemoObject
  for (const [name, recipes] of Object.entries(declared.records ?? {}))
    planning.planRecord({ object, key: `${object}.${name}`, recipes })
  for (let made = 0; made < (declared.count ?? 0); made++)
    planning.planRecord({ object, key: planning.book.nextKey(object) })
}
