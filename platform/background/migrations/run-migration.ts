import { TesseraError } from '../../access/errors.ts'
import { enqueue } from '../../database/index.ts'
import type { Queryable } from '../../database/sql.ts'
import type { ProcessModel } from '../../definitions/model/model.ts'
import { migrateInstance, type ProcessPorts } from '../../processes/index.ts'
import { writingWork, type UnitOfWork, type WorkOptions } from '../../records/index.ts'

/** A long migration gives way to other jobs from time to time. */
const sliceMs = 10_000

const batch = 200

interface Migration {
  readonly id: string
  readonly process: ProcessModel
}

/**
 * Takes over what lives on earlier versions of a process, to the end or until it is to give way. Each instance is one
 * transaction, in which it is counted as well: whoever carries on after an interruption finds what is left by itself.
 */
export async function runMigration(
  work: () => Promise<WorkOptions>,
  { migration: id, signal }: { migration: string; signal: AbortSignal },
  ports: ProcessPorts = {},
): Promise<void> {
  const begun = await begin(await work(), id)
  if (begun === undefined) return
  const until = performance.now() + sliceMs
  for (;;) {
    const options = await work()
    const ids = await nextInstances(options, begun)
    if (ids.length === 0) break
    for (const instance of ids) {
      if (signal.aborted || performance.now() > until) return queueMigration(options.pool, id)
      if (!(await takeOver(options, { ...begun, instance, ports }))) return
    }
  }
  const { pool, now } = await work()
  await pool.unsafe(
    `update _process_migration set status = 'done', finished_at = $2::timestamptz where id = $1::uuid and status = 'running'`,
    [id, now.toISOString()],
  )
}

/** The migration, if it still counts: its version is the published one. */
async function begin({ pool, model }: WorkOptions, id: string): Promise<Migration | undefined> {
  const [row] = (await pool.unsafe(
    `update _process_migration set status = 'running' where id = $1::uuid and status in ('waiting', 'running')
     returning process, definition`,
    [id],
  )) as unknown as { process: string; definition: string }[]
  const process = model.processes.get(row?.process ?? '')
  if (row === undefined || process?.migration === undefined || process.hash !== row.definition)
    return undefined
  return { id, process }
}

async function nextInstances({ pool }: WorkOptions, { id, process }: Migration): Promise<readonly string[]> {
  const rows = (await pool.unsafe(
    `select i.id from _instance i where i.process = $1::text and i.definition <> $2::text and i.status = 'active'
       and not exists (select 1 from _process_migration_refusal r where r.migration = $3::uuid and r.instance = i.id)
     order by i.id limit ${batch}`,
    [process.name, process.hash, id],
  )) as unknown as { id: string }[]
  return rows.map((row) => row.id)
}

/** @returns false where another version was published meanwhile */
async function takeOver(
  work: WorkOptions,
  { id, process, instance, ports }: Migration & { instance: string; ports: ProcessPorts },
): Promise<boolean> {
  try {
    return await writingWork(work, async (unit) => {
      if (!(await stillCounts(unit, id))) return false
      await migrateInstance(unit, { id: instance, process, ports })
      await count(unit, { id, column: 'moved' })
      return true
    })
  } catch (error) {
    if (!(error instanceof TesseraError)) throw error
    const { code, message } = error
    return writingWork(work, async (unit) => {
      await unit.sql.unsafe(
        `insert into _process_migration_refusal (migration, instance, code, reason, at)
         values ($1::uuid, $2::uuid, $3::text, $4::text, $5::timestamptz)`,
        [id, instance, code, message, unit.moment.now.toISOString()],
      )
      await count(unit, { id, column: 'refused' })
      return true
    })
  }
}

/** Locked, so that a publish that overtakes it waits for the instance under way. */
async function stillCounts({ sql }: UnitOfWork, id: string): Promise<boolean> {
  const rows = await sql.unsafe(
    `select 1 from _process_migration where id = $1::uuid and status = 'running' for share`,
    [id],
    { prepare: true },
  )
  return rows.length > 0
}

async function count(
  { sql }: UnitOfWork,
  { id, column }: { id: string; column: 'moved' | 'refused' },
): Promise<void> {
  await sql.unsafe(`update _process_migration set ${column} = ${column} + 1 where id = $1::uuid`, [id], {
    prepare: true,
  })
}

/** Adds the job that carries a migration on. */
async function queueMigration(sql: Queryable, id: string): Promise<void> {
  await enqueue(sql, { task: 'migrate', payload: { migration: id }, maxAttempts: 5, priority: 10 })
}
