import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../../access/errors.ts'
import type { Queryable } from '../../../database/sql.ts'
import { isRecordId } from '../../../records/index.ts'
import type { SourceRow } from '../csv/rows.ts'
import type { FileColumn } from './columns.ts'

/** What is known of an uploaded file beside its rows. */
export interface StoredFile {
  readonly id: string
  readonly fileName: string
  readonly encoding: string
  readonly delimiter: string
  readonly columns: readonly FileColumn[]
  readonly rows: number
  readonly by: string | undefined
}

/** Files are kept so long after they came or were imported last, for another try with a better mapping. */
const retentionDays = 7

/** Rows of one transaction of an import, and the most characters of them. */
export const chunkRows = 200
const chunkCharacters = 1 << 20

/** Puts rows into the database, a chunk at a time; the last one by `finish`. */
export class ChunkWriter {
  readonly id = uuidv7()
  #rows: SourceRow[] = []
  #characters = 0
  #number = 0
  readonly #chunks: { number: number; rows: string }[] = []
  rows = 0

  add(row: SourceRow): void {
    this.#rows.push(row)
    this.rows += 1
    for (const cell of row.cells) this.#characters += cell.length
    if (this.#rows.length >= chunkRows || this.#characters >= chunkCharacters) this.#close()
  }

  /** Writes the file and all its chunks. */
  async finish(sql: Queryable, file: Omit<StoredFile, 'id' | 'rows'>): Promise<StoredFile> {
    this.#close()
    const { fileName, encoding, delimiter, columns, by } = file
    await sql.unsafe(
      'insert into _import_file (id, file_name, encoding, delimiter, columns, rows, by) ' +
        'values ($1::uuid, $2::text, $3::text, $4::text, $5::jsonb, $6::int, $7::uuid)',
      [this.id, fileName, encoding, delimiter, columns as never, this.rows, by ?? null],
    )
    // Some chunks a statement: a whole file of 50 MiB in one would double the memory.
    for (let at = 0; at < this.#chunks.length; at += 16) {
      const some = this.#chunks.slice(at, at + 16)
      await sql.unsafe(
        'insert into _import_chunk (file, number, rows) select $1::uuid, * from unnest($2::int[], $3::text[])',
        [this.id, some.map(({ number }) => number), some.map(({ rows }) => rows)],
      )
    }
    return { id: this.id, rows: this.rows, ...file }
  }

  #close(): void {
    if (this.#rows.length === 0) return
    this.#chunks.push({ number: this.#number, rows: JSON.stringify(this.#rows) })
    this.#number += 1
    this.#rows = []
    this.#characters = 0
  }
}

/**
 * An uploaded file.
 * @throws TesseraError not_found where it is unknown, gone, or somebody else's
 */
export async function loadFile(
  sql: Queryable,
  { id, by }: { id: string; by: string | undefined },
): Promise<StoredFile> {
  const rows = !isRecordId(id)
    ? []
    : ((await sql.unsafe(
        'select id, file_name as "fileName", encoding, delimiter, columns, rows, by from _import_file ' +
          'where id = $1::uuid and by is not distinct from $2::uuid',
        [id, by ?? null],
      )) as unknown as StoredFile[])
  const [file] = rows
  if (file === undefined)
    throw new TesseraError(
      'not_found',
      `There is no uploaded file ${id}; files are kept for ${retentionDays} days. Upload it again.`,
    )
  return file
}

/** The rows of one chunk; undefined after the last one. */
export async function loadChunk(
  sql: Queryable,
  { file, number }: { file: string; number: number },
): Promise<readonly SourceRow[] | undefined> {
  const [chunk] = (await sql.unsafe(
    'select rows from _import_chunk where file = $1::uuid and number = $2::int',
    [file, number],
    { prepare: true },
  )) as unknown as { rows: string }[]
  return chunk === undefined ? undefined : (JSON.parse(chunk.rows) as SourceRow[])
}

/** Removes files that nobody needs any more. */
export async function removeOldFiles(sql: Queryable): Promise<void> {
  await sql.unsafe(
    `delete from _import_file file
     where created_at < now() - make_interval(days => $1::int)
       and not exists (select 1 from _import run where run.file = file.id
         and (run.status in ('queued', 'running') or run.finished_at > now() - make_interval(days => $1::int)))`,
    [retentionDays],
  )
}
