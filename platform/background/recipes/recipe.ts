import { calendarDay } from './calendar-day.ts'
import type { Draw, Recipe, Recipes } from './declared.ts'
import type { Random } from './random.ts'
import { isRecordKey, type PlannedValues, type RecordKey } from './record-key.ts'

/** What recipes see. */
export interface Surroundings {
  readonly random: Random
  /** The moment of the step. */
  readonly at: Date
  readonly lists: Readonly<Record<string, readonly unknown[]>>
  /** What paths begin with: drawn entries, `record`, `parent`, `row`, `index`. */
  readonly names: Readonly<Record<string, unknown>>
  /** Planned values of a record. */
  valuesOf(key: string): PlannedValues | undefined
  /** Keys of the records of an object that are planned so far. */
  planned(object: string): readonly string[]
}

/** A recipe that cannot be followed; the message names the value and the remedy. */
export class RecipeError extends Error {}

/** The value that a recipe gives; undefined where it gives none. */
export function valueOf(recipe: Recipe, around: Surroundings): unknown {
  if (typeof recipe === 'string') return fillIn(recipe, around)
  if (typeof recipe !== 'object' || recipe === null) return recipe
  if (isList(recipe)) return recipe.map((entry) => valueOf(entry, around))
  const { random } = around
  if ('weights' in recipe) return random.weighted(recipe.weights)
  if ('integer' in recipe) return random.between(recipe.integer)
  if ('number' in recipe) return random.between(recipe.number, recipe.step ?? 0.01)
  if ('amount' in recipe)
    return {
      amount: String(random.between(recipe.amount, recipe.step)),
      currency: fillIn(recipe.currency, around),
    }
  if ('days' in recipe) return calendarDay(around.at, random.between(recipe.days))
  if ('of' in recipe) return share(recipe, around)
  if ('reference' in recipe) return referred(recipe, around)
  if ('record' in recipe) return named(recipe.record, around)
  if ('chance' in recipe) return random.next() < recipe.chance ? valueOf(recipe.value, around) : undefined
  if ('fields' in recipe) return valuesOf(recipe.fields, around)
  if ('rows' in recipe) return rowsOf(recipe, around)
  return { $each_row: recipe.each_row }
}

/** The values that recipes give, in order; later ones see the earlier as `record` where `record` is in sight. */
export function valuesOf(
  recipes: Recipes,
  around: Surroundings,
  into: Record<string, unknown> = {},
): PlannedValues {
  for (const [field, recipe] of Object.entries(recipes)) {
    const value = valueOf(recipe, around)
    if (value !== undefined) into[field] = value
  }
  return into
}

/** Entries drawn from the lists by name. */
export function drawn(draw: Draw | undefined, around: Surroundings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(draw ?? {}).map(([name, list]) => {
      const entries = around.lists[list]
      if (entries === undefined)
        throw new RecipeError(
          `There is no list "${list}"; known are ${Object.keys(around.lists).join(', ')}.`,
        )
      return [name, around.random.pick(entries)]
    }),
  )
}

/** The value at a path; references on the way are opened. */
function lookUp(path: string, around: Surroundings): unknown {
  let value: unknown = around.names
  for (const part of path.split('.')) {
    if (isRecordKey(value)) {
      if (part === 'id') continue
      value = around.valuesOf(value.$record)
    }
    value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[part]
  }
  return value
}

function isList(recipe: Recipe): recipe is readonly Recipe[] {
  return Array.isArray(recipe)
}

function fillIn(text: string, around: Surroundings): string {
  return text.replace(/\{([a-z][a-z0-9_.]*)\}/g, (_, path: string) => {
    const value = lookUp(path, around)
    if (value === undefined || value === null || typeof value === 'object')
      throw new RecipeError(
        `{${path}} in "${text}" is not a text; name a drawn entry or a field that has a value.`,
      )
    return String(value)
  })
}

function share({ of, times, step }: Extract<Recipe, { of: string }>, around: Surroundings): unknown {
  const value = lookUp(of, around)
  if (times === undefined || value === undefined || value === null) return value
  const factor = around.random.between(times, 0.01)
  const grid = step ?? 1
  const scaled = (amount: unknown) => Math.round((Number(amount) * factor) / grid) * grid
  if (typeof value === 'object' && 'amount' in value)
    return { ...value, amount: String(Math.round(scaled(value.amount) * 1e6) / 1e6) }
  if (Number.isFinite(Number(value))) return scaled(value)
  throw new RecipeError(`${of} is neither a number nor money, so "times" cannot be applied to it.`)
}

function referred(
  { reference, where, optional }: Extract<Recipe, { reference: string }>,
  around: Surroundings,
): RecordKey | undefined {
  const wanted = Object.entries(where ?? {}).map(
    ([field, recipe]) => [field, valueOf(recipe, around)] as const,
  )
  const fitting = around
    .planned(reference)
    .filter((key) => wanted.every(([field, value]) => matches(around.valuesOf(key)?.[field], value)))
  if (fitting.length === 0 && optional === true) return undefined
  if (fitting.length === 0)
    throw new RecipeError(
      `There is no ${reference} with ${JSON.stringify(Object.fromEntries(wanted))}; ` +
        'declare more of them, declare their object earlier, ask for less, or make the reference "optional".',
    )
  return { $record: around.random.pick(fitting) }
}

function matches(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => matches(value, one))
  if (Array.isArray(value)) return value.includes(wanted)
  if (isRecordKey(value) && isRecordKey(wanted)) return value.$record === wanted.$record
  return value === wanted
}

function named(key: string, around: Surroundings): RecordKey {
  if (around.valuesOf(key) === undefined)
    throw new RecipeError(`There is no record "${key}"; declare it under "records" of an earlier object.`)
  return { $record: key }
}

function rowsOf(
  { rows, draw, row, distinct }: Extract<Recipe, { rows: unknown }>,
  around: Surroundings,
): readonly PlannedValues[] {
  const made = Array.from({ length: around.random.between(rows) }, () => {
    const record: Record<string, unknown> = {}
    const names = { ...around.names, parent: around.names.record, record }
    const inside = { ...around, names: { ...names, ...drawn(draw, around) } }
    return valuesOf(row, inside, record)
  })
  if (distinct === undefined) return made
  const seen = new Set<string>()
  return made.filter((values) => {
    const value = JSON.stringify(values[distinct])
    return !seen.has(value) && seen.add(value)
  })
}
