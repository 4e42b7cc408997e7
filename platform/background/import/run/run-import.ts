import { TesseraError } from '../../../access/errors.ts'
import type { Principal } from '../../../access/principal.ts'
import type { Scopes } from '../../../access/scopes.ts'
import { enqueue, type Database } from '../../../database/index.ts'
import type { Queryable, Sql } from '../../../database/sql.ts'
import type { Model } from '../../../definitions/model/model.ts'
import type { RecordPorts, WorkOptions } from '../../../records/index.ts'
import type { JobRun } from '../../worker/start-worker.ts'
import { removeOldFiles } from '../file/store.ts'
import { importBatch } from './batch.ts'
import { DryRunMemory } from './dry-run-memory.ts'
import { References } from './references.ts'
import { Statistics } from './statistics.ts'

/** What the worker needs to do the work of a tenant. */
export interface BackgroundParts {
  readonly database: Pick<Database, 'platform' | 'tenant'>
  readonly models: { current(tenant: string): Promise<Model> }
  readonly ports: RecordPorts
  readonly clock: () => Date
  /** The person behind a row of the tenant's object `user`; undefined where it is gone or not active. */
  person(options: { tenant: string; member: string; now: Date }): Promise<Principal | undefined>
}

/** A long import gives way to other jobs from time to time. */
const sliceMs = 20_000

/** Lower than timers and effects. */
export const importJob = { maxAttempts: 5, priority: 10 } as const

/**
 * Carries an import on, batch by batch, to its end, or until it is to give way: then it is queued again. A dry run,
 * whose memory is that of this process, begins anew where it was interrupted.
 */
export async function runImport(parts: BackgroundParts, job: JobRun<'import'>): Promise<void> {
  const { tenant, payload, signal } = job
  const id = payload.import
  const pool = await parts.database.tenant(tenant)
  const begun = await begin(pool, id)
  if (begun === undefined) return
  const references = new References()
  const memory = begun.isDryRun ? new DryRunMemory() : undefined
  const statistics = new Statistics(parts.database, { tenant, table: begun.object })
  const until = performance.now() + sliceMs
  let isCareful = false
  try {
    for (;;) {
      if (signal.aborted || (memory === undefined && performance.now() > until))
        return await queueImport(pool, id)
      const work = await workOf(parts, { tenant, pool, member: begun.by, scopes: begun.scopes })
      const result = await importBatch(work, { id, references, memory, isCareful })
      if (result.isOver) break
      isCareful = result.isCareful
      // What a dry run writes is undone.
      if (memory === undefined) await statistics.batchDone(result.rows)
    }
    await removeOldFiles(pool)
  } catch (error) {
    // Where nothing can change by another try, the import has failed; the last try counts for everything else.
    if (error instanceof TesseraError) return await fail(pool, id, error.message)
    if (job.attempt >= job.attempts)
      await fail(pool, id, 'The system could not carry it on; its operator sees why.')
    throw error
  }
}

/** Adds the job that carries an import on. */
export async function queueImport(sql: Queryable, id: string): Promise<void> {
  await enqueue(sql, { task: 'import', payload: { import: id }, jobKey: `import:${id}`, ...importJob })
}

interface Begun {
  readonly object: string
  readonly isDryRun: boolean
  readonly by: string | undefined
  /** Of the API key that began it. */
  readonly scopes: Scopes | undefined
}

async function begin(pool: Sql, id: string): Promise<Begun | undefined> {
  return pool.begin(async (sql): Promise<Begun | undefined> => {
    const [run] = await sql<
      (Omit<Begun, 'by' | 'scopes'> & { by: string | null; scopes: string[] | null })[]
    >`
      update _import set status = 'running' where id = ${id} and status in ('queued', 'running')
      returning object, by, coalesce((options ->> 'dry_run')::boolean, false) as "isDryRun",
        options -> 'scopes' as scopes`
    if (run === undefined) return undefined
    if (run.isDryRun) {
      await sql`delete from _import_row where import = ${id}`
      await sql`
        update _import set position = '{"chunk": 0}', done = 0, created = 0, updated = 0, failed = 0
        where id = ${id}`
    }
    return { ...run, by: run.by ?? undefined, scopes: run.scopes ?? undefined }
  })
}

/** The work of the person who imports, with the rights that they have at this moment. */
async function workOf(
  { models, ports, clock, person }: BackgroundParts,
  {
    tenant,
    pool,
    member,
    scopes,
  }: { tenant: string; pool: Sql; member: string | undefined; scopes: Scopes | undefined },
): Promise<WorkOptions> {
  const now = clock()
  const owner = member === undefined ? undefined : await person({ tenant, member, now })
  if (owner === undefined)
    throw new TesseraError('forbidden', 'The person who began this import does not work here any more.')
  const principal = scopes === undefined ? owner : { ...owner, scopes }
  return { tenant, model: await models.current(tenant), principal, now, pool, ports }
}

async function fail(pool: Sql, id: string, message: string): Promise<void> {
  await pool`
    update _import set status = 'failed', error = ${message}, finished_at = now()
    where id = ${id} and status in ('queued', 'running')`
}
