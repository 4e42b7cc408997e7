import type { FieldModel, ObjectModel } from '../../../definitions/model/model.ts'
import type { UnitOfWork } from '../../../records/index.ts'
import { labels } from '../convert/choices.ts'
import type { FileColumn } from '../file/columns.ts'
import { whyNotImportable } from '../plan/importable.ts'
import { contentFit } from './content-fit.ts'
import { similarity } from './similarity.ts'

/** The name of a field that a column may fill. */
export type Suggestion = string

/** Below this, a name alone says nothing. */
const alike = 0.4

/**
 * Suggests a field for columns, by their names and labels in every language and by what their values are. Each field
 * is suggested once, for the column that fits it best.
 */
export async function suggestMapping(
  unit: UnitOfWork,
  { object, columns }: { object: ObjectModel; columns: readonly FileColumn[] },
): Promise<ReadonlyMap<string, Suggestion>> {
  const fields = [...object.fields.values()].filter((field) => isSuggestible(unit, object, field))
  const pairs: { column: string; field: string; score: number }[] = []
  for (const column of columns)
    for (const field of fields) {
      const name = nameFit(object, column.name, field)
      const content = await contentFit(unit, { field, column })
      const score = scoreOf(name, content)
      if (score > 0) pairs.push({ column: column.name, field: field.name, score })
    }
  const chosen = new Map<string, Suggestion>()
  const taken = new Set<string>()
  for (const { column, field } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (chosen.has(column) || taken.has(field)) continue
    chosen.set(column, field)
    taken.add(field)
  }
  return chosen
}

function scoreOf(name: number, { share, isTelling }: { share: number; isTelling: boolean }): number {
  if (name === 1) return 1 + share / 2
  if (name >= alike && share >= 0.5) return name + share / 2
  return isTelling && share >= 0.8 ? share * 0.4 : 0
}

function nameFit(object: ObjectModel, column: string, field: FieldModel): number {
  const ignored = new Set([object.name])
  const names = [field.name, ...labels(field.label)]
  const own = [object.name, ...labels(object.label)]
  const fits = names.map((name) => similarity(column, name, ignored))
  if (field.name === object.nameField)
    fits.push(...own.map((name) => (similarity(column, name) === 1 ? 1 : 0)))
  return Math.max(...fits)
}

function isSuggestible(unit: UnitOfWork, object: ObjectModel, field: FieldModel): boolean {
  const entries = unit.model.processes.get(object.lifecycle?.process ?? '')?.entries ?? []
  return whyNotImportable(unit, field, { isEntering: entries.length > 0 }) === undefined
}
