import type { LevelRule } from '../../definitions/model/approval.ts'
import type { LocalText } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { WorkPerson } from '../work-items/work-item.ts'
import { approvalActs, type ApprovalAct } from './acts.ts'
import { effectiveVote, levelOutcome, standingOf, type Level, type Seat } from './course.ts'
import { returnableLevels } from './parts.ts'
import { approvalColumns, type ApprovalRow, type ApprovalStatus } from './row.ts'

/** A seat of a level: who is asked now, comes later, has spoken, or is not asked any more. */
export interface SeatView {
  readonly person: WorkPerson
  readonly weight: number
  readonly status: 'asked' | 'ahead' | 'approved' | 'rejected' | 'closed'
  /** Who spoke, where that is somebody else: a substitute, or the person himself at an earlier level. */
  readonly by: WorkPerson | null
  readonly comment: string | null
  readonly at: string | null
}

export interface LevelView {
  readonly name: string
  readonly label: LocalText
  readonly rule: LevelRule
  readonly in_turn: boolean
  readonly status: 'approved' | 'rejected' | 'open' | 'ahead' | 'closed'
  /** Why it is decided without votes. */
  readonly because: 'nobody' | 'repeated' | 'deadline' | null
  readonly due_at: string | null
  readonly seats: readonly SeatView[]
}

/** An approval in levels as people see it. */
export interface ApprovalView {
  readonly id: string
  readonly title: LocalText
  readonly status: ApprovalStatus
  readonly requested_by: WorkPerson | null
  readonly started_at: string
  readonly ended_at: string | null
  readonly levels: readonly LevelView[]
  readonly copies: readonly WorkPerson[]
  /** To whom an approver may return it now. */
  readonly returns: {
    readonly requester: boolean
    readonly levels: readonly { readonly name: string; readonly label: LocalText }[]
  }
  /** What the asking person may do with the whole. */
  readonly can: readonly ApprovalAct[]
}

/** Approvals by id. */
export async function approvalViews(
  unit: UnitOfWork,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ApprovalView>> {
  const views = await present(unit, await rowsWhere(unit, 'id = any($1::uuid[])', [ids]))
  return new Map(views.map((view) => [view.id, view]))
}

/** The approvals of a record, the newest first; the caller has found the record readable. */
export async function listApprovals(
  unit: UnitOfWork,
  { object, record }: { object: string; record: string },
): Promise<readonly ApprovalView[]> {
  const where = 'object = $1::text and record = $2::uuid order by started_at desc, id desc limit 10'
  return present(unit, await rowsWhere(unit, where, [object, record]))
}

async function rowsWhere(
  unit: UnitOfWork,
  condition: string,
  values: readonly unknown[],
): Promise<readonly ApprovalRow[]> {
  return (await unit.sql.unsafe(
    `select ${approvalColumns} from _approval where ${condition}`,
    values as never[],
    { prepare: true },
  )) as unknown as ApprovalRow[]
}

async function present(unit: UnitOfWork, rows: readonly ApprovalRow[]): Promise<readonly ApprovalView[]> {
  if (rows.length === 0) return []
  const holders = await holdersOf(unit, rows)
  const names = await namesOf(unit, rows, holders)
  const personOf = (id: string): WorkPerson => ({ id, name: names.get(id) ?? null })
  return rows.map((row) => {
    const { plan, course } = row
    const standing = standingOf(course)
    const isRunning = row.status === 'running'
    return {
      id: row.id,
      title: row.title,
      status: row.status,
      requested_by: row.requested_by === null ? null : personOf(row.requested_by),
      started_at: row.started_at,
      ended_at: row.ended_at,
      levels: course.levels.map((level, at) => presentLevel(row, { level, at, personOf, holders })),
      copies: [...new Set(plan.copies.flatMap(({ people }) => people))].map(personOf),
      returns: {
        requester: isRunning && plan.returns.toRequester,
        levels: (isRunning && plan.returns.toLevels ? returnableLevels(course, standing.level) : []).map(
          (name) => ({ name, label: plan.levels[name]?.label ?? name }),
        ),
      },
      can: approvalActs(unit, row),
    }
  })
}

interface Shown {
  readonly level: Level
  readonly at: number
  personOf(id: string): WorkPerson
  /** Who has the open work of a seat, by its id. */
  readonly holders: ReadonlyMap<string, string>
}

function presentLevel(row: ApprovalRow, shown: Shown): LevelView {
  const { level, at } = shown
  const { course, plan } = row
  const outcome = levelOutcome(course, at)
  const isOpen = row.status === 'running' && row.level === level.name
  const isAhead = row.status === 'running' && outcome === undefined
  return {
    name: level.name,
    label: plan.levels[level.name]?.label ?? level.name,
    rule: level.rule,
    in_turn: level.isInTurn,
    status: isOpen ? 'open' : (outcome ?? (isAhead ? 'ahead' : 'closed')),
    because: level.settled?.because ?? null,
    due_at: isOpen ? row.due_at : null,
    seats: level.seats.map((seat) => presentSeat(row, { ...shown, seat, isLeft: isOpen || isAhead })),
  }
}

function presentSeat(
  { id, course }: ApprovalRow,
  { seat, at, personOf, holders, isLeft }: Shown & { seat: Seat; isLeft: boolean },
): SeatView {
  const vote = effectiveVote(course, { level: at, seat })
  const holder = holders.get(`${id} ${seat.id}`)
  const person = personOf(holder ?? seat.person)
  if (vote !== null)
    return {
      person,
      weight: seat.weight,
      status: vote.outcome,
      by: vote.by === seat.person ? null : personOf(vote.by),
      comment: vote.comment,
      at: vote.at,
    }
  const status = holder !== undefined ? 'asked' : isLeft ? 'ahead' : 'closed'
  return { person, weight: seat.weight, status, by: null, comment: null, at: null }
}

/** Who has the open work of each seat now: it may have been passed on. */
async function holdersOf(
  unit: UnitOfWork,
  rows: readonly ApprovalRow[],
): Promise<ReadonlyMap<string, string>> {
  const running = rows.filter(({ status }) => status === 'running').map(({ id }) => id)
  if (running.length === 0) return new Map()
  const items = (await unit.sql.unsafe(
    `select approval, seat, coalesce(delegated_by, assignee) as holder from _work_item
     where approval = any($1::uuid[]) and completed_at is null`,
    [running],
    { prepare: true },
  )) as unknown as { approval: string; seat: string; holder: string }[]
  return new Map(items.map(({ approval, seat, holder }) => [`${approval} ${seat}`, holder]))
}

async function namesOf(
  unit: UnitOfWork,
  rows: readonly ApprovalRow[],
  holders: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string | null>> {
  const seats = rows.flatMap(({ course }) => course.levels.flatMap((level) => level.seats))
  const ids = new Set([
    ...rows.flatMap((row) => row.requested_by ?? []),
    ...rows.flatMap(({ plan }) => plan.copies.flatMap(({ people }) => people)),
    ...seats.flatMap(({ person, vote }) => [person, ...(vote === null ? [] : [vote.by])]),
    ...holders.values(),
  ])
  const people = (await unit.sql.unsafe(
    'select id, name from "user" where id = any($1::uuid[])',
    [[...ids]],
    { prepare: true },
  )) as unknown as { id: string; name: string | null }[]
  return new Map(people.map(({ id, name }) => [id, name]))
}
