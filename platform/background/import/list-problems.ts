import Papa from 'papaparse'
import { readingWork, type WorkOptions } from '../../records/index.ts'
import { importStatus } from './progress.ts'
import type { RowProblems } from './request.ts'

/** Longer cells are shown cut; the file of problems has them whole. */
const longestCell = 1_000

/**
 * The rows that were not imported, or with a reservation, by line.
 * @param after the line after which to go on, as `next` of the page before
 * @throws TesseraError not_found as importStatus does
 */
export async function importProblems(
  work: WorkOptions,
  { id, after = 0, limit = 100 }: { id: string; after?: number; limit?: number },
): Promise<{ rows: readonly RowProblems[]; next: number | null }> {
  await importStatus(work, id)
  const rows = await page(work, { id, after, limit: limit + 1 })
  const shown = rows.slice(0, limit).map((row) => ({
    ...row,
    source: Object.fromEntries(Object.entries(row.source).map(([name, cell]) => [name, cut(cell)])),
  }))
  return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.line ?? null) : null }
}

/**
 * The same rows as a CSV file with all their columns, so that they can be corrected and imported again: the line, the
 * problems, then the row as it stood. Cells that a spreadsheet would take for a formula begin with an apostrophe
 * (OWASP, CSV injection).
 */
export async function* importProblemsCsv(work: WorkOptions, id: string): AsyncGenerator<string> {
  await importStatus(work, id)
  let header: string[] | undefined
  for (let after = 0; ;) {
    const rows = await page(work, { id, after, limit: 500 })
    const last = rows.at(-1)
    header ??= await headerOf(work, id)
    if (after === 0) yield `\uFEFF${csv([['line', 'problems', ...header]])}`
    if (last === undefined) return
    after = last.line
    yield csv(rows.map((row) => cellsOf(row, header as string[])))
  }
}

function cellsOf({ line, problems, source }: RowProblems, header: readonly string[]): string[] {
  const words = problems.map(({ column, field, message }) =>
    [column ?? field, message].filter(Boolean).join(': '),
  )
  return [String(line), words.join('; '), ...header.map((name) => source[name] ?? '')]
}

function csv(rows: string[][]): string {
  // papaparse's own list of dangerous beginnings lacks full-width signs, which some spreadsheets take for the same.
  return `${Papa.unparse(rows, { newline: '\r\n', escapeFormulae: /^[=+\-@\t\r＝＋－＠]/ })}\r\n`
}

async function headerOf(work: WorkOptions, id: string): Promise<string[]> {
  const [row] = (await readingWork(work).sql.unsafe(
    `select file.columns from _import run join _import_file file on file.id = run.file where run.id = $1::uuid`,
    [id],
  )) as unknown as { columns: { name: string }[] }[]
  if (row !== undefined) return row.columns.map(({ name }) => name)
  const [first] = await page(work, { id, after: 0, limit: 1 })
  return Object.keys(first?.source ?? {})
}

async function page(
  work: WorkOptions,
  { id, after, limit }: { id: string; after: number; limit: number },
): Promise<RowProblems[]> {
  return (await readingWork(work).sql.unsafe(
    `select line, status, problems, source from _import_row
     where import = $1::uuid and line > $2::int and status in ('failed', 'warning') order by line limit $3::int`,
    [id, after, limit],
    { prepare: true },
  )) as unknown as RowProblems[]
}

function cut(cell: string): string {
  return cell.length > longestCell ? `${cell.slice(0, longestCell)}…` : cell
}
