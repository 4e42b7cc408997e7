import { TesseraError } from '../../../access/errors.ts'
import type { FieldModel, ObjectModel } from '../../../definitions/model/model.ts'
import { createRecord, savepointWork, type UnitOfWork } from '../../../records/index.ts'
import type { SourceRow } from '../csv/rows.ts'
import { referredObject } from '../plan/match.ts'
import type { ColumnPlan, ImportPlan } from '../plan/plan.ts'
import { namesIn } from './read-row.ts'
import type { References } from './references.ts'

/** Finds the records that the rows of a batch name, and makes those that are missing where the mapping says so. */
export async function loadReferences(
  unit: UnitOfWork,
  { plan, rows, references }: { plan: ImportPlan; rows: readonly SourceRow[]; references: References },
): Promise<void> {
  for (const column of plan.columns) {
    const object = referredObject(unit, column.field)
    if (object === undefined || column.match.length === 0) continue
    let texts = [...new Set(rows.flatMap((row) => namesIn(column, row)))]
    for (const by of column.match) {
      await references.load(unit, { object, by, texts })
      texts = texts.filter((text) => references.get(by, text) === undefined)
    }
    if (column.isCreating) await createMissing(unit, { object, column, texts, references })
  }
}

/** One that may not be made stays missing, and the rows that name it are refused for that. */
async function createMissing(
  unit: UnitOfWork,
  {
    object,
    column,
    texts,
    references,
  }: { object: ObjectModel; column: ColumnPlan; texts: readonly string[]; references: References },
): Promise<void> {
  const by = column.match.find(({ name }) => name === object.nameField) ?? (column.match[0] as FieldModel)
  for (const text of texts) {
    try {
      const id = await savepointWork(unit, async (inner) => {
        const record = await createRecord(inner, { object: by.object, values: { [by.name]: text } })
        return String(record.id)
      })
      references.add(by, text, id)
    } catch (error) {
      if (!(error instanceof TesseraError)) throw error
    }
  }
}
