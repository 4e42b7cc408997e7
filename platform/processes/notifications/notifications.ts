import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

export interface Notification {
  readonly id: string
  readonly text: string
  readonly object: string | null
  readonly record: string | null
  readonly at: string
  readonly read: boolean
}

export async function insertNotification(
  unit: UnitOfWork,
  options: { user: string; text: string; object: string | null; record: string | null },
): Promise<void> {
  await unit.sql.unsafe(
    `insert into _notification (id, recipient, text, object, record, created_at)
     values ($1::uuid, $2::uuid, $3::text, $4::text, $5::uuid, $6::timestamptz)`,
    [uuidv7(), options.user, options.text, options.object, options.record, unit.moment.now.toISOString()],
    { prepare: true },
  )
}

/** The newest notifications of the person, and how many of all are unread. */
export async function listNotifications(
  unit: UnitOfWork,
): Promise<{ items: readonly Notification[]; unread: number }> {
  const me = unit.principal.userId ?? null
  const rows = (await unit.sql.unsafe(
    `select id, text, object, record, created_at as at, read_at is not null as read
     from _notification where recipient = $1::uuid order by id desc limit 50`,
    [me],
    { prepare: true },
  )) as unknown as Notification[]
  const [count] = await unit.sql.unsafe(
    'select count(*)::int as unread from _notification where recipient = $1::uuid and read_at is null',
    [me],
    { prepare: true },
  )
  return { items: [...rows], unread: (count as unknown as { unread: number }).unread }
}

/** Marks notifications of the person as read; all of them without ids. */
export async function readNotifications(unit: UnitOfWork, ids?: readonly string[]): Promise<void> {
  await unit.sql.unsafe(
    `update _notification set read_at = $2::timestamptz
     where recipient = $1::uuid and read_at is null and ($3::uuid[] is null or id = any($3::uuid[]))`,
    [unit.principal.userId ?? null, unit.moment.now.toISOString(), (ids as string[] | undefined) ?? null],
    { prepare: true },
  )
}
