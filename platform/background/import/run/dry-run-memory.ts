import type { ImportPlan } from '../plan/plan.ts'
import type { Problem } from '../problems.ts'
import type { ReadRow } from './read-row.ts'

/**
 * What the rows of a dry run would have brought. Each batch is undone, so the database does not know it, and the
 * batches after it would find records missing and duplicates allowed.
 */
export class DryRunMemory {
  readonly #names = new Set<string>()
  readonly #keys = new Set<string>()

  /** Why a row would be refused because of a row before it; and whether it would update that one instead. */
  collision(plan: ImportPlan, row: ReadRow): { problem?: Problem; isUpdate: boolean } {
    for (const { name, fields } of uniqueFields(plan)) {
      const key = valuesOf(row, name, fields)
      if (key === undefined || !this.#keys.has(key)) continue
      if (name === plan.key?.name) return { isUpdate: true }
      const field = fields[0] as string
      const message = `another row of the file has the same ${fields.join(' and ')}`
      return { problem: { field, code: 'unique', message }, isUpdate: false }
    }
    return { isUpdate: false }
  }

  add(plan: ImportPlan, row: ReadRow): void {
    for (const { name, fields } of uniqueFields(plan)) {
      const key = valuesOf(row, name, fields)
      if (key !== undefined) this.#keys.add(key)
    }
    for (const name of ownNames(plan)) {
      const value = row.values[name]
      if (typeof value === 'string') this.#names.add(`${name}=${value.trim()}`)
    }
  }

  /** Whether a row before has brought a record that is named so. */
  brings(fields: readonly string[], text: string): boolean {
    return fields.some((name) => this.#names.has(`${name}=${text}`))
  }
}

/** The fields by which rows of the file name other rows of it. */
function ownNames(plan: ImportPlan): Set<string> {
  const matches = plan.columns.flatMap(({ match }) => match)
  return new Set(matches.filter(({ object }) => object === plan.object.name).map(({ name }) => name))
}

function uniqueFields({ object, key }: ImportPlan): readonly { name: string; fields: readonly string[] }[] {
  const single = [...object.fields.values()]
    .filter((field) => field.isUnique)
    .map(({ name }) => ({ name, fields: [name] }))
  const all = [...object.keys, ...single]
  // The key of the import first: what it finds is an update, whatever else is the same.
  return key === undefined ? all : [key, ...all.filter(({ name }) => name !== key.name)]
}

function valuesOf(row: ReadRow, name: string, fields: readonly string[]): string | undefined {
  const values = fields.map((field) => row.values[field] ?? null)
  return values.includes(null) ? undefined : JSON.stringify([name, values])
}
