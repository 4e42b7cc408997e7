import type { ProcessModel } from '../../../definitions/model/model.ts'
import { suggest } from '../../../definitions/nearest.ts'
import { drawingOf } from '../../../processes/picture/drawing.ts'
import type { SimulationDocument, SimulatedInvocation } from '../document.ts'
import type { Checks } from './checks.ts'

/** Checks what is said about events, states and invocations, of the process or one of its parts. */
export function checkCourse(
  document: SimulationDocument,
  { process, checks }: { process: ProcessModel; checks: Checks },
): void {
  const parts = [...checks.model.processes.values()].filter(
    ({ stateField, object }) => stateField === undefined && object === process.object,
  )
  const processes = [process, ...parts]
  checkEvents(document, { processes, checks })
  checkStates(document, { processes, checks })
  for (const [id, invoked] of Object.entries(document.invoked ?? {})) {
    const actors = new Map(processes.flatMap((each) => [...each.actors]))
    checks.known(id, actors.keys(), { path: ['invoked', id], what: 'invocation', isKey: true })
    const owner = processes.find((each) => each.actors.has(id))
    if (owner !== undefined) checkInvoked(invoked, { id, process: owner, checks })
  }
}

interface Checking {
  readonly processes: readonly ProcessModel[]
  readonly checks: Checks
}

function checkEvents({ events = {} }: SimulationDocument, { processes, checks }: Checking): void {
  const known = new Map(processes.flatMap((each) => [...each.events]))
  const fields = checks.model.objects.get(processes[0]?.object ?? '')?.fields
  for (const [name, { after, by, values, update, again }] of Object.entries(events)) {
    const path = ['events', name]
    checks.known(name, known.keys(), { path, what: 'event', isKey: true })
    checks.delay(after, [...path, 'after'])
    checks.people(by, [...path, 'by'])
    checks.fields(values, { fields: known.get(name)?.form, path: [...path, 'values'] })
    checks.fields(update, { fields, path: [...path, 'update'] })
    checks.fields(again, { fields, path: [...path, 'again'] })
  }
}

function checkStates({ states = {} }: SimulationDocument, { processes, checks }: Checking): void {
  const known = processes.flatMap((each) => drawingOf(each).states.map(({ path }) => path))
  const events = processes.flatMap((each) => [...each.events.keys()])
  for (const [state, { events: weights = {} }] of Object.entries(states)) {
    const path = ['states', state]
    checks.known(state, known.filter(Boolean), { path, what: 'state', isKey: true })
    for (const event of Object.keys(weights))
      checks.known(event, events, { path: [...path, 'events', event], what: 'event', isKey: true })
  }
}

function checkInvoked(
  invoked: SimulatedInvocation,
  { id, process, checks }: { id: string; process: ProcessModel; checks: Checks },
): void {
  const path = ['invoked', id]
  const actor = process.actors.get(id) ?? ''
  for (const key of Object.keys(invoked))
    if (meaning[key]?.includes(actor) !== true)
      checks.fault(
        { path: [...path, key], isKey: true },
        `"${key}" means nothing for "${actor}".`,
        'Remove it.',
      )
  checks.delay(invoked.after, [...path, 'after'])
  checks.delay(invoked.takes, [...path, 'takes'])
  checks.people(invoked.by, [...path, 'by'])
  checks.fields(invoked.values, { fields: process.forms.get(id) ?? new Map(), path: [...path, 'values'] })
  const watched = checks.model.objects.get(process.waits.get(id)?.object ?? '')
  checks.fields(invoked.update, { fields: watched?.fields, path: [...path, 'update'] })
  const possible = outcomesOf(process, { id, actor })
  for (const outcome of Object.keys(invoked.outcomes ?? {}))
    if (!possible.includes(outcome))
      checks.fault(
        { path: [...path, 'outcomes', outcome], isKey: true },
        `"${id}" does not end as "${outcome}".`,
        suggest(outcome, possible, 'It ends as'),
      )
}

/** For what each property is there. */
const meaning: Readonly<Record<string, readonly string[]>> = {
  after: ['task', 'approval', 'request', 'wait_for'],
  takes: ['task', 'approval'],
  outcomes: ['approval', 'request'],
  values: ['task', 'approval'],
  answer: ['request'],
  update: ['wait_for'],
  by: ['wait_for'],
}

function outcomesOf({ approvals }: ProcessModel, { id, actor }: { id: string; actor: string }): string[] {
  if (actor === 'request') return ['done', 'failed']
  const { returns, withdraw } = approvals.get(id) ?? {}
  const canReturn = returns?.toRequester === true || returns?.toLevels === true
  return [
    ...['approved', 'rejected'],
    ...(canReturn ? ['returned'] : []),
    ...(withdraw === undefined ? [] : ['withdrawn']),
  ]
}
