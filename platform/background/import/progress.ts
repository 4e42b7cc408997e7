import { TesseraError } from '../../access/errors.ts'
import { checkScope, objectsInScope } from '../../access/scopes.ts'
import {
  isRecordId,
  readingWork,
  writingWork,
  type UnitOfWork,
  type WorkOptions,
} from '../../records/index.ts'
import type { ImportProgress } from './request.ts'

const columns = `id, object, file_name, status, coalesce((options ->> 'dry_run')::boolean, false) as dry_run,
  total, done, created, updated, failed, error, started_at, finished_at`

/**
 * How far an import is.
 * @throws TesseraError not_found where it is unknown or somebody else's; administrators see all
 */
export async function importStatus(work: WorkOptions, id: string): Promise<ImportProgress> {
  const unit = readingWork(work)
  const [row] = isRecordId(id) ? await select(unit, 'id = $4::uuid', [id]) : []
  if (row === undefined) throw notFound(id)
  return row
}

/** The latest imports that one may see, newest first. */
export async function listImports(work: WorkOptions): Promise<readonly ImportProgress[]> {
  return select(readingWork(work), 'true', [])
}

/**
 * Stops an import after the batch that is under way; what was imported stays. One that has ended stays as it is.
 * @throws TesseraError not_found as importStatus does
 */
export async function cancelImport(work: WorkOptions, id: string): Promise<ImportProgress> {
  const { object } = await importStatus(work, id)
  checkScope(work.model, work.principal.scopes, { object, action: 'write' })
  await writingWork(work, ({ sql }) =>
    sql.unsafe(
      `update _import set status = 'cancelled', finished_at = now()
       where id = $1::uuid and status in ('queued', 'running')`,
      [id],
    ),
  )
  return importStatus(work, id)
}

/** A file holds what its owner uploaded, not what others may see: imports are shown to their owner. */
async function select(unit: UnitOfWork, condition: string, values: string[]): Promise<ImportProgress[]> {
  const within = objectsInScope(unit.model, unit.principal.scopes) ?? null
  return (await unit.sql.unsafe(
    `select ${columns} from _import where ($1::boolean or by = $2::uuid) and ($3::text[] is null or object = any($3::text[])) and ${condition}
     order by id desc limit 100`,
    [
      unit.rights.features.has('administer'),
      unit.principal.userId ?? null,
      within as string[] | null,
      ...values,
    ],
  )) as unknown as ImportProgress[]
}

function notFound(id: string): TesseraError {
  return new TesseraError('not_found', `There is no import ${id}, or you may not see it.`)
}
