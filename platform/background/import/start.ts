import { v7 as uuidv7 } from 'uuid'
import { audit } from '../../audit/index.ts'
import { readingWork, writingWork, type WorkOptions } from '../../records/index.ts'
import { loadFile } from './file/store.ts'
import { planImport } from './plan/plan.ts'
import type { ImportRequest } from './request.ts'
import { queueImport } from './run/run-import.ts'

/**
 * Begins an import: checks that it is possible as asked and hands it to the worker.
 * @returns the id under which its progress and its problems are found
 * @throws TesseraError forbidden, not_found (object or file), validation with the columns that cannot be imported so
 */
export async function startImport(work: WorkOptions, request: ImportRequest): Promise<{ id: string }> {
  const reading = readingWork(work)
  const by = work.principal.userId
  const file = await loadFile(reading.sql, { id: request.file, by })
  planImport(reading, { file, request })
  const id = uuidv7()
  const { file: _, object, mapping, ...options } = request
  // The worker reaches no further than the key that began it.
  const { scopes } = work.principal
  const kept = scopes === undefined ? options : { ...options, scopes }
  await writingWork(work, async (unit) => {
    const { sql } = unit
    await sql.unsafe(
      `insert into _import (id, file, object, file_name, mapping, options, status, total, position, by)
       values ($1::uuid, $2::uuid, $3::text, $4::text, $5::jsonb, $6::jsonb, 'queued', $7::int, '{"chunk": 0}', $8::uuid)`,
      [id, file.id, object, file.fileName, mapping as never, kept as never, file.rows, by ?? null],
    )
    await queueImport(sql, id)
    await audit(unit, {
      action: 'import',
      subject: { object },
      detail: { import: id, file: file.fileName, rows: file.rows },
    })
  })
  return { id }
}
