import { rowPredicate } from '../../../access/predicate.ts'
import { principalSlots } from '../../../access/principal.ts'
import { identifier } from '../../../database/identifier.ts'
import { StatementBuilder } from '../../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../../definitions/model/model.ts'
import type { UnitOfWork } from '../../../records/index.ts'
import { runStatement } from '../../../records/read/run.ts'
import { compiledOnce } from '../../../records/read/statement-cache.ts'

/** The record that a text names: its id, or that several or none are named so. */
export type Found = { readonly id: string } | 'several' | undefined

/**
 * Finds records by the texts that name them, some hundred with one statement, and remembers those that it found.
 * What was not found is looked up again by the next batch: another row may have made it meanwhile.
 */
export class References {
  readonly #found: Map<string, string>
  /** Found in this batch, whose transaction may yet be undone. */
  readonly #fresh = new Map<string, Found>()

  constructor(found: Map<string, string> = new Map()) {
    this.#found = found
  }

  /** For a batch of its own: what it finds is kept when `keep` is called. */
  batch(): References {
    return new References(this.#found)
  }

  keep(): void {
    for (const [key, found] of this.#fresh) if (typeof found === 'object') this.#found.set(key, found.id)
  }

  /** Looks texts up by one field of an object, under the rights to read it. */
  async load(
    unit: UnitOfWork,
    options: { object: ObjectModel; by: FieldModel; texts: Iterable<string> },
  ): Promise<void> {
    const { object, by } = options
    const missing = [...new Set(options.texts)].filter(
      (text) =>
        !this.#found.has(keyOf(by, text)) && !this.#fresh.has(keyOf(by, text)) && !text.includes('\u0000'),
    )
    if (missing.length === 0) return
    const { statement } = compiledOnce(
      unit.model,
      JSON.stringify(['import match', unit.rights.key, object.name, by.name]),
      () => {
        const builder = new StatementBuilder()
        const column = `t.${identifier(by.columns[0]?.name as string)}`
        const texts = builder.slot('texts', 'text[]')
        const gate = rowPredicate({
          ...unit,
          object: object.name,
          alias: 't',
          action: 'read',
          statement: builder,
        })
        const text =
          `select t.id, ${column} from ${identifier(object.name)} t ` +
          `where ${column} = any(${texts}) and t.deleted_at is null and ${gate}`
        return { statement: builder.build(text) }
      },
    )
    const rows = await runStatement(unit, statement, {
      ...principalSlots(unit.principal),
      texts: missing,
    })
    for (const [id, text] of rows) {
      const key = keyOf(by, String(text))
      this.#fresh.set(key, this.#fresh.has(key) ? 'several' : { id: String(id) })
    }
  }

  get(by: FieldModel, text: string): Found {
    const key = keyOf(by, text)
    const id = this.#found.get(key)
    return id === undefined ? this.#fresh.get(key) : { id }
  }

  /** A record that this batch made. */
  add(by: FieldModel, text: string, id: string): void {
    this.#fresh.set(keyOf(by, text), { id })
  }
}

function keyOf(by: FieldModel, text: string): string {
  return `${by.object}.${by.name}=${text}`
}
