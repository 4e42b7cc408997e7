import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { Effect } from '../steps/effects.ts'
import type { Instance } from '../steps/instance.ts'

/** What a work item keeps of its invocation, beside its columns. */
export interface WorkItemForm {
  readonly requested_by: string | null
  readonly may_requester_approve: boolean
}

/** Opens the work item of an invoked task or approval. */
export async function openWork(
  unit: UnitOfWork,
  options: {
    effect: Extract<Effect, { kind: 'open_work' }>
    instance: Pick<Instance, 'id' | 'process' | 'record'>
    object: string
  },
): Promise<void> {
  const { effect, instance, object } = options
  const now = unit.moment.now
  const form: WorkItemForm = {
    requested_by: unit.principal.userId ?? null,
    may_requester_approve: effect.mayRequesterApprove,
  }
  const id = uuidv7()
  await unit.sql.unsafe(
    `insert into _work_item (id, kind, instance, invocation, token, object, record, title, assignee, candidate_roles, due_at, form, status, created_at)
     values ($1::uuid, $2::text, $3::uuid, $4::text, $1::uuid, $5::text, $6::uuid, $7::jsonb, $8::uuid, $9::text[], $10::timestamptz, $11::jsonb, 'open', $12::timestamptz)`,
    [
      id,
      effect.actor,
      instance.id,
      effect.invocation,
      object,
      instance.record,
      (effect.title ?? null) as never,
      effect.assignee,
      effect.candidateRole === null ? [] : [effect.candidateRole],
      effect.dueInMs === null ? null : new Date(now.getTime() + effect.dueInMs).toISOString(),
      form as never,
      now.toISOString(),
    ],
    { prepare: true },
  )
}

/**
 * Closes the work of an invocation whose state was left, or all of an instance, and logs it; what was done already stays
 * done.
 */
export async function closeWork(
  unit: UnitOfWork,
  options: { instance: string; invocation?: string },
): Promise<void> {
  await unit.sql.unsafe(
    `with closed as (update _work_item set status = 'cancelled', completed_at = $3::timestamptz, version = version + 1
       where instance = $1::uuid and ($2::text is null or invocation = $2::text) and completed_at is null returning id)
     insert into _work_event (item, at, by, act) select id, $3::timestamptz, $4::uuid, 'close' from closed`,
    [
      options.instance,
      options.invocation ?? null,
      unit.moment.now.toISOString(),
      unit.principal.userId ?? null,
    ],
    { prepare: true },
  )
}
