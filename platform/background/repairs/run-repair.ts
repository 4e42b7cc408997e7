import { TesseraError } from '../../access/errors.ts'
import { enqueue } from '../../database/index.ts'
import type { Queryable, Sql } from '../../database/sql.ts'
import { actOnInstance, type OperatorAct, type ProcessPorts } from '../../processes/index.ts'
import { writingWork, type UnitOfWork, type WorkOptions } from '../../records/index.ts'
import type { BackgroundParts } from '../import/run/run-import.ts'
import type { JobRun } from '../worker/start-worker.ts'

/** A long repair gives way to other jobs from time to time. */
const sliceMs = 10_000

/** Lower than timers and effects. */
const repairJob = { maxAttempts: 5, priority: 10 } as const

/** Adds the job that carries a repair on. */
export async function queueRepair(sql: Queryable, id: string): Promise<void> {
  await enqueue(sql, { task: 'repair', payload: { repair: id }, jobKey: `repair:${id}`, ...repairJob })
}

interface Begun {
  readonly act: OperatorAct
  readonly by: string
}

/**
 * Carries a repair on to its end, or until it is to give way. Each instance is one transaction, in which its result is
 * noted as well: whoever carries on after an interruption takes up what is still open.
 */
export async function runRepair(
  parts: BackgroundParts,
  { tenant, payload, signal, attempt, attempts }: JobRun<'repair'>,
  ports: ProcessPorts,
): Promise<void> {
  const id = payload.repair
  const pool = await parts.database.tenant(tenant)
  const begun = await begin(pool, id)
  if (begun === undefined) return
  const until = performance.now() + sliceMs
  try {
    for (;;) {
      if (signal.aborted || performance.now() > until) return await queueRepair(pool, id)
      const work = await workOf(parts, { tenant, pool, by: begun.by })
      if (!(await repairNext(work, { id, act: begun.act, ports }))) break
    }
    await pool.unsafe(
      `update _repair set status = 'done', finished_at = $2::timestamptz where id = $1::uuid and status = 'running'`,
      [id, parts.clock().toISOString()],
    )
  } catch (error) {
    if (error instanceof TesseraError) return await fail(pool, id, error.message)
    if (attempt >= attempts) await fail(pool, id, 'The system could not carry it on; its log says why.')
    throw error
  }
}

async function begin(pool: Sql, id: string): Promise<Begun | undefined> {
  const [row] = await pool<Begun[]>`
    update _repair set status = 'running' where id = ${id} and status in ('queued', 'running') returning act, by`
  return row
}

/** The work of the person who repairs, with the rights that they have at this moment. */
async function workOf(
  { models, ports, clock, person }: BackgroundParts,
  { tenant, pool, by }: { tenant: string; pool: Sql; by: string },
): Promise<WorkOptions> {
  const now = clock()
  const principal = await person({ tenant, member: by, now })
  if (principal === undefined)
    throw new TesseraError('forbidden', 'The person who began this repair does not work here any more.')
  return { tenant, model: await models.current(tenant), principal, now, pool, ports }
}

interface Item {
  readonly instance: string
  readonly step: number
}

/** Acts on the next instance that is open, in one transaction with its result. @returns whether there was one */
async function repairNext(
  work: WorkOptions,
  options: { id: string; act: OperatorAct; ports: ProcessPorts },
): Promise<boolean> {
  const { id, act, ports } = options
  let item: Item | undefined
  try {
    await writingWork(work, async (unit) => {
      item = await openItem(unit, id)
      if (item === undefined) return
      await actOnInstance(unit, { ...act, ...item }, ports)
      await note(unit, { id, item, status: 'done' })
    })
  } catch (error) {
    if (!(error instanceof TesseraError) || item === undefined) throw error
    const { code, message: reason } = error
    const refused = item
    await writingWork(work, (unit) => note(unit, { id, item: refused, status: 'refused', code, reason }))
  }
  return item !== undefined
}

/** Nothing where the repair was cancelled meanwhile: its row is locked before an item of it is. */
async function openItem({ sql }: UnitOfWork, id: string): Promise<Item | undefined> {
  const [item] = (await sql.unsafe(
    `select i.instance, i.step from _repair r join _repair_item i on i.repair = r.id and i.status = 'open'
     where r.id = $1::uuid and r.status = 'running' order by i.instance limit 1 for update`,
    [id],
    { prepare: true },
  )) as unknown as Item[]
  return item
}

async function note(
  { sql }: UnitOfWork,
  result: { id: string; item: Item; status: 'done' | 'refused'; code?: string; reason?: string },
): Promise<void> {
  const { id, item, status, code, reason } = result
  await sql.unsafe(
    `with i as (update _repair_item set status = $3::text, code = $4::text, reason = $5::text
       where repair = $1::uuid and instance = $2::uuid and status = 'open' returning repair)
     update _repair r set done = done + 1, refused = refused + case when $3::text = 'refused' then 1 else 0 end
     from i where r.id = i.repair`,
    [id, item.instance, status, code ?? null, reason ?? null],
    { prepare: true },
  )
}

async function fail(pool: Sql, id: string, message: string): Promise<void> {
  await pool`
    update _repair set status = 'failed', error = ${message}, finished_at = now()
    where id = ${id} and status in ('queued', 'running')`
}
