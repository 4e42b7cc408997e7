import type { Between, Draw, Recipe, Recipes } from '../recipes/declared.ts'

export interface Variant {
  readonly weight?: number
  readonly draw?: Draw
  readonly fields: Recipes
}

export interface Step {
  readonly after?: Between
  readonly as?: Recipe
  readonly event?: string
  readonly decide?: 'approved' | 'rejected' | 'done'
  readonly update?: Recipes
  readonly create?: string
  readonly values?: Recipes
  readonly journey?: string
  readonly created?: Recipes
  readonly if_open?: boolean
}

export interface Journey {
  readonly weight?: number
  readonly days_ago?: Between
  readonly steps: readonly Step[]
}

export interface DemoObject {
  readonly records?: Readonly<Record<string, Recipes>>
  readonly count?: number
  readonly days_ago?: Between
  readonly as?: Recipe
  readonly draw?: Draw
  readonly variants?: Readonly<Record<string, Variant>>
  readonly fields?: Recipes
  readonly kept?: Recipes
  readonly distinct?: readonly string[]
  readonly journeys?: Readonly<Record<string, Journey>>
}

/** The demonstration data that one package declares. */
export interface DemoDocument {
  readonly lists?: Readonly<Record<string, readonly unknown[]>>
  readonly objects: Readonly<Record<string, DemoObject>>
}
