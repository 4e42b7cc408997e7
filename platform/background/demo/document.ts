/** How a value comes about; the schema in definitions/kinds/demo.ts says what each form means. */
export type Recipe =
  | string
  | number
  | boolean
  | null
  | readonly Recipe[]
  | { readonly weights: Readonly<Record<string, number>> }
  | { readonly integer: Between }
  | { readonly amount: Between; readonly step?: number; readonly currency: string }
  | { readonly days: Between }
  | { readonly of: string; readonly times?: Between; readonly step?: number }
  | { readonly reference: string; readonly where?: Recipes; readonly optional?: boolean }
  | { readonly record: string }
  | { readonly chance: number; readonly value: Recipe }
  | { readonly fields: Recipes }
  | { readonly rows: Between; readonly draw?: Draw; readonly row: Recipes; readonly distinct?: string }
  | { readonly each_row: Recipes }

export type Between = readonly [number, number]
export type Recipes = Readonly<Record<string, Recipe>>
export type Draw = Readonly<Record<string, string>>

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
