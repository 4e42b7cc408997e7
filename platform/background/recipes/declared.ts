/** How a value comes about; the schema in definitions/kinds/recipe.ts says what each form means. */
export type Recipe =
  | string
  | number
  | boolean
  | null
  | readonly Recipe[]
  | { readonly weights: Readonly<Record<string, number>> }
  | { readonly integer: Between }
  | { readonly number: Between; readonly step?: number }
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
