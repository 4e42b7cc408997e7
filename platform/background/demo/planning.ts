import type { Recipes } from '../recipes/declared.ts'
import { randomFor } from '../recipes/random.ts'
import type { Surroundings } from '../recipes/recipe.ts'
import type { RecordBook } from '../recipes/record-book.ts'
import type { DemoObject } from './document.ts'
import type { PlannedAction } from './plan.ts'

/** What planning works on. */
export interface Planning {
  readonly declared: Readonly<Record<string, DemoObject>>
  readonly lists: Readonly<Record<string, readonly unknown[]>>
  readonly seed: number
  readonly now: Date
  readonly book: RecordBook
  readonly actions: PlannedAction[]
  /** Plans one record and what happens to it; gives the moment at which that ends, or undefined where it lies after `now`. */
  planRecord(options: RecordOptions): Date | undefined
}

export interface RecordOptions {
  readonly object: string
  readonly key: string
  /** Recipes beside those of the object, which they win over; they come last. */
  readonly recipes?: Recipes
  /** Where a journey makes the record: the moment, what is in sight, who does it, and the journey that it goes on. */
  readonly at?: Date
  readonly names?: Readonly<Record<string, unknown>>
  readonly as?: string | undefined
  readonly journey?: string | undefined
}

/** What recipes see at a moment; `name` keeps their chances apart from those of others. */
export function surroundings(
  { book, lists, seed }: Planning,
  { at, name, names }: { at: Date; name: string; names: Readonly<Record<string, unknown>> },
): Surroundings {
  return {
    random: randomFor(seed, name),
    at,
    lists,
    names,
    valuesOf: (key) => book.values(key),
    planned: (object) => book.keysOf(object),
  }
}

/** The key of the record that the value of a recipe refers to. */
export function keyOf(value: unknown): string | undefined {
  return (value as { readonly $record?: string } | undefined)?.$record
}
