import { enqueue } from '../../database/jobs.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { InvocationError } from '../machine/compiled-machine.ts'
import type { InvocationInput } from '../steps/effects.ts'

/** How an invocation came to its end: what its process hears of it. */
export type InvocationResult =
  { readonly output: Readonly<Record<string, unknown>> } | { readonly error: InvocationError }

export interface InvocationRow {
  /** Its token. */
  readonly id: string
  readonly instance: string
  readonly invocation: string
  readonly actor: string
  readonly child: string | null
  readonly input: InvocationInput | null
  readonly status: 'open' | 'ended' | 'done' | 'failed' | 'closed'
}

const columns = 'id, instance, invocation, actor, child, input, status'

export async function insertInvocation(
  unit: UnitOfWork,
  row: {
    id: string
    instance: string
    invocation: string
    actor: string
    child: string | undefined
    input: InvocationInput
  },
): Promise<void> {
  const { id, instance, invocation, actor, child, input } = row
  await unit.sql.unsafe(
    `insert into _invocation (id, instance, invocation, actor, child, object, record, input, status, created_at)
     values ($1::uuid, $2::uuid, $3::text, $4::text, $5::uuid, $6::text, $7::uuid, $8::jsonb, 'open', $9::timestamptz)`,
    [
      ...[id, instance, invocation, actor, child ?? null],
      ...[input.target?.object ?? null, input.target?.id ?? null, input as never],
      unit.moment.now.toISOString(),
    ],
    { prepare: true },
  )
}

export async function readInvocation(unit: UnitOfWork, id: string): Promise<InvocationRow | undefined> {
  const [row] = (await unit.sql.unsafe(`select ${columns} from _invocation where id = $1::uuid`, [id], {
    prepare: true,
  })) as unknown as InvocationRow[]
  return row
}

/**
 * Brings an invocation to its end; false where it has come to one already or its state was left.
 * @param token the invocation's id
 */
export async function endInvocation(
  unit: UnitOfWork,
  token: string,
  result: InvocationResult,
): Promise<boolean> {
  const rows = await unit.sql.unsafe(
    `update _invocation set status = 'ended', result = $2::jsonb, ended_at = $3::timestamptz
     where id = $1::uuid and status = 'open' returning id`,
    [token, result as never, unit.moment.now.toISOString()],
    { prepare: true },
  )
  return rows.length > 0
}

/** The same, where the process has another record: it hears of it by a job, since its record is not locked here. */
export async function endInvocationElsewhere(
  unit: UnitOfWork,
  token: string,
  result: InvocationResult,
): Promise<void> {
  if (await endInvocation(unit, token, result))
    await enqueue(unit.sql, { task: 'invocation', payload: { invocation: token } })
}

/** Takes the result of an ended invocation to its process, once. The process's record is locked. */
export async function takeResult(
  unit: UnitOfWork,
  token: string,
): Promise<(Pick<InvocationRow, 'instance' | 'invocation'> & { result: InvocationResult }) | undefined> {
  const [row] = (await unit.sql.unsafe(
    `update _invocation set status = case when result ? 'error' then 'failed' else 'done' end
     where id = $1::uuid and status = 'ended' returning instance, invocation, result`,
    [token],
    { prepare: true },
  )) as unknown as { instance: string; invocation: string; result: InvocationResult }[]
  return row
}

/** The invocations that wait for the end of a process. */
export async function waitingForEnd(unit: UnitOfWork, child: string): Promise<readonly string[]> {
  const rows = (await unit.sql.unsafe(
    `select id from _invocation where child = $1::uuid and status = 'open' order by id`,
    [child],
    { prepare: true },
  )) as unknown as { id: string }[]
  return rows.map(({ id }) => id)
}
