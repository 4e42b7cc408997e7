import { rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { SelectList } from '../../records/read/columns.ts'
import { addTree } from '../../records/read/list.ts'
import { runStatement } from '../../records/read/run.ts'
import { isVisible, selectionTree } from '../../records/read/selection.ts'
import { compiledOnce, readRow, type CompiledRead } from '../../records/read/statement-cache.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** Titles of the records behind work, by id: of those that the person may see, with one statement for each object. */
export async function titlesOf(
  unit: UnitOfWork,
  items: readonly { readonly object: string; readonly record: string }[],
): Promise<ReadonlyMap<string, string | null>> {
  const titles = new Map<string, string | null>()
  const byObject = Map.groupBy(items, ({ object }) => object)
  await Promise.all(
    [...byObject].map(async ([name, own]) => {
      const object = unit.model.objects.get(name)
      const field = object?.fields.get(object.nameField)
      if (object === undefined || field === undefined || !isVisible(unit.rights, field)) return
      const ids = [...new Set(own.map(({ record }) => record))]
      const { statement, readers } = compileTitles(unit, object, ids.length === 1)
      for (const row of await runStatement(unit, statement, { ...principalSlots(unit.principal), ids })) {
        const record = readRow(readers, row)
        titles.set(String(record.id), (record[object.nameField] as string | null | undefined) ?? null)
      }
    }),
  )
  return titles
}

/** @param isOne of one record alone: a list is planned for many */
function compileTitles(unit: UnitOfWork, object: ObjectModel, isOne: boolean): CompiledRead {
  const shape = JSON.stringify(['titles', unit.rights.key, object.name, isOne])
  return compiledOnce(unit.model, shape, () => {
    const statement = new StatementBuilder()
    const context = { ...unit, statement, isGated: true }
    const list = new SelectList(context)
    const fields = ['id', object.nameField]
    addTree(list, {
      alias: 't',
      object,
      tree: selectionTree({ ...unit, object, fields, expand: undefined }),
    })
    const permitted = rowPredicate({
      ...context,
      object: object.name,
      alias: 't',
      action: 'read',
      rows: 'few',
    })
    const ids = statement.slot('ids', 'uuid[]')
    const text =
      `select ${list.columns.join(', ')} from ${identifier(object.name)} t ${list.joins.join(' ')} ` +
      `where t.id = ${isOne ? `(${ids})[1]` : `any(${ids})`} and t.deleted_at is null and (${permitted})`
    return { statement: statement.build(text), readers: list.readers }
  })
}
