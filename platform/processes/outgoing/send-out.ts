import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import { enqueue } from '../../database/jobs.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { Addressed, OutgoingMessage } from './message.ts'

const largestMessage = 1024 * 1024

/** Whose request it is, for an invocation that waits for the answer; `token` tells one from the next of the same state. */
export interface Waiting {
  readonly instance: string
  readonly invocation: string
  readonly token: string
}

/**
 * Writes down what is to be delivered, in the caller's transaction, with the job that delivers it: it is sent if the
 * transaction commits, and never was if it rolls back. The row's id is the key under which the counterpart knows it.
 * @throws TesseraError event_refused for a message that is too large, or whose connection is no longer declared
 */
export async function sendOut(
  unit: UnitOfWork,
  options: {
    message: OutgoingMessage
    object: string | null
    record: string | null
    /** Whether it waits for those of the record, over the same connection, that were sent before. */
    isOrdered?: boolean
    waiting?: Waiting
  },
): Promise<void> {
  const { message, object, record, isOrdered = false, waiting } = options
  const { kind, ...payload } = message
  const size = Buffer.byteLength(JSON.stringify(payload))
  if (size > largestMessage)
    throw new TesseraError(
      'event_refused',
      `What is to be sent has ${size} bytes; at most ${largestMessage} are possible.`,
    )
  const connection = message.kind === 'request' ? message.connection : null
  if (connection !== null && !unit.model.connections.has(connection))
    throw new TesseraError(
      'event_refused',
      `A request is to be sent over "${connection}", which is no longer declared.`,
    )
  const id = uuidv7()
  const inserted = unit.sql.unsafe(
    `insert into _effect (id, kind, payload, idempotency_key, status, connection, object, record, cause, lane,
       instance, invocation, token, created_at)
     values ($1::uuid, $2::text, $3::jsonb, $1::text, 'waiting', $4::text, $5::text, $6::uuid, $7::jsonb, $8::text,
       $9::uuid, $10::text, $11::uuid, $12::timestamptz)`,
    [
      id,
      kind,
      payload as never,
      connection,
      object,
      record,
      (unit.cause ?? null) as never,
      isOrdered ? `${connection} ${record}` : null,
      waiting?.instance ?? null,
      waiting?.invocation ?? null,
      waiting?.token ?? null,
      unit.moment.now.toISOString(),
    ],
    { prepare: true },
  )
  await Promise.all([inserted, askForDelivery(unit, { id, connection, attempts: 0 })])
}

/** Writes down an e-mail, with the addresses that users have now; none where there is nobody to send it to. */
export async function sendMail(
  unit: UnitOfWork,
  { mail, object, record }: { mail: Addressed; object: string | null; record: string | null },
): Promise<void> {
  const users = [...mail.to, ...mail.cc].filter(isRecordId)
  const known = users.length === 0 ? new Map<string, string>() : await addressesOf(unit, users)
  const addresses = (recipients: readonly string[]) => [
    ...new Set(recipients.flatMap((each) => (isRecordId(each) ? (known.get(each) ?? []) : each))),
  ]
  const [to, cc] = [addresses(mail.to), addresses(mail.cc)]
  if (to.length + cc.length > 0)
    await sendOut(unit, { message: { kind: 'email', ...mail, to, cc }, object, record })
}

/** The job of the next attempt; one for an earlier attempt is stale. */
export function askForDelivery(
  unit: UnitOfWork,
  {
    id,
    connection,
    attempts,
    runAt,
  }: { id: string; connection: string | null; attempts: number; runAt?: string },
): Promise<void> {
  return enqueue(unit.sql, {
    task: 'effect',
    payload: { effect: id, attempt: attempts },
    jobKey: `effect ${id}`,
    queue: queueOf(id, connection),
    priority: 5,
    ...(runAt === undefined ? {} : { runAt }),
  })
}

/** Two at a time for each connection: one that is slow must not keep the others, and timers, waiting. */
function queueOf(id: string, connection: string | null): string {
  const half = Number.parseInt(id.at(-1) ?? '0', 16) % 2
  return `outgoing ${connection ?? 'mail'} ${half}`
}

async function addressesOf(unit: UnitOfWork, users: readonly string[]): Promise<Map<string, string>> {
  const rows = (await unit.sql.unsafe(
    `select id, email from "user" where id = any($1::uuid[]) and is_active and deleted_at is null and email is not null`,
    [users as string[]],
    { prepare: true },
  )) as unknown as { id: string; email: string }[]
  return new Map(rows.map(({ id, email }) => [id, email]))
}
