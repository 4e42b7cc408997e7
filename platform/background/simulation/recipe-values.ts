import { unlimitedRights } from '../../access/rights.ts'
import { getRecord, readingWork, type RecordValues } from '../../records/index.ts'
import type { Draw, Recipes } from '../recipes/declared.ts'
import { changedRows, isEachRow } from '../recipes/each-row.ts'
import type { Random } from '../recipes/random.ts'
import { drawn, RecipeError, valuesOf, type Surroundings } from '../recipes/recipe.ts'
import { withIds } from '../recipes/record-key.ts'
import type { World } from './world.ts'

/** A recipe of the simulation that cannot be followed. */
export class RecipeFault extends Error {
  /** Where in the file it stands. */
  readonly path: readonly string[]

  constructor(path: readonly string[], message: string) {
    super(message)
    this.path = path
  }
}

export interface Followed {
  readonly random: Random
  /** What recipes see beside what they have given so far: `record`, `index`. */
  readonly names: Readonly<Record<string, unknown>>
  readonly draws?: readonly (Draw | undefined)[]
  /** Whether what the recipes give is itself seen as `record`. */
  readonly isRecord?: boolean
  readonly path: readonly string[]
}

/**
 * The values that recipes give, with ids in the place of records.
 * @returns also as planned, with keys, for recipes that refer to them later
 * @throws RecipeFault
 */
export function followRecipes(
  world: World,
  recipes: Recipes,
  { random, names, draws = [], isRecord = false, path }: Followed,
): { values: Readonly<Record<string, unknown>>; planned: Readonly<Record<string, unknown>> } {
  const { book, ids, script, stage } = world
  const record: Record<string, unknown> = {}
  const around: Surroundings = {
    random,
    at: stage.now,
    lists: script.document.lists ?? {},
    names: isRecord ? { ...names, record } : names,
    valuesOf: (key) => book.values(key),
    planned: (object) => book.keysOf(object),
  }
  try {
    const entries = draws.flatMap((draw) => Object.entries(drawn(draw, around)))
    const inside = { ...around, names: { ...around.names, ...Object.fromEntries(entries) } }
    const planned = valuesOf(recipes, inside, record)
    const values = withIds(planned, (key) => ids.get(key) ?? key) as Record<string, unknown>
    return { values, planned }
  } catch (error) {
    if (error instanceof RecipeError) throw new RecipeFault(path, error.message)
    throw error
  }
}

/** What recipes give that see a record as it is now; changes to each of its lines with the lines. */
export async function presentValues(
  world: World,
  place: { object: string; id: string },
  options: { recipes: Recipes | undefined; random: Random; index: number; path: readonly string[] },
): Promise<RecordValues> {
  const { recipes, random, index, path } = options
  if (recipes === undefined) return {}
  const { stage } = world
  const record = await getRecord({ ...readingWork(stage.work(stage.system)), rights: unlimitedRights }, place)
  const { values } = followRecipes(world, recipes, { random, names: { record, index }, path })
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      isEachRow(value) ? changedRows(value, (record[field] ?? []) as RecordValues[]) : value,
    ]),
  )
}
