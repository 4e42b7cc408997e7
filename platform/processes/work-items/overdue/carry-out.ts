import type { ObjectModel } from '../../../definitions/model/model.ts'
import {
  actingAs,
  withCause,
  writingWork,
  type UnitOfWork,
  type WorkOptions,
} from '../../../records/unit-of-work.ts'
import { referenceId } from '../../../records/values.ts'
import { machineOf } from '../../machine/machine-cache.ts'
import { insertNotification } from '../../notifications/notifications.ts'
import type { ProcessPorts } from '../../ports.ts'
import { rankRaised } from '../../queues/raise.ts'
import { timerPrincipal } from '../../steps/acting.ts'
import { lockIfPresent } from '../../steps/lock-if-present.ts'
import { sendEvent } from '../../steps/send-event.ts'
import { decided, takeStep } from '../../steps/take-step.ts'
import { changeItem, type WorkChange, type WorkEventInput } from '../change.ts'
import { readItem } from '../find.ts'
import { lockWork, type LockedWork } from '../lock.ts'
import { rolesOfActive } from '../person.ts'
import { isBarred, isPooled } from '../rights.ts'
import { tellPeople } from '../tell.ts'
import type { WorkItemRow } from '../work-item.ts'
import { overdueStepsOf, pendingSteps, wakeWhenOverdue, type OverdueStep } from './steps.ts'

/**
 * Does what is declared about late work, as far as it is due: each step in a transaction of its own and exactly once, in
 * order. The item, which is read under the lock of its record, decides: a job that comes early, late or twice does no
 * harm, and none touches work that is done.
 */
export async function carryOutOverdue(
  work: WorkOptions,
  id: string,
  ports: ProcessPorts = {},
): Promise<void> {
  while (await writingWork(work, (unit) => carryOutNext(unit, id, ports)));
}

/** Whether there may be more to do now. */
async function carryOutNext(unit: UnitOfWork, id: string, ports: ProcessPorts): Promise<boolean> {
  const found = await readItem(unit, id)
  const object = unit.model.objects.get(found.object)
  if (object === undefined || (await lockIfPresent(unit, object, found.record)) === undefined) return false
  const locked = await lockWork(unit, found)
  const item = await readItem(unit, id)
  if (item.status === 'done' || item.status === 'cancelled') return false
  const { process } = locked.instance
  const steps = await overdueStepsOf(unit, item)
  const dueAt = item.due_at === null ? null : new Date(item.due_at)
  const [now, next] = pendingSteps(unit, { steps, dueAt, done: item.overdue_done })
  if (now === undefined) return false
  if (now.at > unit.moment.now.getTime()) {
    await wakeWhenOverdue(unit, id, new Date(now.at))
    return false
  }
  const acting = withCause(actingAs(unit, timerPrincipal(unit, process)), {
    work_item: id,
    overdue: now.step.name,
  })
  await carryOut(acting, { step: now.step, item, locked, object, ports, nextAt: next?.at })
  return next !== undefined
}

interface Late<Step extends OverdueStep = OverdueStep> {
  readonly step: Step
  readonly item: WorkItemRow
  readonly locked: LockedWork
  readonly object: ObjectModel
  readonly ports: ProcessPorts
  /** When the step after this one comes. */
  readonly nextAt: number | undefined
}

async function carryOut(unit: UnitOfWork, late: Late): Promise<void> {
  const { step, item, nextAt } = late
  const { set = {}, event, after } = await deedOf(unit, late)
  await changeItem(unit, {
    item,
    set: {
      ...set,
      overdue_done: [...item.overdue_done, step.name],
      overdue_at: nextAt === undefined ? null : new Date(nextAt).toISOString(),
    },
    event: { act: 'overdue', detail: { step: step.name, type: step.type }, ...event },
  })
  await after?.()
}

interface Deed {
  readonly set?: WorkChange
  readonly event?: Partial<WorkEventInput>
  /** What is done when the item has been changed. */
  readonly after?: () => Promise<unknown>
}

async function deedOf(unit: UnitOfWork, late: Late): Promise<Deed> {
  const { step, item } = late
  switch (step.type) {
    case 'notify':
      return { after: () => remind(unit, { ...late, step }) }
    case 'transfer':
      return escalate(unit, item)
    case 'raise_priority': {
      const form = { ...item.form, priority: item.priority + step.params.by }
      return { set: { priority: form.priority, form, ...rankRaised(unit, item, step.params.by) } }
    }
    case 'raise_event':
      return { after: () => raise(unit, { ...late, step }) }
  }
}

async function remind(unit: UnitOfWork, late: Late<Extract<OverdueStep, { type: 'notify' }>>): Promise<void> {
  const { step, item, locked, object } = late
  const { to, text } = step.params
  const { decision } = await decided(locked.opened, scene(unit, locked), (decider) => {
    const value = (number: number | undefined) =>
      number === undefined ? undefined : decider.evaluate(number, variables(locked))
    return { to: value(to), text: value(text) }
  })
  const people = to === undefined ? [item.assignee] : [referenceId(decision.to)]
  const roles = to === undefined && item.assignee === null ? item.candidate_roles : []
  if (text === undefined) return tellPeople(unit, { text: 'overdue', people, roles, item })
  const [user] = people
  if (user === null || user === undefined) return
  await insertNotification(unit, {
    user,
    text: String(decision.text ?? ''),
    object: object.name,
    record: item.record,
  })
}

/** To the manager of who has it, unless he may not decide it. */
async function escalate(unit: UnitOfWork, item: WorkItemRow): Promise<Deed> {
  const [row] = (await unit.sql.unsafe('select manager from "user" where id = $1::uuid', [item.assignee], {
    prepare: true,
  })) as unknown as { manager: string | null }[]
  const to = row?.manager ?? null
  if (to === null || isBarred(item, to) || (await rolesOfActive(unit, to)) === undefined) return {}
  const claimed = { status: 'claimed', claimed_at: unit.moment.now.toISOString() }
  return {
    set: { assignee: to, delegated_by: null, ...(isPooled(item) && item.status === 'open' ? claimed : {}) },
    event: { act: 'escalate', from: item.assignee, to },
    after: () => tellPeople(unit, { text: 'overdue', people: [to], item }),
  }
}

/** An event that no transition takes here is no failure. */
async function raise(
  unit: UnitOfWork,
  late: Late<Extract<OverdueStep, { type: 'raise_event' }>>,
): Promise<void> {
  const { step, item, locked, ports } = late
  const { event: name, values = {} } = step.params
  const { decision: payload } = await decided(locked.opened, scene(unit, locked), (decider) =>
    decider.payload(
      name,
      Object.fromEntries(
        Object.entries(values).map(([field, number]) => [field, decider.evaluate(number, variables(locked))]),
      ),
    ),
  )
  await takeStep(unit, {
    ...locked,
    event: { type: name, payload },
    name,
    payload,
    cause: { kind: 'work_item', id: item.id },
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
}

function scene(unit: UnitOfWork, { instance, record }: LockedWork) {
  return { unit, process: instance.process, record }
}

function variables({ instance }: LockedWork) {
  return { event: {}, context: machineOf(instance.process).inspect(instance.snapshot).context }
}
