import type { Step } from './step.ts'

/** In which order things happen inside the switch; names are freed before they are taken. */
export const rank = {
  prepareColumn: 1,
  prepareFill: 2,
  prepareIndex: 3,
  dropIndex: 10,
  dropGenerated: 20,
  dropRollup: 21,
  retireColumn: 30,
  retireTable: 35,
  renameTable: 40,
  renameColumn: 50,
  placeColumn: 51,
  dropExpression: 55,
  retype: 60,
  createTable: 70,
  addColumn: 80,
  addGenerated: 85,
  /** Roll-ups that rest on others come later: the depth is added. */
  fill: 90,
  addReference: 200,
  createIndex: 210,
  renameIndex: 220,
  hierarchy: 225,
  process: 230,
  settle: 300,
} as const

/** Something that a plan cannot do, and what to do instead. */
export interface Refusal {
  readonly subject: string
  readonly message: string
  readonly remedy: string
}

export class StepCollector {
  readonly #steps: { readonly at: number; readonly step: Step }[] = []
  readonly refusals: Refusal[] = []

  add(at: number, step: Step): void {
    this.#steps.push({ at, step })
  }

  refuse(refusal: Refusal): void {
    this.refusals.push(refusal)
  }

  /** The steps in the order in which they happen. */
  steps(): Step[] {
    return this.#steps.toSorted((a, b) => a.at - b.at).map(({ step }) => step)
  }
}
