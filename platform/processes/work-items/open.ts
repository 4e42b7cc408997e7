import { v7 as uuidv7 } from 'uuid'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { isDeadlineOf } from '../approvals/deadlines.ts'
import { placeOf } from '../queues/place.ts'
import { letWait } from '../queues/wait.ts'
import type { Effect } from '../steps/effects.ts'
import type { Instance } from '../steps/instance.ts'
import { timerKey } from '../timers/timers.ts'
import { nextOverdue, wakeWhenOverdue } from './overdue/steps.ts'

/** What a work item keeps of its invocation, beside its columns. */
export interface WorkItemForm {
  readonly requested_by: string | null
  readonly may_requester_approve: boolean
  /** Of a part of an approval: the roles of which one is needed to take it over. */
  readonly roles?: readonly string[]
  /** Of a part of an approval: to whom it can be returned. */
  readonly returns?: { readonly requester: boolean; readonly levels: readonly string[] }
  /** Its own, in place of that of its queue. */
  readonly priority?: number | null
}

/** Opens the work item of an invoked task or approval, by statements that nobody waits for. */
export async function openWork(
  unit: UnitOfWork,
  options: {
    effect: Extract<Effect, { kind: 'open_work' }>
    instance: Pick<Instance, 'id' | 'process' | 'record'>
    object: ObjectModel
    /** As stored. */
    record: RecordValues
  },
): Promise<void> {
  const { effect, instance, object, record } = options
  const now = unit.moment.now
  const form: WorkItemForm = {
    requested_by: unit.principal.userId ?? null,
    may_requester_approve: effect.mayRequesterApprove,
    priority: effect.priority,
  }
  const id = uuidv7()
  const place =
    effect.queue === null
      ? undefined
      : await placeOf(unit, {
          queue: effect.queue,
          object,
          record,
          priority: effect.priority ?? undefined,
          since: now,
          queuedAt: now,
        })
  const dueAt = effect.dueInMs === null ? null : new Date(now.getTime() + effect.dueInMs)
  const overdueAt = nextOverdue(unit, { steps: effect.overdue, dueAt, done: [] })
  const opened = unit.sql.unsafe(
    `insert into _work_item (id, kind, instance, invocation, token, object, record, title, assignee, candidate_roles, due_at, form, status, created_at,
       candidate_users, candidate_teams, priority, queue, queue_rule, queue_definition, queue_rank, queued_at, overflow_at, units, sticky, overdue_at)
     values ($1::uuid, $2::text, $3::uuid, $4::text, $1::uuid, $5::text, $6::uuid, $7::jsonb, $8::uuid, $9::text[], $10::timestamptz, $11::jsonb, 'open', $12::timestamptz,
       $13::uuid[], $14::uuid[], $15::int, $16::text, $17::text, $18::text, $19::double precision, $20::timestamptz, $21::timestamptz, $22::int, $23::text, $24::timestamptz)`,
    [
      id,
      effect.actor,
      instance.id,
      effect.invocation,
      object.name,
      instance.record,
      (effect.title ?? null) as never,
      effect.assignee,
      place?.candidate_roles ?? (effect.candidateRole === null ? [] : [effect.candidateRole]),
      dueAt?.toISOString() ?? null,
      form as never,
      now.toISOString(),
      place?.candidate_users ?? [],
      place?.candidate_teams ?? [],
      place?.priority ?? Math.round(effect.priority ?? 0),
      place?.queue ?? null,
      place?.queue_rule ?? '',
      place?.queue_definition ?? null,
      place?.queue_rank ?? null,
      place?.queued_at ?? null,
      place?.overflow_at ?? null,
      place?.units ?? 1,
      place?.sticky ?? null,
      overdueAt?.toISOString() ?? null,
    ] as never[],
    { prepare: true },
  )
  unit.later(opened)
  if (place !== undefined) unit.later(letWait(unit, { id, ...place }))
  if (overdueAt !== undefined) unit.later(wakeWhenOverdue(unit, id, overdueAt))
}

/**
 * Closes the work of an invocation whose state was left, or all of an instance, approvals in levels with their deadlines
 * among it, and logs it; what was done already stays done. Whoever had work of a queue is offered other work. All of it is
 * one statement that nobody waits for.
 */
export function closeWork(unit: UnitOfWork, options: { instance: string; invocation?: string }): void {
  const { instance, invocation } = options
  const closed = unit.sql.unsafe(
    `with over as (update _approval set status = 'closed', ended_at = $3::timestamptz
       where instance = $1::uuid and ($2::text is null or invocation = $2::text) and status = 'running' returning id, level),
     late as (update _timer t set status = 'cancelled' from over a
       where t.instance = $1::uuid and t.status = 'pending' and ${isDeadlineOf} returning t.id),
     closed as (update _work_item set status = 'cancelled', completed_at = $3::timestamptz, version = version + 1
       where instance = $1::uuid and ($2::text is null or invocation = $2::text) and completed_at is null returning id, queue, assignee),
     logged as (insert into _work_event (item, at, by, act) select id, $3::timestamptz, $4::uuid, 'close' from closed)
     select platform.remove_job('${timerKey('')}' || id) is null from late
     union all select platform.add_job(identifier := 'hand_out', payload := jsonb_build_object('person', assignee)) is null
       from closed where queue is not null and assignee is not null`,
    [instance, invocation ?? null, unit.moment.now.toISOString(), unit.principal.userId ?? null],
    { prepare: true },
  )
  unit.later(closed)
}
