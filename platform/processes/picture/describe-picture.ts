import type { LocalText, ProcessModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { WorkPerson, WorkStatus } from '../work-items/work-item.ts'
import { drawingOf, type Drawing, type DrawnTransition } from './drawing.ts'
import { visibleInstance, type RecordPlace } from './find-instance.ts'
import { walkHistory, type WalkedHistory } from './history.ts'
import type { RecordedTransition, Visits } from './way.ts'

/** The machine that a record lives on, where the record is in it, and how it got there. */
export interface ProcessPicture {
  readonly instance: string
  readonly process: ProcessModel
  /** Whether it lives on the version that is published now. */
  readonly isCurrentVersion: boolean
  readonly drawing: Drawing
  readonly states: readonly string[]
  readonly isEnded: boolean
  /** The number of the last step. */
  readonly step: number
  /** Whether the visits and ways count every step since the beginning. */
  readonly isWhole: boolean
  readonly visits: ReadonlyMap<string, Visits>
  /** Transitions that were taken, by id. */
  readonly taken: ReadonlyMap<string, { readonly count: number; readonly at: string }>
  readonly timers: readonly PendingTimer[]
  readonly work: readonly OpenWork[]
}

export interface PendingTimer {
  readonly id: string
  readonly event: string
  readonly at: string
  /** The transitions that it makes, by id. */
  readonly transitions: readonly string[]
}

export interface OpenWork {
  readonly id: string
  readonly kind: string
  readonly invocation: string
  readonly title: LocalText
  readonly status: WorkStatus
  readonly assignee: WorkPerson | null
  readonly due_at: string | null
}

/**
 * The picture of a record's process, for whoever may read the record.
 * @throws TesseraError not_found for the record, or where no process governs it; unavailable where the version that the
 * record lives on no longer fits its object
 */
export async function describePicture(unit: UnitOfWork, place: RecordPlace): Promise<ProcessPicture> {
  const { instance } = await visibleInstance(unit, place)
  const { id, process, states, isEnded, step } = instance
  const drawing = drawingOf(process)
  const [history, timers, work] = await Promise.all([
    walkHistory(unit, id),
    pendingTimers(unit, id),
    openWork(unit, id),
  ])
  return {
    instance: id,
    process,
    isCurrentVersion: unit.model.processes.get(process.name)?.hash === process.hash,
    drawing,
    states,
    isEnded,
    step,
    isWhole: history.isWhole,
    visits: history.visits,
    taken: takenIn(drawing, history),
    timers: timers.map((timer) => ({
      ...timer,
      transitions: drawing.transitions
        .filter(({ eventType }) => eventType === timer.event)
        .map((transition) => transition.id),
    })),
    work,
  }
}

/** The drawn transition that was taken: by its source, event, targets and the text of its guard. */
export function drawnTransition(
  drawing: Drawing,
  { from, to, event, guard }: RecordedTransition,
): DrawnTransition | undefined {
  const fits = drawing.transitions.filter((each) => each.from === from && each.eventType === event)
  return (
    fits.find((each) => each.to.join() === to.join() && each.guard?.text === guard) ??
    fits.find((each) => each.to.join() === to.join())
  )
}

function takenIn(drawing: Drawing, { steps }: WalkedHistory): ProcessPicture['taken'] {
  const taken = new Map<string, { count: number; at: string }>()
  for (const { at, transitions } of steps)
    for (const transition of transitions) {
      const drawn = drawnTransition(drawing, transition)
      if (drawn !== undefined) taken.set(drawn.id, { count: (taken.get(drawn.id)?.count ?? 0) + 1, at })
    }
  return taken
}

async function pendingTimers(
  unit: UnitOfWork,
  instance: string,
): Promise<readonly Omit<PendingTimer, 'transitions'>[]> {
  return (await unit.sql.unsafe(
    `select id, event_id as event, due_at as at from _timer
     where instance = $1::uuid and status = 'pending' order by due_at`,
    [instance],
    { prepare: true },
  )) as unknown as Omit<PendingTimer, 'transitions'>[]
}

async function openWork(unit: UnitOfWork, instance: string): Promise<readonly OpenWork[]> {
  return (await unit.sql.unsafe(
    `select w.id, w.kind, w.invocation, w.title, w.status, w.due_at,
       case when w.assignee is null then null else jsonb_build_object('id', w.assignee, 'name', u.name) end as assignee
     from _work_item w left join "user" u on u.id = w.assignee
     where w.instance = $1::uuid and w.completed_at is null and w.parent is null order by w.created_at, w.id`,
    [instance],
    { prepare: true },
  )) as unknown as OpenWork[]
}
