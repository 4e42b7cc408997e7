import { TesseraError } from '../../../access/errors.ts'
import { inTransaction } from '../../../database/transaction.ts'
import { rollupsTogether, writingWork, type UnitOfWork, type WorkOptions } from '../../../records/index.ts'
import type { SourceRow } from '../csv/rows.ts'
import { loadFile } from '../file/store.ts'
import { planImport, type ImportPlan } from '../plan/plan.ts'
import type { DryRunMemory } from './dry-run-memory.ts'
import { loadReferences } from './load-references.ts'
import { lockRun, nextBatch, saveBatch, type Position, type RowOutcome } from './position.ts'
import { namesIn, readRow, type ReadRow } from './read-row.ts'
import type { References } from './references.ts'
import { isRepeatable, writeOneByOne, writeTogether, type WriteOutcome } from './write-rows.ts'

export interface BatchOptions {
  readonly id: string
  readonly references: References
  /** Present in a dry run. */
  readonly memory: DryRunMemory | undefined
  /** Writes row by row from the start, because the batch before had rows that were refused. */
  readonly isCareful: boolean
}

/** What a batch came to; `isOver` where there was none: the import is done, was cancelled or is gone. */
export type BatchResult =
  { readonly isOver: true } | { readonly isOver: false; readonly isCareful: boolean; readonly rows: number }

interface Done {
  readonly outcomes: readonly RowOutcome[]
  readonly position: Position
  readonly isCareful: boolean
}

/** Undoes a batch of which a row was refused, so that its rows are written one by one. */
class Refused extends Error {}

/** Undoes the batch of a dry run, and takes what it came to along. */
class Undone extends Error {
  readonly done: Done

  constructor(done: Done) {
    super('The batch of a dry run')
    this.done = done
  }
}

/**
 * Imports the next rows in one transaction, in which the position moves as well: after a crash the import goes on
 * exactly where it stopped, and no row is imported twice. Two nodes that take up the same import wait for each other.
 * @throws TesseraError where the import as a whole is not possible (any more)
 */
export async function importBatch(work: WorkOptions, options: BatchOptions): Promise<BatchResult> {
  try {
    return await writingWork(work, async (unit) => {
      const done = await runBatch(unit, options)
      if (done === undefined) return { isOver: true }
      if (options.memory !== undefined) throw new Undone(done)
      return { isOver: false, isCareful: done.isCareful, rows: done.outcomes.length }
    })
  } catch (error) {
    if (error instanceof Refused) return importBatch(work, { ...options, isCareful: true })
    if (!(error instanceof Undone)) throw error
    await inTransaction(work.pool, (sql) => saveBatch(sql, { id: options.id, ...error.done }))
    return { isOver: false, isCareful: error.done.isCareful, rows: error.done.outcomes.length }
  }
}

async function runBatch(unit: UnitOfWork, options: BatchOptions): Promise<Done | undefined> {
  const { id, memory } = options
  const run = await lockRun(unit.sql, id)
  if (run === undefined || run.status !== 'running') return undefined
  const file = await loadFile(unit.sql, { id: run.file ?? id, by: run.by ?? undefined })
  const plan = planImport(unit, { file, request: run.request })
  const batch = await nextBatch(unit.sql, run, plan.header)
  if (batch === undefined) {
    await unit.sql.unsafe(`update _import set status = 'done', finished_at = now() where id = $1::uuid`, [id])
    return undefined
  }
  const references = options.references.batch()
  await loadReferences(unit, { plan, rows: batch.rows, references })
  const reads = batch.rows.map((row) => readRow(unit, { plan, row, references }))
  for (const read of reads) settlePending(plan, read, { isLast: batch.isLast, memory })
  const writable = reads.filter((read) => read.faults.length === 0 && read.pending.length === 0)
  const written = await rollupsTogether(unit, plan.object, (gathering) =>
    writeRows(gathering, { plan, rows: writable, options }),
  )
  const outcomes = reads.map((read) => outcomeOf(plan, read, written.get(read)))
  const settled = outcomes.filter(({ outcome }) => outcome !== 'waiting').length
  const position = batch.next(settled)
  if (memory === undefined) {
    await saveBatch(unit.sql, { id, outcomes, position })
    references.keep()
  }
  return { outcomes, position, isCareful: [...written.values()].some(({ outcome }) => outcome === 'failed') }
}

