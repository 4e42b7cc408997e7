import type { Queryable, Transaction } from '../../../database/sql.ts'
import { loadChunk } from '../file/store.ts'
import type { SourceRow } from '../csv/rows.ts'
import type { ImportRequest, ImportStatus } from '../request.ts'
import type { Problem } from '../problems.ts'

/**
 * Where the next batch begins. First the chunks of the file; then the rows that wait for another row of the same
 * file, in rounds, as long as a round gets any of them further; in the last round those that still wait have failed.
 */
export type Position =
  { readonly chunk: number } | { readonly after: number; readonly settled: number; readonly isLast: boolean }

/** The row of an import, locked by the transaction of a batch. */
export interface LockedRun {
  readonly id: string
  readonly file: string | null
  readonly request: ImportRequest
  readonly status: ImportStatus
  readonly position: Position
  readonly by: string | null
}

/** Locks an import, so that no other node works on it; undefined where there is none. */
export async function lockRun(sql: Queryable, id: string): Promise<LockedRun | undefined> {
  const [row] = (await sql.unsafe(
    'select id, file, object, mapping, options, status, position, by from _import where id = $1::uuid for update',
    [id],
    { prepare: true },
  )) as unknown as (Omit<LockedRun, 'request'> & { object: string; mapping: object; options: object })[]
  if (row === undefined) return undefined
  const { object, mapping, options, ...run } = row
  return { ...run, request: { object, mapping, file: run.file, ...options } as unknown as ImportRequest }
}

/** The rows of the next batch, and the position after it; undefined at the end of the import. */
export async function nextBatch(
  sql: Queryable,
  run: LockedRun,
  header: readonly string[],
): Promise<{ rows: readonly SourceRow[]; isLast: boolean; next(settled: number): Position } | undefined> {
  const { position } = run
  if ('chunk' in position) {
    const rows = await loadChunk(sql, { file: run.file as string, number: position.chunk })
    if (rows !== undefined) return { rows, isLast: false, next: () => ({ chunk: position.chunk + 1 }) }
    return nextBatch(sql, { ...run, position: { after: 0, settled: 1, isLast: false } }, header)
  }
  const rows = await waitingRows(sql, { id: run.id, after: position.after, header })
  const last = rows.at(-1)
  if (last !== undefined)
    return {
      rows,
      isLast: position.isLast,
      next: (settled) => ({ ...position, after: last.line, settled: position.settled + settled }),
    }
  const isNone = position.after === 0
  if (isNone || position.isLast) return undefined
  return nextBatch(
    sql,
    { ...run, position: { after: 0, settled: 0, isLast: position.settled === 0 } },
    header,
  )
}

async function waitingRows(
  sql: Queryable,
  { id, after, header }: { id: string; after: number; header: readonly string[] },
): Promise<readonly SourceRow[]> {
  const rows = (await sql.unsafe(
    `select line, source from _import_row where import = $1::uuid and status = 'waiting' and line > $2::int
     order by line limit 200`,
    [id, after],
    { prepare: true },
  )) as unknown as { line: number; source: Record<string, string> }[]
  return rows.map(({ line, source }) => ({ line, cells: header.map((name) => source[name] ?? '') }))
}

/** What became of one row. */
export interface RowOutcome {
  readonly line: number
  readonly outcome: 'created' | 'updated' | 'failed' | 'waiting'
  readonly problems: readonly Problem[]
  readonly source: Readonly<Record<string, string>>
}

/** Stores what became of the rows of a batch, and where the next one begins, in the transaction of the batch. */
export async function saveBatch(
  sql: Queryable | Transaction,
  { id, outcomes, position }: { id: string; outcomes: readonly RowOutcome[]; position: Position },
): Promise<void> {
  const listed = outcomes.filter(({ problems }) => problems.length > 0)
  const rows = listed.map(({ line, outcome, problems, source }) => ({
    line,
    status: outcome === 'failed' || outcome === 'waiting' ? outcome : 'warning',
    problems,
    source,
  }))
  const settled = outcomes.filter(({ outcome, problems }) => outcome !== 'waiting' && problems.length === 0)
  const count = (wanted: RowOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length
  await Promise.all([
    'after' in position &&
      sql.unsafe('delete from _import_row where import = $1::uuid and line = any($2::int[])', [
        id,
        settled.map(({ line }) => line),
      ]),
    rows.length > 0 &&
      sql.unsafe(
        `insert into _import_row (import, line, status, problems, source)
         select $1::uuid, * from jsonb_to_recordset($2::jsonb) as row (line int, status text, problems jsonb, source jsonb)
         on conflict (import, line) do update set status = excluded.status, problems = excluded.problems`,
        [id, rows as never],
        { prepare: true },
      ),
    sql.unsafe(
      `update _import set created = created + $2::int, updated = updated + $3::int, failed = failed + $4::int,
       done = done + $2::int + $3::int + $4::int, position = $5::jsonb where id = $1::uuid`,
      [id, count('created'), count('updated'), count('failed'), position as never],
      { prepare: true },
    ),
  ])
}
