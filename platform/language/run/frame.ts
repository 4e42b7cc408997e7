import type { Moment, Value } from '../types.ts'
import { limits } from '../limits.ts'

/** One evaluation: what the expression reads from. */
export interface Frame {
  readonly variables: Readonly<Record<string, Value>>
  readonly moment: Moment
  /** Values of the names that macros give, by slot. */
  readonly locals: unknown[]
  steps: number
}

/** A compiled part: gives the inner value. */
export type Run = (frame: Frame) => unknown

/** Ends an evaluation whose macros take too many steps; its result is blank. */
export class TooManySteps extends Error {}

export function countStep(frame: Frame): void {
  if (++frame.steps > limits.macroSteps) throw new TooManySteps()
}
