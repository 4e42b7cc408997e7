import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { standingIn } from './substitutes.ts'

/** The first two parameters of a statement that begins with `workItemSelect`: who asks, and when. */
export function askedBy(unit: UnitOfWork): readonly [string | null, string] {
  return [unit.principal.userId ?? null, unit.moment.now.toISOString()]
}

const columns =
  `w.id, w.kind, w.instance, w.invocation, w.object, w.record, w.title, w.assignee, w.candidate_roles, w.candidate_users, ` +
  `w.candidate_teams, w.queue, w.queue_rule, w.units, w.overdue_at, w.overdue_done, w.due_at, w.priority, w.form, w.status, ` +
  `w.delegated_by, w.parent, w.place, w.added_by, w.approval, w.seat, w.outcome, w.result, w.claimed_at, w.created_at, w.version, ` +
  `i.process, i.definition`

const tables = 'from _work_item w join _instance i on i.id = w.instance'

/** $1 is who asks, $2 when; see askedBy. */
export const workItemSelect =
  `with recursive ${standingIn} select ${columns}, u.name as assignee_name, d.name as delegated_by_name, ` +
  `coalesce(w.assignee in (select person from stood_for), false) as is_substitute, ` +
  `coalesce(w.delegated_by in (select person from stood_for), false) as is_substitute_of_delegator, ` +
  `w.assignee is not null and exists (with recursive line(id) as (select m.manager from "user" m where m.id = w.assignee ` +
  `union select m.manager from "user" m join line on m.id = line.id) select 1 from line where line.id = $1::uuid and w.assignee <> $1::uuid) as is_superior, ` +
  `(select jsonb_agg(jsonb_build_object('id', c.id, 'place', c.place, 'status', c.status, ` +
  `'person', jsonb_build_object('id', c.assignee, 'name', cu.name)) order by c.id) ` +
  `from _work_item c left join "user" cu on cu.id = c.assignee where c.parent = w.id and c.status <> 'cancelled') as added ` +
  `${tables} left join "user" u on u.id = w.assignee left join "user" d on d.id = w.delegated_by`

/**
 * The same at a third of the cost, for work that nobody has or that the asking person ($1) has alone: then there are no
 * others to be named, to be stood in for or to be above. `is_alone` says whether it is so.
 */
export const aloneItemSelect =
  `select ${columns}, null as assignee_name, null as delegated_by_name, false as is_substitute, ` +
  `false as is_substitute_of_delegator, false as is_superior, null as added, ` +
  `coalesce(w.assignee, $1::uuid) is not distinct from $1::uuid and w.delegated_by is null ` +
  `and not exists (select 1 from _work_item c where c.parent = w.id) as is_alone ${tables}`
