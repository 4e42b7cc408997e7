import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { changeItem, logAct } from './change.ts'
import { itemFor, seenItem } from './find.ts'
import { nextOverdue, overdueStepsOf, wakeWhenOverdue } from './overdue/steps.ts'
import type { WorkPerson } from './work-item.ts'

/** One act on a work item, as people see it. */
export interface WorkLogEntry {
  readonly id: string
  readonly at: string
  /** Null where the process itself acted. */
  readonly by: WorkPerson | null
  readonly on_behalf_of: WorkPerson | null
  readonly act: string
  readonly from: WorkPerson | null
  readonly to: WorkPerson | null
  readonly comment: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
}

/**
 * Every act on a work item and on the parts that were added to it, in order, for whoever may see it.
 * @throws TesseraError not_found
 */
export async function listWorkLog(unit: UnitOfWork, id: string): Promise<readonly WorkLogEntry[]> {
  const item = await seenItem(unit, id)
  const person = (column: string, alias: string) =>
    `case when ${column} is null then null else jsonb_build_object('id', ${column}, 'name', ${alias}.name) end`
  const rows = (await unit.sql.unsafe(
    `select e.id::text as id, e.at, ${person('e.by', 'b')} as by, ${person('e.on_behalf_of', 'o')} as on_behalf_of, e.act,
       ${person('e.from_user', 'f')} as "from", ${person('e.to_user', 't')} as "to", e.comment, e.detail
     from _work_event e left join "user" b on b.id = e.by left join "user" o on o.id = e.on_behalf_of
       left join "user" f on f.id = e.from_user left join "user" t on t.id = e.to_user
     where e.item in (select w.id from _work_item w where w.id = $1::uuid or w.parent = $1::uuid) order by e.id limit 500`,
    [item.parent ?? item.id],
    { prepare: true },
  )) as unknown as WorkLogEntry[]
  return [...rows]
}

/**
 * Writes a comment into the log of open work.
 * @throws TesseraError not_found, conflict where the work is done
 */
export async function commentWorkItem(
  unit: UnitOfWork,
  { id, comment }: { id: string; comment: string },
): Promise<void> {
  const item = await itemFor(unit, id, 'comment')
  await logAct(unit, item, { act: 'comment', comment })
}

/**
 * Sets another time by which the work is to be done: administrators, and those above the assignee in the reporting line.
 * @param due null for none
 * @throws TesseraError not_found, conflict for everybody else
 */
export async function changeDueTime(
  unit: UnitOfWork,
  { id, due, comment }: { id: string; due: Date | null; comment?: string | undefined },
): Promise<void> {
  const item = await itemFor(unit, id, 'change_due')
  const dueAt = due?.toISOString() ?? null
  const steps = await overdueStepsOf(unit, item)
  const overdueAt = nextOverdue(unit, { steps, dueAt: due, done: item.overdue_done })
  await changeItem(unit, {
    item,
    set: { due_at: dueAt, overdue_at: overdueAt?.toISOString() ?? null },
    event: { act: 'change_due', comment, detail: { due_at: [item.due_at, dueAt] } },
  })
  // The job of the time before finds that nothing is to be done yet.
  if (overdueAt !== undefined) await wakeWhenOverdue(unit, id, overdueAt)
}
