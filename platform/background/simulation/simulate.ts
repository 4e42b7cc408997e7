import type { Model, ProcessModel } from '../../definitions/model/model.ts'
import { openTheatre, type Theatre, type TheatreOptions } from '../stage/index.ts'
import type { SimulationDocument } from './document.ts'
import { playCases } from './play-cases.ts'
import { makeReport } from './report/make-report.ts'
import { pathOfCase } from './report/path-of-case.ts'
import { readHistory } from './report/read-history.ts'
import type { PathEntry, SimulationReport } from './report/report.ts'
import { scriptOf } from './script.ts'
import { arrivalsOf, setStage } from './set-stage.ts'

export interface SimulationRequest {
  readonly model: Model
  /** A process that governs records. */
  readonly process: ProcessModel
  readonly document: SimulationDocument
  readonly cases: number
  readonly seed: number
  /** How long it goes on at the most. */
  readonly days: number
  /** A case whose path is asked for; that of the first one that failed comes without asking. */
  readonly shown?: number
}

export interface SimulationResult {
  readonly report: SimulationReport
  /** Of the case that was asked for, and of the first one that failed. */
  readonly paths: readonly { readonly case: number; readonly path: readonly PathEntry[] }[]
  /** How long the playing took, without the making of the database. */
  readonly seconds: number
}

/**
 * Plays sample cases of a process on a database that is made for it and thrown away, through the ways that everybody's
 * work goes. The same request gives the same report.
 * @throws RecipeFault, and TesseraError where a record that is declared cannot be made
 */
export async function simulate(
  request: SimulationRequest & Omit<TheatreOptions, 'model'>,
): Promise<SimulationResult> {
  const theatre = await openTheatre(request)
  try {
    return await simulateOn(theatre, request)
  } finally {
    await theatre.close()
  }
}

/** The same on a database that is there, whose Model is the same. */
export async function simulateOn(theatre: Theatre, request: SimulationRequest): Promise<SimulationResult> {
  const { model, process, document, seed, days, cases } = request
  const began = performance.now()
  const world = await setStage(theatre, { script: scriptOf(model, process, document), seed, days })
  await playCases(world, arrivalsOf(world, cases))
  const history = await readHistory(world)
  const report = makeReport(world, { history, asked: cases })
  const wanted = new Set([request.shown, report.failed[0]?.case])
  const paths = world.cases
    .filter(({ number }) => wanted.has(number))
    .map((played) => ({ case: played.number, path: pathOfCase(world, played, history) }))
  return { report, paths, seconds: (performance.now() - began) / 1_000 }
}
