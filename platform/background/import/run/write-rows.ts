import { TesseraError } from '../../../access/errors.ts'
import {
  createRecord,
  findByKey,
  insertsTogether,
  rowsTogether,
  savepointWork,
  updateRecord,
  withCause,
  type UnitOfWork,
} from '../../../records/index.ts'
import type { ImportPlan } from '../plan/plan.ts'
import { problemsOf, type Problem } from '../problems.ts'
import type { ReadRow } from './read-row.ts'

/** What the write of one row came to. */
export type WriteOutcome =
  | { readonly outcome: 'created' | 'updated'; readonly id: string }
  | { readonly outcome: 'failed'; readonly problems: readonly Problem[] }

interface Rows {
  readonly plan: ImportPlan
  readonly run: string
  readonly rows: readonly ReadRow[]
}

/** Rows under way at the same time on the one connection of a batch: their statements travel together. */
const lanes = 64

/**
 * Writes rows of which all are expected to be good; nothing is undone for a single one.
 * @throws whatever one of them throws, when all have come to an end; the transaction is then lost
 */
export function writeTogether(unit: UnitOfWork, rows: Rows): Promise<WriteOutcome[]> {
  return rowsTogether(unit, (gathering) => insertsTogether(gathering, (inner) => writeInLanes(inner, rows)))
}

async function writeInLanes(unit: UnitOfWork, { plan, run, rows }: Rows): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = []
  const errors: unknown[] = []
  let next = 0
  const lane = async () => {
    while (next < rows.length && errors.length === 0) {
      const at = next++
      try {
        outcomes[at] = await writeRow(unit, { plan, run, row: rows[at] as ReadRow })
      } catch (error) {
        errors.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (errors.length > 0) throw errors.find(isRepeatable) ?? errors[0]
  return outcomes
}

/** Writes rows one after the other; one that is refused is undone by itself. */
export async function writeOneByOne(unit: UnitOfWork, { plan, run, rows }: Rows): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = []
  for (const row of rows) {
    try {
      outcomes.push(await savepointWork(unit, (inner) => writeRow(inner, { plan, run, row })))
    } catch (error) {
      outcomes.push({ outcome: 'failed', problems: problemsOfRow(error, plan) })
    }
  }
  return outcomes
}

async function writeRow(
  unit: UnitOfWork,
  { plan, run, row }: { plan: ImportPlan; run: string; row: ReadRow },
): Promise<WriteOutcome> {
  const { object, key, entry } = plan
  const caused = withCause(unit, { import: run, line: row.source.line })
  const { values } = row
  if (key !== undefined) {
    const id = await findByKey(unit, { object, key, values })
    if (id !== undefined) {
      await updateRecord(caused, { object: object.name, id, values })
      return { outcome: 'updated', id }
    }
  }
  const record = await createRecord(
    caused,
    { object: object.name, values },
    entry === undefined ? {} : { entry },
  )
  return { outcome: 'created', id: String(record.id) }
}

/** @throws the error where it says nothing about the row */
function problemsOfRow(error: unknown, plan: ImportPlan): Problem[] {
  if (error instanceof TesseraError)
    return problemsOf(error, (name) => plan.columns.find(({ field }) => field.name === name)?.name)
  const { code = '' } = error as { code?: string }
  // Class 22, data exceptions, and 23, breaches of constraints, that no rule of the declarations foresaw.
  if (!/^2[23]/.test(code)) throw error
  return [{ code: 'database', message: `the database refused the row: ${(error as Error).message}` }]
}

/** Serialization failures and deadlocks: the whole batch is done again. */
export function isRepeatable(error: unknown): boolean {
  return ['40001', '40P01'].includes((error as { code?: string }).code ?? '')
}
