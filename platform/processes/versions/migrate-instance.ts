import { delayEnd } from '../../calendars/delay.ts'
import { TesseraError } from '../../access/errors.ts'
import type { ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { mapConfiguration } from '../../definitions/process-migration/map-configuration.ts'
import type { StateValue } from '../../definitions/process-migration/active-states.ts'
import { actingAs, withCause, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { walkHistory } from '../picture/history.ts'
import { machineOf } from '../machine/machine-cache.ts'
import type { HistoryValue, TakenOver } from '../machine/taking-over.ts'
import type { ProcessPorts } from '../ports.ts'
import { timerPrincipal } from '../steps/acting.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { sendEvent } from '../steps/send-event.ts'
import { takeStep } from '../steps/take-step.ts'
import { processRecord } from '../steps/variables.ts'
import { cancelTimers } from '../timers/timers.ts'
import { goingOn } from './going-on.ts'
import { mapHistory } from './map-history.ts'
import { openThings } from './open-things.ts'
import { placesOf } from './places.ts'

interface Snapshot {
  readonly value: StateValue
  readonly context: Readonly<Record<string, unknown>>
  readonly historyValue?: HistoryValue
}

interface EarlierInstance {
  readonly object: string
  readonly record: string
  readonly definition: string
  readonly snapshot: string
  readonly states: readonly string[]
  readonly step: number
  readonly isLive: boolean
  /** The document of the version on which it lives. */
  readonly document: string
}

/**
 * Takes an instance over to the published version of its process, as its `migration` says: one step, in the caller's
 * transaction. Nothing happens where it has ended or lives on that version.
 * @throws TesseraError event_refused where it stands in a state that has no counterpart, not_found where its record is
 * deleted, and what the actions of the states meet that it enters
 */
export async function migrateInstance(
  unit: UnitOfWork,
  { id, process, ports = {} }: { id: string; process: ProcessModel; ports?: ProcessPorts },
): Promise<void> {
  const { migration } = process
  const seen = await read(unit, id)
  const object = unit.model.objects.get(seen?.object ?? '')
  if (seen === undefined || object === undefined || migration === undefined) return
  const stored = await lockIfPresent(unit, object, seen.record)
  if (stored === undefined) throw new TesseraError('not_found', 'Its record is deleted.')
  // The lock may have taken time: only now does it count where the instance stands.
  const found = await read(unit, id)
  if (found === undefined || !found.isLive || found.definition === process.hash) return
  const acting = withCause(actingAs(unit, timerPrincipal(unit, process)), { version: process.hash })
  await takeOver(acting, { id, process, found, object, stored, ports })
}

async function takeOver(
  unit: UnitOfWork,
  options: {
    id: string
    process: ProcessModel
    found: EarlierInstance
    object: ObjectModel
    stored: RecordValues
    ports: ProcessPorts
  },
): Promise<void> {
  const { id, process, found, object, stored, ports } = options
  const snapshot = JSON.parse(found.snapshot) as Snapshot
  const result = mapConfiguration(process, snapshot.value)
  if ('faults' in result)
    throw new TesseraError(
      'event_refused',
      result.faults.map(({ message, remedy }) => `${message} ${remedy}`).join(' '),
      { members: { reason: 'no_counterpart', possible: [] } },
    )
  const { mapped } = result
  const earlier = placesOf(JSON.parse(found.document) as Parameters<typeof placesOf>[0])
  const present = placesOf(JSON.parse(process.text) as Parameters<typeof placesOf>[0])
  const opened = new OpenedRecords(unit)
  const record = processRecord(opened, { object, process, values: stored })
  const taken: TakenOver = {
    mapped,
    context: await contextOf(unit, { process, context: snapshot.context, object, stored }),
    historyValue: mapHistory(snapshot.historyValue ?? {}, { process, earlier, present }),
  }
  const [open, { visits }] = await Promise.all([openThings(unit, id), walkHistory(unit, id)])
  unit.later(
    unit.sql.unsafe('update _instance set definition = $2::text where id = $1::uuid', [id, process.hash], {
      prepare: true,
    }),
  )
  await takeStep(unit, {
    instance: { ...found, id, process, snapshot, isEnded: false },
    object,
    stored,
    record,
    opened,
    event: { type: 'migrate' },
    decide: (decider) => machineOf(process).takeOver(taken, decider),
    adjust: (effects) => {
      const takeover = { mapped, earlier, present, open, restart: process.migration?.restart ?? new Set() }
      const {
        effects: adjusted,
        timers,
        voidTimers,
      } = goingOn(effects, takeover, {
        sinceOf(state) {
          const since = visits.get(state)?.since
          return since === null || since === undefined ? undefined : Date.parse(since)
        },
        // Declared moments say themselves from when they count.
        endFrom: (delay, since) =>
          process.delays.has(delay) ? undefined : delayEnd(delay, since, unit.model.calendars),
      })
      for (const { eventId } of voidTimers) cancelTimers(unit, { instance: id, eventId })
      for (const timer of timers) renameTimer(unit, timer)
      return adjusted
    },
    name: 'migrate',
    payload: { from: found.definition, to: process.hash },
    cause: { kind: 'version', id: process.hash },
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
}

/** What the process remembers: what this version declares, what the earlier one knew under the same names, what is said. */
async function contextOf(
  unit: UnitOfWork,
  options: {
    process: ProcessModel
    context: Readonly<Record<string, unknown>>
    object: ObjectModel
    stored: RecordValues
  },
): Promise<Readonly<Record<string, unknown>>> {
  const { process, context, object, stored } = options
  const opened = new OpenedRecords(unit)
  const record = processRecord(opened, { object, process, values: stored })
  const declared = [...(process.migration?.context ?? [])]
  const said = await opened.evaluate(() =>
    declared.map(
      ([name, expression]) => [name, expression.evaluate({ record, context }, unit.moment)] as const,
    ),
  )
  const known = Object.keys(process.context).filter((name) => Object.hasOwn(context, name))
  return {
    ...process.context,
    ...Object.fromEntries(known.map((name) => [name, context[name]])),
    ...Object.fromEntries(said),
  }
}

function renameTimer(unit: UnitOfWork, { id, eventId }: { id: string; eventId: string }): void {
  unit.later(
    unit.sql.unsafe(
      'update _timer set event_id = $2::text where id = $1::uuid and event_id <> $2::text',
      [id, eventId],
      {
        prepare: true,
      },
    ),
  )
}

async function read(unit: UnitOfWork, id: string): Promise<EarlierInstance | undefined> {
  const [row] = (await unit.sql.unsafe(
    `select i.object, i.record, i.definition, i.snapshot, i.states, i.step, i.ended_at is null as "isLive", d.document
     from _instance i join _process_definition d on d.hash = i.definition
     where i.id = $1::uuid and i.object is not null and i.record is not null`,
    [id],
    { prepare: true },
  )) as unknown as EarlierInstance[]
  return row
}