/** A row that names another row of the file waits for it, unless that is what a dry run has seen, or the end is here. */
function settlePending(
  plan: ImportPlan,
  read: ReadRow,
  { isLast, memory }: { isLast: boolean; memory: DryRunMemory | undefined },
): void {
  const waiting = read.pending.splice(0)
  for (const problem of waiting) {
    const column = plan.columns.find(({ name }) => name === problem.column)
    const names = column === undefined ? [] : namesIn(column, read.source)
    const fields = column?.match.map(({ name }) => name) ?? []
    if (names.length > 0 && names.every((text) => memory?.brings(fields, text) === true)) continue
    if (!isLast) read.pending.push(problem)
    else if (plan.blanksMissing) read.warnings.push({ ...problem, message: `${problem.message}; left blank` })
    else read.faults.push(problem)
  }
}

async function writeRows(
  unit: UnitOfWork,
  { plan, rows, options }: { plan: ImportPlan; rows: readonly ReadRow[]; options: BatchOptions },
): Promise<Map<ReadRow, WriteOutcome>> {
  const { id, memory } = options
  const written = new Map<ReadRow, WriteOutcome>()
  const free = memory === undefined ? rows : rows.filter((row) => !collides(plan, row, { memory, written }))
  const outcomes = options.isCareful
    ? await writeOneByOne(unit, { plan, run: id, rows: free })
    : await writeTogether(unit, { plan, run: id, rows: free }).catch((error: unknown) => {
        if (isRepeatable(error) || !isAboutARow(error)) throw error
        throw new Refused()
      })
  for (const [at, outcome] of outcomes.entries()) written.set(free[at] as ReadRow, outcome)
  if (memory !== undefined)
    for (const [row, { outcome }] of written) if (outcome !== 'failed') memory.add(plan, row)
  return written
}

/** In a dry run: whether a row of a batch before decides about this one. */
function collides(
  plan: ImportPlan,
  row: ReadRow,
  { memory, written }: { memory: DryRunMemory; written: Map<ReadRow, WriteOutcome> },
): boolean {
  const { problem, isUpdate } = memory.collision(plan, row)
  if (problem !== undefined) written.set(row, { outcome: 'failed', problems: [problem] })
  else if (isUpdate) written.set(row, { outcome: 'updated', id: '' })
  return problem !== undefined || isUpdate
}

/** Row by row it will show which; a lost connection will show itself again. */
function isAboutARow(error: unknown): boolean {
  return error instanceof TesseraError || /^(?:2[23]|25P02)/.test((error as { code?: string }).code ?? '')
}

function outcomeOf(plan: ImportPlan, read: ReadRow, written: WriteOutcome | undefined): RowOutcome {
  const base = { line: read.source.line, source: sourceOf(plan, read.source) }
  if (written !== undefined) {
    const { outcome } = written
    return { ...base, outcome, problems: outcome === 'failed' ? written.problems : read.warnings }
  }
  const outcome = read.faults.length > 0 ? 'failed' : 'waiting'
  return { ...base, outcome, problems: [...read.faults, ...read.pending] }
}

/** The row as it stood in the file, by column; jsonb cannot hold NUL, so its picture stands for it. */
function sourceOf(plan: ImportPlan, row: SourceRow): Record<string, string> {
  const names = row.cells.map((_, at) => plan.header[at] ?? `column ${at + 1}`)
  return Object.fromEntries(
    row.cells.map((cell, at) => [names[at] as string, cell.replaceAll('\u0000', '\u2400')]),
  )
}
