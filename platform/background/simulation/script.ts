import type { Calendar } from '../../calendars/calendar.ts'
import type { Model, ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { castOf, type Cast } from './cast.ts'
import type { DelayRange, SimulationDocument } from './document.ts'
import { decisionsOf, type Decisions } from './invent/decisions.ts'
import { aroundLeaf } from './state-facts.ts'

/** What is played: the process, what is declared about it, and what follows from the Model where nothing is said. */
export interface Script {
  readonly model: Model
  readonly process: ProcessModel
  readonly object: ObjectModel
  readonly document: SimulationDocument
  readonly cast: Cast
  readonly decisions: Decisions
}

/** @param process governs records of an object */
export function scriptOf(model: Model, process: ProcessModel, document: SimulationDocument): Script {
  const object = model.objects.get(process.object)
  if (object === undefined) throw new Error(`There is no object "${process.object}".`)
  return {
    model,
    process,
    object,
    document,
    cast: castOf(model, document),
    decisions: decisionsOf(model, process),
  }
}

/** The calendar in which times are told; the clock without one. */
export function reportCalendar({ model, document }: Script): Calendar | undefined {
  return model.calendars.get(document.calendar ?? '')
}

/** How long people let pass where nothing is said. */
const usualDelay = ['PT1H', 'P2D'] as const
const usualArrival = ['PT0S', 'P1D'] as const
/** How long outside systems take. */
const usualAnswer = ['PT1S', 'PT10M'] as const

export function arrivalDelay({ document }: Script): DelayRange {
  return document.cases?.every ?? inCalendar(usualArrival, document)
}

export function eventDelay({ document }: Script, event: string): DelayRange {
  return document.events?.[event]?.after ?? inCalendar(usualDelay, document)
}

export function invocationDelay(
  { document }: Script,
  { invocation, isRequest }: { invocation: string; isRequest: boolean },
): DelayRange {
  const usual = isRequest ? usualAnswer : inCalendar(usualDelay, document)
  return document.invoked?.[invocation]?.after ?? usual
}

function inCalendar(range: readonly [string, string], { calendar }: SimulationDocument): DelayRange {
  return calendar === undefined ? range : [`${range[0]}@${calendar}`, `${range[1]}@${calendar}`]
}

/** The weight of an event in a state; undefined where nothing is said. */
export function eventWeight({ document }: Script, leaf: string, event: string): number | undefined {
  for (const state of aroundLeaf(leaf)) {
    const weight = document.states?.[state]?.events?.[event]
    if (weight !== undefined) return weight
  }
  return document.events?.[event]?.weight
}

/** The weight of open work, or of nothing being done, in a state. */
export function stateWeight(
  { document }: Script,
  leaf: string,
  what: 'work' | 'nothing',
): number | undefined {
  for (const state of aroundLeaf(leaf)) {
    const weight = document.states?.[state]?.[what]
    if (weight !== undefined) return weight
  }
  return undefined
}
