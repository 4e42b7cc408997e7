import { TesseraError } from '../../access/errors.ts'
import { rightsOfPrincipal } from '../../access/rights.ts'
import { identifier } from '../../database/identifier.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { readableObject } from '../read/selection.ts'
import { visibleIds } from '../read/visible-references.ts'
import { asConsequence, type UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { auditRights } from './audited.ts'
import { noLines } from './line-changes.ts'
import { checkDeletable, checkLinesOpen } from './locks.ts'
import { runWrite } from './outgoing.ts'
import { tellParent } from './parent-history.ts'
import { lockPrior } from './prior.ts'
import { refreshRollups } from './rollups.ts'
import { deletionStatement } from './statements.ts'
import { updateRow } from './update-row.ts'

/**
 * Deletes a record softly: it is no longer found, and can be restored. References to it are handled as declared:
 * restrict refuses, clear blanks them, cascade deletes their records too (lines go with their record).
 * @throws TesseraError not_found, forbidden, validation (locked), conflict (restricted, with the referring objects and
 * counts)
 */
export async function deleteRecord(unit: UnitOfWork, request: DeleteRequest): Promise<void> {
  const object = readableObject({ ...unit, object: request.object })
  const { before, after } = await deleteRow(unit, request, async (found) => {
    checkDeletable(unit, { object, before: found })
    await checkLinesOpen(unit, { object, rows: [found], write: {} })
  })
  tellParent(unit, { object, before, after: undefined, version: Number(after.version) })
}

interface DeleteRequest {
  readonly object: string
  readonly id: string
  readonly version?: number
}

/**
 * Deletes a record whose deletion was allowed, or follows from another write. Gives it as it was and as it is.
 * @param check told what is deleted
 */
export async function deleteRow(
  unit: UnitOfWork,
  request: DeleteRequest,
  check: (before: RecordValues) => Promise<void> = () => Promise.resolve(),
): Promise<{ before: RecordValues; after: RecordValues }> {
  const object = readableObject({ ...unit, object: request.object })
  const before = await lockPrior(unit, { object, id: request.id, action: 'delete' })
  await check(before)
  if (request.version !== undefined && request.version !== before.version)
    throw new TesseraError('conflict', `This ${object.name} was changed by somebody else in the meantime.`)
  await unit.ports.beforeDelete?.(unit, { object, before })
  // First the record, then what refers to it: a chain of cascades may come back to it.
  const after = await runWrite(unit, {
    object,
    compiled: deletionStatement(unit, object, true),
    environment: { id: request.id, action: 'delete', changes: {} },
  })
  auditRights(unit, { object, id: request.id, action: 'delete', changes: {} })
  await followReferences(unit, object, request.id)
  await refreshRollups(unit, { object, before, after, changed: 'all' })
  if ((await unit.ports.waits?.isWatched(unit, object.name)) === true)
    await unit.ports.waits?.deleted(unit, { object, id: request.id })
  return { before, after }
}

/**
 * Restores a deleted record and the lines that went with it.
 * @throws TesseraError not_found, forbidden, validation (a unique value has been taken since)
 */
export async function restoreRecord(
  unit: UnitOfWork,
  request: { object: string; id: string },
): Promise<RecordValues> {
  const restored = await restoreRow(unit, request)
  const object = unit.model.objects.get(request.object) as ObjectModel
  tellParent(unit, { object, before: undefined, after: restored, version: Number(restored.version) })
  return restored
}

async function restoreRow(unit: UnitOfWork, request: { object: string; id: string }): Promise<RecordValues> {
  const object = readableObject({ ...unit, object: request.object })
  const before = await lockPrior(unit, { object, id: request.id, action: 'delete', isDeleted: true })
  const [stamp] = await unit.sql.unsafe(
    `select deleted_at from ${identifier(object.name)} where id = $1::uuid`,
    [request.id],
  )
  const after = await runWrite(unit, {
    object,
    compiled: deletionStatement(unit, object, false),
    environment: { id: request.id, action: 'restore', changes: {} },
  })
  auditRights(unit, { object, id: request.id, action: 'restore', changes: {} })
  const deletedAt = (stamp as unknown as { deleted_at: string }).deleted_at
  for (const { object: name, field } of object.referencedBy) {
    const child = unit.model.objects.get(name) as ObjectModel
    if (child.parent?.name !== field) continue
    for (const id of await referring(unit, { object: name, field, id: request.id, deletedAt }))
      await restoreRow(asConsequence(unit), { object: name, id })
  }
  await refreshRollups(unit, { object, before, after, changed: 'all' })
  if (unit.model.serviceLevels.has(object.name))
    await unit.ports.clocks?.written(unit, { object, record: after, isNew: false })
  if (unit.model.triggersOfWrites.has(object.name))
    await unit.ports.triggers?.written(unit, {
      kind: 'restore',
      object,
      record: after,
      before: undefined,
      fields: new Set(),
    })
  return after
}

async function followReferences(unit: UnitOfWork, object: ObjectModel, id: string): Promise<void> {
  for (const { object: name, field, onDelete } of object.referencedBy) {
    const from = unit.model.objects.get(name) as ObjectModel
    const isLine = from.parent?.name === field
    const ids = await referring(unit, { object: name, field, id })
    if (ids.length === 0) continue
    if (isLine || onDelete === 'cascade') {
      for (const each of ids) {
        const { before, after } = await deleteRow(asConsequence(unit), { object: name, id: each })
        // Lines go with their record, whose history says so itself.
        if (!isLine)
          tellParent(unit, { object: from, before, after: undefined, version: Number(after.version) })
      }
    } else if (onDelete === 'clear') {
      for (const each of ids)
        await clearReference(unit, { object: name, id: each, field: from.fields.get(field) as FieldModel })
    } else throw await restricted(unit, { object, from, field, ids })
  }
}

/** Tells what stands in the way of a deletion, as far as the person may see it, whatever chain of deletions led there. */
async function restricted(
  unit: UnitOfWork,
  options: { object: ObjectModel; from: ObjectModel; field: string; ids: readonly string[] },
): Promise<TesseraError> {
  const { object, from, field, ids } = options
  const rights = rightsOfPrincipal(unit.model, unit.principal)
  const isNamed = rights.object(from.name).field(field) !== 'hidden'
  const count = isNamed ? (await visibleIds({ ...unit, rights }, from.name, ids)).size : 0
  if (count === 0)
    return new TesseraError(
      'conflict',
      `This ${object.name} is referred to by records that you may not see; ask somebody who may to delete or change those first.`,
    )
  const others = count < ids.length ? ', and by others that you may not see' : ''
  return new TesseraError(
    'conflict',
    `This ${object.name} is referred to by ${count} ${from.name} record${count === 1 ? '' : 's'} (field ${field})${others}; delete or change those first.`,
    { members: { referred_by: { object: from.name, field, count } } },
  )
}

/** Blanking a reference is a consequence of the deletion, so the rights to the referring record are not asked. */
async function clearReference(
  unit: UnitOfWork,
  options: { object: string; id: string; field: FieldModel },
): Promise<void> {
  const object = unit.model.objects.get(options.object) as ObjectModel
  const values = { [options.field.name]: null }
  const consequence = asConsequence(unit)
  const before = await lockPrior(consequence, { object, id: options.id, action: 'update' })
  const after = await updateRow(
    consequence,
    { object: object.name, id: options.id, values },
    { by: 'process', prior: before },
    () => Promise.resolve(noLines),
  )
  tellParent(unit, { object, before, after, version: Number(after.version) })
}

async function referring(
  unit: UnitOfWork,
  options: { object: string; field: string; id: string; deletedAt?: string },
): Promise<readonly string[]> {
  const { object, field, id, deletedAt } = options
  const state = deletedAt === undefined ? 'deleted_at is null' : 'deleted_at = $2::timestamptz'
  const rows = await unit.sql.unsafe(
    `select id from ${identifier(object)} where ${identifier(field)} = $1::uuid and ${state} order by id`,
    deletedAt === undefined ? [id] : [id, deletedAt],
  )
  return rows.map((row) => (row as unknown as { id: string }).id)
}
