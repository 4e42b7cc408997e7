import { notFound } from '../../access/errors.ts'
import { rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import type { RecordAction } from '../../access/rights.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { SelectList } from '../read/columns.ts'
import { forbidden } from '../explain/forbidden.ts'
import { isRecordId } from '../read/get.ts'
import { addTree } from '../read/list.ts'
import { runStatement } from '../read/run.ts'
import { compiledOnce, readRow, type CompiledRead } from '../read/statement-cache.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { storedTree } from './statements.ts'

interface CompiledPrior extends CompiledRead {
  readonly readable: number
  readonly permitted: number
}

/**
 * Locks one row for a write and gives all that is stored of it.
 * @throws TesseraError not_found where it may not be read, forbidden where it may be read but not written
 */
export async function lockPrior(
  unit: UnitOfWork,
  options: { object: ObjectModel; id: string; action: Exclude<RecordAction, 'read'>; isDeleted?: boolean },
): Promise<RecordValues> {
  const { object, id, action, isDeleted = false } = options
  if (!isRecordId(id)) throw notFound(object.name, id)
  const shape = JSON.stringify(['prior', unit.rights.key, object.name, action, isDeleted])
  const compiled = compiledOnce<CompiledPrior>(unit.model, shape, () => {
    const statement = new StatementBuilder()
    const list = new SelectList({ ...unit, statement, isGated: false })
    addTree(list, { alias: 't', object, tree: storedTree(object) })
    const predicate = (of: RecordAction) =>
      rowPredicate({ ...unit, object: object.name, alias: 't', action: of, statement, rows: 'few' })
    const readable = list.add(predicate('read'))
    const permitted = list.add(predicate(action))
    const text =
      `select ${list.columns.join(', ')} from ${identifier(object.name)} t where t.id = ${statement.slot('id', 'uuid')} ` +
      `and t.deleted_at is ${isDeleted ? 'not null' : 'null'} for no key update of t`
    return {
      statement: statement.build(text),
      readers: list.readers,
      readable,
      permitted,
    }
  })
  const [row] = await runStatement(unit, compiled.statement, { ...principalSlots(unit.principal), id })
  if (row === undefined || row[compiled.readable] !== true) throw notFound(object.name, id)
  if (row[compiled.permitted] !== true)
    throw forbidden(
      unit,
      `Your roles (${unit.rights.roles || 'none'}) may see this ${object.name} but not ${action} it.`,
      { object, action, level: unit.rights.object(object.name)[action].length === 0 ? 'object' : 'record' },
    )
  return readRow(compiled.readers, row)
}
