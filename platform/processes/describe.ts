import type {
  EventModel,
  FieldModel,
  LocalText,
  ProcessModel,
  StateModel,
} from '../definitions/model/model.ts'
import { getRecord } from '../records/read/get.ts'
import { mayColumn } from '../records/read/may.ts'
import { readableObject } from '../records/read/selection.ts'
import type { UnitOfWork } from '../records/unit-of-work.ts'
import { loadStored } from '../records/write/evaluation.ts'
import { listApprovals, type ApprovalView } from './approvals/present.ts'
import { stateGraph } from './machine/graph.ts'
import { machineOf } from './machine/machine-cache.ts'
import { governing } from './steps/send-event.ts'
import { instanceOfRecord, livePartsOf, type Instance } from './steps/instance.ts'
import { OpenedRecords } from './steps/opened-records.ts'
import { refusalOf, type RefusalReason } from './steps/refusal.ts'
import { processRecord } from './steps/variables.ts'
import { describeTags, type StateTag } from './tags/describe-tags.ts'
import { listWorkItems } from './work-items/list.ts'
import type { WorkItem } from './work-items/work-item.ts'

export type PathStatus = 'done' | 'here' | 'possible' | 'ahead' | 'closed'

/** A record's place in its process, and what the asking person can do next. */
export interface ProcessView {
  readonly process: string
  readonly label: LocalText
  readonly states: readonly string[]
  /** Of all states in which it is now. */
  readonly tags: readonly StateTag[]
  readonly ended: boolean
  readonly path: readonly {
    readonly state: string
    readonly label: LocalText
    readonly colour: string | undefined
    readonly status: PathStatus
  }[]
  readonly events: readonly {
    readonly name: string
    readonly label: LocalText
    readonly help: LocalText | undefined
    readonly primary: boolean
    readonly destructive: boolean
    readonly form: ReadonlyMap<string, FieldModel>
    readonly possible: boolean
    readonly reason?: string
  }[]
  /** Parts that the process has invoked and that are at work on the record. */
  readonly parts: readonly PartView[]
  readonly work_items: readonly WorkItem[]
  /** Approvals in levels, the newest first. */
  readonly approvals: readonly ApprovalView[]
  readonly due: readonly { readonly event: string; readonly at: string }[]
}

export interface PartView {
  readonly process: string
  readonly label: LocalText
  readonly states: readonly {
    readonly state: string
    readonly label: LocalText
    readonly colour: string | undefined
  }[]
  readonly tags: readonly StateTag[]
}

/**
 * Where a record is in its process. Events that the state does not know are left out, and those for which the person
 * would have to have the right to change this record; those that it knows and refuses are given with the reason.
 * @throws TesseraError not_found for the record, or where no process governs it
 */
export async function describeProcess(
  unit: UnitOfWork,
  request: { object: string; id: string },
): Promise<ProcessView> {
  const object = readableObject({ ...unit, object: request.object })
  const declared = governing(unit, object)
  const place = { process: declared.name, object: object.name, record: request.id }
  const [seen, instance, parts, stored, visited, workItems, approvals, due] = await Promise.all([
    getRecord(unit, { ...request, fields: ['id'], may: ['update'], hasLines: false }),
    instanceOfRecord(unit, place),
    livePartsOf(unit, { object: object.name, record: request.id }),
    loadStored(unit, { object: object.name, id: request.id }),
    visitedStates(unit, place),
    listWorkItems(unit, { record: request.id }),
    listApprovals(unit, { object: object.name, record: request.id }),
    pendingTimers(unit, place),
  ])
  if (instance === undefined || stored === null) return withoutInstance(declared)
  const mayUpdate = seen[mayColumn('update')] === true
  const opened = new OpenedRecords(unit)
  const events = [instance, ...parts].flatMap(({ process, snapshot }) => {
    const record = processRecord(opened, { object, process, values: stored })
    return [...process.events.values()]
      .filter((event) => event.needs !== 'update' || mayUpdate)
      .map((event) => ({ process, snapshot, event, record }))
  })
  const asked = await opened.evaluate(() =>
    events.map((each) => ({ event: each.event, refused: refusalOf(unit, each) })),
  )
  return {
    process: instance.process.name,
    label: instance.process.label,
    states: instance.states,
    tags: tagsOf(unit, instance),
    ended: instance.isEnded,
    path: pathOf(instance, visited),
    events: asked
      .filter(({ refused }) => refused === undefined || !unmentioned.has(refused.reason))
      .map(({ event, refused }) => presentEvent(event, refused?.text)),
    parts: parts.map((part) => partView(unit, part)),
    work_items: workItems,
    approvals,
    due,
  }
}

