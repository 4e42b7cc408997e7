/** One transition that was taken. */
export interface Transit {
  readonly from: string
  readonly to: readonly string[]
  readonly event: string
  /** Number of the guard's expression. */
  readonly guard: number | undefined
}

/** What an expression sees beside record and user. */
export interface StepVariables {
  readonly event: Readonly<Record<string, unknown>>
  readonly context: Readonly<Record<string, unknown>>
}

/** An action as the machine lists it, its parameters not yet evaluated. */
export interface RawAction {
  readonly type: string
  readonly params: Readonly<Record<string, unknown>> | undefined
}

/** Answers the machine while it decides: the values of expressions, and a place to put actions, in order. */
export interface Decider {
  evaluate(expression: number, variables: StepVariables): unknown
  /** What goes along with an event that the machine raises, as its expressions see it. */
  payload(event: string, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
  act(action: RawAction, variables: StepVariables): void
  /** Milliseconds from now to the end of a delay; Infinity for one that never ends. */
  delay(name: string, variables: StepVariables): number
}
