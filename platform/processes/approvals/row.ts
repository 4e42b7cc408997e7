import { notFound, TesseraError } from '../../access/errors.ts'
import type { ApprovalModel } from '../../definitions/model/approval.ts'
import type { LocalText } from '../../definitions/model/model.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { AskedDeadline } from './asked.ts'
import type { Course } from './course.ts'

export type ApprovalStatus = 'running' | 'approved' | 'rejected' | 'returned' | 'withdrawn' | 'closed'

/** What was settled when an approval began. */
export type ApprovalPlan = Pick<ApprovalModel, 'withdraw' | 'mayTakeBack' | 'returns'> & {
  readonly mayRequesterApprove: boolean
  /** Milliseconds since 1970 at which the items are due that have no deadline of their own. */
  readonly dueAt: number | null
  readonly deadline: AskedDeadline | undefined
  /** By the name of the level. */
  readonly levels: Readonly<
    Record<
      string,
      {
        readonly label: LocalText
        readonly deadline: AskedDeadline | undefined
        /** The roles of which one is needed to take a seat over, where all its seats come from roles. */
        readonly roles: readonly string[]
      }
    >
  >
  readonly copies: readonly {
    readonly at: ApprovalModel['copies'][number]['at']
    readonly people: readonly string[]
  }[]
}

export interface ApprovalRow {
  readonly id: string
  readonly instance: string
  readonly invocation: string
  readonly object: string
  readonly record: string
  readonly title: LocalText
  readonly requested_by: string | null
  readonly status: ApprovalStatus
  readonly plan: ApprovalPlan
  readonly course: Course
  readonly level: string | null
  readonly due_at: string | null
  readonly started_at: string
  readonly ended_at: string | null
}

export const approvalColumns =
  'id, instance, invocation, object, record, title, requested_by, status, plan, course, level, due_at, started_at, ended_at'

/** @throws TesseraError not_found */
export async function readApproval(unit: UnitOfWork, id: string): Promise<ApprovalRow> {
  const [row] = isRecordId(id)
    ? ((await unit.sql.unsafe(`select ${approvalColumns} from _approval where id = $1::uuid`, [id], {
        prepare: true,
      })) as unknown as ApprovalRow[])
    : []
  if (row === undefined) throw notFound('approval', id)
  return row
}

/**
 * The approval as it is now that its record is locked.
 * @throws TesseraError conflict where it is over
 */
export async function runningApproval(unit: UnitOfWork, id: string): Promise<ApprovalRow> {
  const row = await readApproval(unit, id)
  if (row.status !== 'running')
    throw new TesseraError('conflict', `This approval is over: ${row.status}.`, {
      members: { status: row.status },
    })
  return row
}

export async function insertApproval(unit: UnitOfWork, row: ApprovalRow): Promise<void> {
  await unit.sql.unsafe(
    `insert into _approval (${approvalColumns}) values ($1::uuid, $2::uuid, $3::text, $4::text, $5::uuid, $6::jsonb,
       $7::uuid, $8::text, $9::jsonb, $10::jsonb, $11::text, $12::timestamptz, $13::timestamptz, $14::timestamptz)`,
    [
      row.id,
      row.instance,
      row.invocation,
      row.object,
      row.record,
      row.title as never,
      row.requested_by,
      row.status,
      row.plan as never,
      row.course as never,
      row.level,
      row.due_at,
      row.started_at,
      row.ended_at,
    ],
    { prepare: true },
  )
}

/** Stores where an approval stands; its record is locked. */
export async function saveApproval(
  unit: UnitOfWork,
  row: Pick<ApprovalRow, 'id' | 'status' | 'course' | 'level' | 'due_at'>,
): Promise<void> {
  await unit.sql.unsafe(
    `update _approval set status = $2::text, course = $3::jsonb, level = $4::text, due_at = $5::timestamptz,
       ended_at = case when $2::text = 'running' then null else $6::timestamptz end where id = $1::uuid`,
    [row.id, row.status, row.course as never, row.level, row.due_at, unit.moment.now.toISOString()],
    { prepare: true },
  )
}
