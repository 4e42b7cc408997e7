import { v7 as uuidv7 } from 'uuid'
import { invalid } from '../../access/errors.ts'
import type { ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { asConsequence, type LifecyclePort, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import type { Decision } from '../machine/compiled-machine.ts'
import { initialLeaves } from '../machine/graph.ts'
import { machineOf } from '../machine/machine-cache.ts'
import { sendEvent } from './send-event.ts'
import type { ProcessPorts } from '../ports.ts'
import { placeAnew } from '../queues/move-place.ts'
import { endOfDelay } from '../timers/moments.ts'
import { moveTimers } from '../timers/move.ts'
import { armTimer } from '../timers/timers.ts'
import { waitingIn } from '../timers/waiting.ts'
import { versionFor } from '../versions/choose-version.ts'
import { causeOf } from './cause.ts'
import type { Effect } from './effects.ts'
import { insertInstance, instanceOfRecord } from './instance.ts'
import { OpenedRecords } from './opened-records.ts'
import { possibleEventNames } from './refusal.ts'
import { columnState } from './state-column.ts'
import { beginInstance } from './take-step.ts'
import { processRecord } from './variables.ts'

/** Fills the port through which the write path begins the process of a new record. */
export function lifecyclePort(ports: ProcessPorts = {}): LifecyclePort {
  return {
    begin(unit, { object, state, entry }) {
      const process = unit.model.processes.get(object.lifecycle?.process ?? '')
      if (process === undefined) throw new Error(`Object ${object.name} names an unknown process.`)
      const initial = columnState(initialLeaves({ path: [], node: process.machine })) ?? ''
      if (state === undefined || state === initial)
        return {
          state: initial,
          after: (later, record) => beginAtStart(later, { process, object, record, state, ports }),
        }
      checkEntry(unit, { process, state, entry })
      return {
        state,
        after: (later, record) => beginAt(later, { process, object, record, state, entry: entry as string }),
      }
    },
    async changed(unit, change) {
      await moveTimers(unit, change)
      await placeAnew(unit, change)
    },
    async possibleEvents(unit, object, record) {
      const process = object.lifecycle?.process
      if (process === undefined) return []
      const instance = await instanceOfRecord(unit, {
        process,
        object: object.name,
        record: String(record.id),
      })
      if (instance === undefined) return []
      const opened = new OpenedRecords(unit)
      const { process: pinned, snapshot } = instance
      const seen = processRecord(opened, { object, process: pinned, values: record })
      return opened.evaluate(() =>
        possibleEventNames(unit, { process: pinned, snapshot, record: seen, mayUpdate: true }),
      )
    },
  }
}

/** Enters the machine; whether the record is another one now. */
async function beginAtStart(
  unit: UnitOfWork,
  options: Beginning & { ports: ProcessPorts },
): Promise<boolean> {
  const { record } = options
  const process = await versionOf(unit, options)
  const beginning = { ...options, process, id: uuidv7(), cause: causeOf(unit), depth: 0, send: sendEvent }
  const begun = await beginInstance(unit, beginning)
  return begun.record !== record || begun.effects.some(({ kind }) => writing.has(kind))
}

interface Beginning {
  readonly process: ProcessModel
  readonly object: ObjectModel
  readonly record: RecordValues
  /** The state that was asked for. */
  readonly state: string | undefined
}

/** A state that the version for the record does not know is one of the published version alone. */
async function versionOf(unit: UnitOfWork, options: Beginning): Promise<ProcessModel> {
  const version = await versionFor(unit, options)
  return options.state === undefined || version.states.has(options.state) ? version : options.process
}

/** Effects after which the record may be another one than it was. */
const writing: ReadonlySet<Effect['kind']> = new Set(['set', 'call', 'invoke', 'open_approval'])

/** Refuses a state that was not asked for through an entry which permits it to these roles. */
function checkEntry(
  unit: UnitOfWork,
  options: { process: ProcessModel; state: string; entry: string | undefined },
): void {
  const { process, state, entry } = options
  const field = String(process.stateField)
  const declared = process.entries.find((each) => each.name === entry)
  if (declared === undefined) {
    const known = process.entries.map((each) => each.name).join(', ') || 'none'
    throw invalid([
      {
        field,
        code: 'state',
        message: `is changed by the process alone; a record is placed in a state only through a declared entry (known: ${known})`,
      },
    ])
  }
  if (!declared.states.has(state))
    throw invalid([
      {
        field,
        code: 'state',
        message: `the entry "${declared.name}" does not lead to "${state}"; it leads to ${[...declared.states].join(', ')}`,
      },
    ])
  if (!unit.principal.roles.some((role) => declared.roles.has(role)))
    throw invalid([
      {
        field,
        code: 'forbidden',
        message: `the entry "${declared.name}" takes one of the roles ${[...declared.roles].join(', ')}`,
      },
    ])
}

/** Places a record in a state: entry actions do not run, the state's own timers do, the entry is logged. */
async function beginAt(
  unit: UnitOfWork,
  options: Beginning & { state: string; entry: string },
): Promise<boolean> {
  const { object, record, state, entry } = options
  const process = await versionOf(unit, options)
  const value = state
    .split('.')
    .reduceRight<unknown>((inner, key) => (inner === undefined ? key : { [key]: inner }), undefined)
  const machine = machineOf(process)
  const snapshot = machine.place(value, process.context)
  // Where the state lies in a parallel region, the others are in their first states.
  const { states, isEnded } = machine.inspect(snapshot)
  const decision: Decision = {
    snapshot,
    states,
    isEnded,
    output: {},
    isTaken: true,
    transits: [],
  }
  const id = uuidv7()
  const waiting = waitingIn(process, states)
  insertInstance(
    unit,
    {
      ...{ id, process, object: object.name, record: String(record.id), decision },
      event: `entry:${entry}`,
      cause: causeOf(unit),
    },
    { isReferredTo: waiting.length > 0 },
  )
  const opened = new OpenedRecords(unit)
  const seen = {
    record: processRecord(opened, { object, process, values: record }),
    context: process.context,
  }
  const ends = await opened.evaluate(() =>
    waiting.map(({ delay }) => endOfDelay(unit, { process, delay, seen })),
  )
  for (const [at, { eventId }] of waiting.entries()) {
    const end = ends[at]
    if (end !== undefined) armTimer(asConsequence(unit), { instance: id, eventId, end })
  }
  return false
}
