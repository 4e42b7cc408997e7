import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { WorkItemForm } from '../work-items/open.ts'
import { tellPeople, type TellingText } from '../work-items/tell.ts'
import { standingOf, type Course, type Seat } from './course.ts'
import { armDeadline, cancelDeadline } from './deadlines.ts'
import { saveApproval, type ApprovalRow } from './row.ts'

/**
 * Brings the work items of an approval that goes on in line with its course, and stores it: those who are asked now have
 * one, and what the others have is closed. When another level opens, its time begins.
 * @param closing what those are told whose work is closed
 */
export async function askSeats(
  unit: UnitOfWork,
  { row, course, closing }: { row: ApprovalRow; course: Course; closing: TellingText },
): Promise<void> {
  const standing = standingOf(course)
  if (standing.outcome !== undefined)
    throw new Error(`The approval ${row.id} is decided; nobody is to be asked.`)
  const level = course.levels[standing.level]?.name as string
  const due = level === row.level ? row.due_at : await openLevel(unit, { row, level })
  await saveApproval(unit, { id: row.id, status: 'running', course, level, due_at: due })
  const asked = standing.asked.map(({ id }) => id)
  await closeParts(unit, { row, kept: asked, closing })
  const open = await openSeats(unit, row.id)
  const seats = standing.asked.filter(({ id }) => !open.has(id))
  if (seats.length > 0) await openParts(unit, { row, seats, course, due, level: standing.level })
}

/** Leaves the time of the level before, and begins that of the next. Gives when its work is due. */
async function openLevel(
  unit: UnitOfWork,
  { row, level }: { row: ApprovalRow; level: string },
): Promise<string | null> {
  const { instance, id: approval, plan } = row
  if (row.level !== null && plan.levels[row.level]?.deadline !== undefined)
    await cancelDeadline(unit, { instance, approval, level: row.level })
  const deadline = plan.levels[level]?.deadline
  const end =
    deadline === undefined ? plan.dueAt : await armDeadline(unit, { instance, approval, level, deadline })
  return end === null ? null : new Date(end).toISOString()
}

/** Closes the open work of an approval, what was added to it included, and tells who had it. */
export async function closeParts(
  unit: UnitOfWork,
  { row, kept = [], closing }: { row: ApprovalRow; kept?: readonly string[]; closing: TellingText },
): Promise<void> {
  const closed = (await unit.sql.unsafe(
    `with parts as (select id from _work_item where approval = $1::uuid and completed_at is null and seat <> all($2::text[])),
     closed as (update _work_item set status = 'cancelled', completed_at = $3::timestamptz, version = version + 1
       where completed_at is null and (id in (select id from parts) or parent in (select id from parts)) returning id, assignee, delegated_by),
     logged as (insert into _work_event (item, at, by, act) select id, $3::timestamptz, $4::uuid, 'close' from closed)
     select unnest(array[assignee, delegated_by]) as person from closed`,
    [row.id, kept as string[], unit.moment.now.toISOString(), unit.principal.userId ?? null],
    { prepare: true },
  )) as unknown as { person: string | null }[]
  await tellPeople(unit, { text: closing, people: closed.map(({ person }) => person), about: row })
}

async function openSeats(unit: UnitOfWork, approval: string): Promise<ReadonlySet<string>> {
  const rows = await unit.sql.unsafe(
    'select seat from _work_item where approval = $1::uuid and completed_at is null',
    [approval],
    { prepare: true },
  )
  return new Set(rows.map((row) => (row as unknown as { seat: string }).seat))
}

async function openParts(
  unit: UnitOfWork,
  options: { row: ApprovalRow; seats: readonly Seat[]; course: Course; due: string | null; level: number },
): Promise<void> {
  const { row, seats, course, due, level } = options
  const { plan } = row
  const form: WorkItemForm = {
    requested_by: row.requested_by,
    may_requester_approve: plan.mayRequesterApprove,
    roles: plan.levels[course.levels[level]?.name as string]?.roles ?? [],
    returns: {
      requester: plan.returns.toRequester,
      levels: plan.returns.toLevels ? returnableLevels(course, level) : [],
    },
  }
  await unit.sql.unsafe(
    `insert into _work_item (id, kind, instance, invocation, token, object, record, title, assignee, due_at, form, status, created_at, approval, seat)
     select s.id, 'approval', $1::uuid, $2::text, s.id, $3::text, $4::uuid, $5::jsonb, s.person, $6::timestamptz, $7::jsonb, 'open', $8::timestamptz, $9::uuid, s.seat
     from unnest($10::uuid[], $11::uuid[], $12::text[]) as s(id, person, seat)`,
    [
      row.instance,
      row.invocation,
      row.object,
      row.record,
      row.title as never,
      due,
      form as never,
      unit.moment.now.toISOString(),
      row.id,
      seats.map(() => uuidv7()),
      seats.map(({ person }) => person),
      seats.map(({ id }) => id),
    ],
    { prepare: true },
  )
  await tellPeople(unit, { text: 'decide', people: seats.map(({ person }) => person), about: row })
}

/** The levels before one to which it can be returned: those in which people were asked. */
export function returnableLevels({ levels }: Course, before: number): readonly string[] {
  return levels.slice(0, before).flatMap(({ name, seats }) => (seats.length > 0 ? [name] : []))
}
