import type { LocalText } from '../../definitions/model/model.ts'
import type { Draw, Recipes } from '../recipes/declared.ts'
import type { CastPerson } from '../stage/index.ts'

/** A duration, or the least and the greatest one. */
export type DelayRange = string | readonly [string, string]

export type Weights = Readonly<Record<string, number>>

export interface SimulatedPerson extends CastPerson {
  readonly count?: number
}

export interface SimulatedRecord {
  readonly object: string
  readonly count?: number
  readonly by?: string
  readonly draw?: Draw
  readonly values?: Recipes
}

export interface CaseKind {
  readonly weight?: number
  readonly draw?: Draw
  readonly values?: Recipes
}

export interface SimulatedCases {
  readonly count?: number
  readonly every?: DelayRange
  readonly by?: readonly string[]
  readonly draw?: Draw
  readonly values?: Recipes
  readonly kinds?: Readonly<Record<string, CaseKind>>
}

export interface SimulatedEvent {
  readonly weight?: number
  readonly after?: DelayRange
  readonly by?: readonly string[]
  readonly values?: Recipes
  readonly update?: Recipes
  readonly again?: Recipes
}

export interface SimulatedState {
  readonly events?: Weights
  readonly work?: number
  readonly nothing?: number
}

export interface SimulatedInvocation {
  readonly after?: DelayRange
  readonly takes?: DelayRange
  readonly outcomes?: Weights
  readonly values?: Recipes
  readonly answer?: { readonly status?: number; readonly body?: Recipes }
  readonly update?: Recipes
  readonly by?: readonly string[]
}

/** The schema in definitions/kinds/simulation.ts says what each part means. */
export interface SimulationDocument {
  readonly label: LocalText
  readonly begins_at?: string
  readonly calendar?: string
  readonly people?: Readonly<Record<string, SimulatedPerson>>
  readonly lists?: Readonly<Record<string, readonly unknown[]>>
  readonly records?: Readonly<Record<string, SimulatedRecord>>
  readonly cases?: SimulatedCases
  readonly events?: Readonly<Record<string, SimulatedEvent>>
  readonly states?: Readonly<Record<string, SimulatedState>>
  readonly invoked?: Readonly<Record<string, SimulatedInvocation>>
}
