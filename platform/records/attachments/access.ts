import { notFound } from '../../access/errors.ts'
import { rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder, type Statement } from '../../database/statement.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { getRecord, isRecordId } from '../read/get.ts'
import { runStatement } from '../read/run.ts'
import { readableObject } from '../read/selection.ts'
import { compiledOnce } from '../read/statement-cache.ts'
import { asConsequence, type UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import {
  checkAttachable,
  checkLinesOpen,
  isClosedWhole,
  lockableLines,
  mayWriteLines,
} from '../write/locks.ts'
import { lockPrior } from '../write/prior.ts'

/** A record by its names. */
export interface RecordPlace {
  readonly object: string
  readonly record: string
}

/** What the person may do with the attachments of a record. */
export interface AttachmentRights {
  readonly mayUpdate: boolean
  /** A state closes them to the person. */
  readonly isClosed: boolean
}

/** A record whose row is locked. */
export interface LockedRecord {
  readonly object: ObjectModel
  readonly before: RecordValues
}

/**
 * The rights to the attachments of a record that may be read.
 * @throws TesseraError not_found, the same for a record that is not there and for one that may not be read
 */
export async function attachmentRights(unit: UnitOfWork, place: RecordPlace): Promise<AttachmentRights> {
  const object = readableObject({ ...unit, object: place.object })
  const id = place.record
  if (!isRecordId(id)) throw notFound(object.name, id)
  const statement = compileRights(unit, object)
  const [row] = await runStatement(unit, statement, { ...principalSlots(unit.principal), id })
  if (row === undefined) throw notFound(object.name, id)
  const [isPermitted, state, ownerState] = row as readonly [boolean, string | null, string | null]
  const mayUpdate = isPermitted && mayWriteLines(unit, object)
  const before = { [object.lifecycle?.stateField ?? '']: state }
  const isLineClosed = (lockableLines(unit, object)?.faultsIn(ownerState) ?? []).length > 0
  return { mayUpdate, isClosed: isClosedWhole(unit, { object, before }) || isLineClosed }
}

/**
 * Locks a record whose attachments are changed: those who change them at the same moment come one after the other.
 * @param isOwn whether the person acts on what he attached himself, for which he needs only see the record
 * @throws TesseraError not_found, forbidden, validation where a state closes it
 */
export async function lockForAttaching(
  unit: UnitOfWork,
  { object: name, record: id, isOwn = false }: RecordPlace & { isOwn?: boolean },
): Promise<LockedRecord> {
  const object = readableObject({ ...unit, object: name })
  if (isOwn) await getRecord(unit, { object: name, id, fields: ['id'], hasLines: false })
  const before = await lockPrior(isOwn ? asConsequence(unit) : unit, { object, id, action: 'update' })
  checkAttachable(unit, { object, before })
  await checkLinesOpen(unit, { object, rows: [before], write: {} })
  return { object, before }
}

function compileRights(unit: UnitOfWork, object: ObjectModel): Statement {
  return compiledOnce(unit.model, JSON.stringify(['attachments', unit.rights.key, object.name]), () => {
    const statement = new StatementBuilder()
    const predicate = (action: 'read' | 'update') =>
      rowPredicate({ ...unit, object: object.name, alias: 't', action, statement, rows: 'few' })
    const state = object.lifecycle === undefined ? 'null' : `t.${identifier(object.lifecycle.stateField)}`
    const lines = lockableLines(unit, object)
    const ownerState =
      lines === undefined
        ? 'null'
        : `(select o.${identifier(lines.stateField)} from ${identifier(lines.owner.name)} o ` +
          `where o.id = t.${identifier(lines.parent.name)})`
    return statement.build(
      `select ${predicate('update')}, ${state}, ${ownerState} from ${identifier(object.name)} t ` +
        `where t.id = ${statement.slot('id', 'uuid')} and t.deleted_at is null and ${predicate('read')}`,
    )
  })
}
