import { notFound } from '../../access/errors.ts'
import { rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { SelectList, type ReadContext } from './columns.ts'
import { addTree } from './list.ts'
import { addMay, type MayAction } from './may.ts'
import { runStatement } from './run.ts'
import { isOne, isVisible, readableObject, selectionTree } from './selection.ts'
import { compiledOnce, readRow, type CompiledRead } from './statement-cache.ts'

export interface GetRequest {
  readonly object: string
  readonly id: string
  readonly fields?: readonly string[]
  readonly expand?: readonly string[]
  /** Tells of the record, beside its fields, whether the principal may do this; see may.ts. */
  readonly may?: readonly MayAction[]
  /** Rows of lines fields are read too; true without it. */
  readonly hasLines?: boolean
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isRecordId(id: string): boolean {
  return uuid.test(id)
}

/**
 * One record as the rights let the principal see it, its lines included. All statements are sent at once.
 * @throws TesseraError not_found where there is none or it may not be seen
 */
export async function getRecord(unit: UnitOfWork, request: GetRequest): Promise<RecordValues> {
  const object = readableObject({ ...unit, object: request.object })
  if (!isRecordId(request.id)) throw notFound(object.name, request.id)
  const compiled = compileGet(unit, object, request)
  const slots = { ...principalSlots(unit.principal), id: request.id }
  // Sent together with its lines: they count only where the record may be seen.
  const [[row], ...lines] = await Promise.all([
    runStatement(unit, compiled.statement, slots),
    ...linesOf(unit, object, request).map(async (field) => ({
      name: field.name,
      rows: await readLines(unit, field, request.id),
    })),
  ])
  if (row === undefined) throw notFound(object.name, request.id)
  const record = readRow(compiled.readers, row)
  for (const { name, rows } of lines) record[name] = rows
  return record
}

function linesOf(unit: UnitOfWork, object: ObjectModel, request: GetRequest): readonly FieldModel[] {
  if (request.hasLines === false) return []
  return [...object.fields.values()].filter(
    (field) =>
      field.lines !== undefined &&
      isVisible(unit.rights, field) &&
      (request.fields === undefined || request.fields.includes(field.name)),
  )
}

function compileGet(unit: UnitOfWork, object: ObjectModel, request: GetRequest): CompiledRead {
  const shape = JSON.stringify([
    'get',
    unit.rights.key,
    object.name,
    request.fields,
    request.expand,
    request.may,
  ])
  return compiledOnce(unit.model, shape, () => {
    const statement = new StatementBuilder()
    const context: ReadContext = { ...unit, statement, isGated: true }
    const list = new SelectList(context)
    const tree = selectionTree({ ...unit, object, fields: request.fields, expand: request.expand })
    addTree(list, { alias: 't', object, tree })
    addMay(list, { alias: 't', object, may: request.may })
    const permitted = rowPredicate({
      ...context,
      object: object.name,
      alias: 't',
      action: 'read',
      rows: 'few',
    })
    const gate = permitted === 'true' ? '' : ` and ${permitted}`
    const text =
      `select ${list.columns.join(', ')} from ${identifier(object.name)} t ${list.joins.join(' ')} ` +
      `where t.id = ${statement.slot('id', 'uuid')} and t.deleted_at is null${gate}`
    return { statement: statement.build(text), readers: list.readers }
  })
}

/** The rows of a lines field in order of creation, for a record that may be read. */
export async function readLines(
  unit: UnitOfWork,
  field: FieldModel,
  parent: string,
): Promise<readonly RecordValues[]> {
  const { object: name, through } = field.lines as NonNullable<FieldModel['lines']>
  const object = unit.model.objects.get(name) as ObjectModel
  if (unit.rights.object(name).read.length === 0) return []
  const shape = JSON.stringify(['lines', unit.rights.key, name, through])
  const compiled = compiledOnce<CompiledRead>(unit.model, shape, () => {
    const statement = new StatementBuilder()
    const list = new SelectList({ ...unit, statement, isGated: true })
    const expand = [...object.fields.values()]
      .filter(
        (each) => isOne(each) && each.name !== through && !each.isSystem && isVisible(unit.rights, each),
      )
      .map((each) => each.name)
    addTree(list, { alias: 't', object, tree: selectionTree({ ...unit, object, fields: undefined, expand }) })
    const text =
      `select ${list.columns.join(', ')} from ${identifier(name)} t ${list.joins.join(' ')} ` +
      `where t.${identifier(through)} = ${statement.slot('parent', 'uuid')} and t.deleted_at is null order by t.id`
    return { statement: statement.build(text), readers: list.readers }
  })
  const rows = await runStatement(unit, compiled.statement, { ...principalSlots(unit.principal), parent })
  return rows.map((row) => readRow(compiled.readers, row))
}
