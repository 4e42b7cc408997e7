import { isDeepStrictEqual } from 'node:util'
import type { ProcessModel } from '../../../platform/definitions/model/model.ts'
import type { Decider } from '../../../platform/processes/machine/decider.ts'
import { machineOf } from '../../../platform/processes/machine/machine-cache.ts'
import type { House } from '../house.ts'

interface Stored {
  readonly id: string
  readonly record: string
  readonly snapshot: string
  readonly states: readonly string[]
  readonly step: number
  readonly state: string
  readonly steps: readonly {
    readonly number: number
    readonly event: string
    readonly payload: Readonly<Record<string, unknown>> | null
    readonly transitions: readonly { readonly event: string }[]
    readonly states: readonly string[]
  }[]
}

/** Every instance is where its log of steps says: the log, replayed by the pure machine, gives what is stored. */
export async function replayLogs(house: House, parcels: readonly string[]): Promise<readonly string[]> {
  const process = house.model.processes.get('shipping') as ProcessModel
  const instances = await house.sql<Stored[]>`
    select i.id, i.record, i.snapshot, i.states, i.step, p.state,
      (select jsonb_agg(jsonb_build_object('number', s.number, 'event', s.event, 'payload', s.payload,
         'transitions', s.transitions, 'states', s.states) order by s.number) from _step s where s.instance = i.id) as steps
    from _instance i join parcel p on p.id = i.record where i.record = any (${parcels as string[]}::uuid[])`
  const missing =
    instances.length === parcels.length ? [] : [`${instances.length} instances of ${parcels.length} parcels`]
  return [...missing, ...instances.flatMap((instance) => partings(process, instance))]
}

function partings(process: ProcessModel, { record, snapshot, states, step, state, steps }: Stored): string[] {
  const machine = machineOf(process)
  const found: string[] = []
  const say = (text: string) => void found.push(`parcel ${record}: ${text}`)
  let replayed = machine.begin(decider(process))
  for (const [at, { number, payload, transitions, states: logged, event }] of steps.entries()) {
    if (number !== at) return [...found, `parcel ${record}: step ${at} has the number ${number}`]
    if (at > 0) {
      const type = transitions[0]?.event ?? event
      const next = type.startsWith('xstate.done.') ? { output: payload ?? {} } : { payload: payload ?? {} }
      replayed = machine.advance(replayed.snapshot, { type, ...next }, decider(process))
      if (!replayed.isTaken) say(`step ${number} (${event}) is not possible after those before it`)
    }
    if (!isDeepStrictEqual(replayed.states, logged)) say(`step ${number} (${event}) led to ${logged.join()}`)
  }
  if (step !== steps.length - 1) say(`is at step ${step}, its log at ${steps.length - 1}`)
  if (JSON.stringify(replayed.snapshot) !== snapshot) say('its snapshot is not what its log gives')
  if (!isDeepStrictEqual(replayed.states, states))
    say(`is in ${states.join()}, by its log in ${replayed.states.join()}`)
  if (state !== states[0]) say(`its record says ${state}, the process ${states.join()}`)
  return found
}

/** Guards and memory of these machines read only the event and the memory; actions are not done again. */
function decider(process: ProcessModel): Decider {
  const moment = { now: new Date(0), timeZone: 'UTC' }
  return {
    evaluate: (expression, variables) => process.expressions[expression]?.evaluate({ ...variables }, moment),
    payload: (_, values) => values,
    act: () => undefined,
    delay: () => 0,
  }
}