function tagsOf({ model }: UnitOfWork, { process, snapshot }: Instance): readonly StateTag[] {
  return describeTags(model, machineOf(process).inspect(snapshot).tags)
}

function partView(unit: UnitOfWork, part: Instance): PartView {
  const { process, states } = part
  const { name, label } = process
  return {
    process: name,
    label,
    states: states.map((state) => {
      const { label: text = state, colour } = process.states.get(state) ?? {}
      return { state, label: text, colour }
    }),
    tags: tagsOf(unit, part),
  }
}

/** Refusals of what is no matter of this record now, or of this person ever. */
const unmentioned: ReadonlySet<RefusalReason> = new Set(['state', 'ended', 'role'])

function presentEvent(event: EventModel, reason: string | undefined) {
  return {
    name: event.name,
    label: event.label,
    help: event.help,
    primary: event.isPrimary,
    destructive: event.isDestructive,
    form: event.form,
    possible: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
  }
}

function withoutInstance(process: ProcessModel): ProcessView {
  return {
    process: process.name,
    label: process.label,
    states: [],
    tags: [],
    ended: false,
    path: [],
    events: [],
    parts: [],
    work_items: [],
    approvals: [],
    due: [],
  }
}

function pathOf(instance: Instance, visited: ReadonlySet<string>): ProcessView['path'] {
  const graph = stateGraph(instance.process)
  const here = new Set(instance.states)
  const next = new Set(instance.states.flatMap((state) => [...(graph.get(state) ?? [])]))
  const reachable = reachableFrom(graph, instance.states)
  const statusOf = (state: StateModel): PathStatus => {
    if (here.has(state.path)) return 'here'
    if (visited.has(state.path)) return 'done'
    if (instance.isEnded) return 'closed'
    if (next.has(state.path)) return 'possible'
    return reachable.has(state.path) ? 'ahead' : 'closed'
  }
  return [...instance.process.states.values()].map((state) => ({
    state: state.path,
    label: state.label,
    colour: state.colour,
    status: statusOf(state),
  }))
}

function reachableFrom(
  graph: ReadonlyMap<string, ReadonlySet<string>>,
  states: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...states]
  for (let state = open.pop(); state !== undefined; state = open.pop())
    for (const next of graph.get(state) ?? [])
      if (!found.has(next)) {
        found.add(next)
        open.push(next)
      }
  return found
}

interface Place {
  readonly process: string
  readonly object: string
  readonly record: string
}

const instancesAt = `(select id from _instance where object = $1::text and record = $2::uuid)`

const instanceAt = `(select id from _instance where object = $1::text and record = $2::uuid and process = $3::text)`

async function visitedStates(unit: UnitOfWork, place: Place): Promise<ReadonlySet<string>> {
  const rows = await unit.sql.unsafe(
    `select distinct unnest(states) as state from _step where instance = ${instanceAt}`,
    [place.object, place.record, place.process],
    { prepare: true },
  )
  return new Set(rows.map((row) => (row as unknown as { state: string }).state))
}

async function pendingTimers(
  unit: UnitOfWork,
  place: Omit<Place, 'process'>,
): Promise<readonly { event: string; at: string }[]> {
  const rows = await unit.sql.unsafe(
    `select event_id as event, due_at as at from _timer
     where instance in ${instancesAt} and status = 'pending' and event_id like 'xstate.%' order by due_at`,
    [place.object, place.record],
    { prepare: true },
  )
  return rows.map((row) => ({ ...(row as unknown as { event: string; at: string }) }))
}
