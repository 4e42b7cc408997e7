import { invalid, TesseraError, type Fault } from '../../access/errors.ts'
import { linesFieldOf } from '../../access/rights.ts'
import { identifier } from '../../database/identifier.ts'
import type { FieldModel, ObjectModel, StateModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { referenceId, type RecordValues } from '../values.ts'
import type { WriteOptions } from './request.ts'
import { localText } from './rules.ts'

/** A fault for each of the named fields that the state of the record closes to the principal. */
export function lockFaults(
  unit: UnitOfWork,
  options: { object: ObjectModel; before: RecordValues; names: () => Iterable<string>; write: WriteOptions },
): readonly Fault[] {
  const { object, before, names, write } = options
  const state = lockingState(unit, object, before)
  if (state === undefined || (write.by ?? 'person') !== 'person') return []
  return [...names()].filter((name) => isClosed(unit, state, name)).map((field) => fault(unit, state, field))
}

/** Whether the state closes the record as a whole to the principal. */
export function isClosedWhole(
  unit: UnitOfWork,
  { object, before }: { object: ObjectModel; before: RecordValues },
): boolean {
  const state = lockingState(unit, object, before)
  return state?.locks.some((lock) => lock.isAll && !isExempt(unit, lock.roles)) === true
}

/** @throws TesseraError validation where the state closes the record, and so its deletion, to the principal */
export function checkDeletable(unit: UnitOfWork, of: { object: ObjectModel; before: RecordValues }): void {
  refuseClosed(unit, of, (label) => `The record cannot be deleted while it is “${label}”.`)
}

/** @throws TesseraError validation where the state closes the record, and so its attachments, to the principal */
export function checkAttachable(unit: UnitOfWork, of: { object: ObjectModel; before: RecordValues }): void {
  refuseClosed(unit, of, (label) => `The attachments of the record are closed while it is “${label}”.`)
}

/**
 * A row of lines that is written by itself is a change of the records that it belonged and belongs to. Asked when the
 * rights to the row have been: who may not see it learns nothing of its record.
 * @param rows the row as it was and as it is
 * @throws TesseraError forbidden where the principal may not write the field that shows the lines, validation where the
 * state of one of these records closes it
 */
export async function checkLinesOpen(
  unit: UnitOfWork,
  { object, rows, write }: { object: ObjectModel; rows: readonly RecordValues[]; write: WriteOptions },
): Promise<void> {
  if (write.isWithin === true || (write.by ?? 'person') !== 'person') return
  if (!mayWriteLines(unit, object)) throw readOnlyLines(unit, object)
  const lines = lockableLines(unit, object)
  if (lines === undefined) return
  const { parent, owner, stateField, faultsIn } = lines
  const states = await unit.sql.unsafe(
    `select ${identifier(stateField)} as state from ${identifier(owner.name)} where id = any($1::uuid[]) for no key update`,
    [rows.map((row) => referenceId(row[parent.name])) as string[]],
    { prepare: true },
  )
  for (const row of states) {
    const faults = faultsIn((row as unknown as { state: string | null }).state)
    if (faults.length > 0) throw invalid(faults)
  }
}

/** Whether the field that shows the rows of an object may be written; also true of what are no lines. */
export function mayWriteLines({ model, rights }: UnitOfWork, object: ObjectModel): boolean {
  const field = linesFieldOf(model, object)
  return field === undefined || rights.object(field.object).field(field.name) === 'write'
}

function readOnlyLines({ model, rights }: UnitOfWork, object: ObjectModel): TesseraError {
  const { object: owner, name } = linesFieldOf(model, object) as FieldModel
  return new TesseraError(
    'forbidden',
    `Your roles (${rights.roles || 'none'}) may see the ${name} of a ${owner} but not change them.`,
  )
}

/** Of an object of lines: the object of the records that they belong to, where a state of theirs can close the lines. */
export function lockableLines(unit: UnitOfWork, { name, parent }: ObjectModel) {
  const owner = unit.model.objects.get(parent?.reference?.to ?? '')
  const field = [...(owner?.fields.values() ?? [])].find(({ lines }) => lines?.object === name)
  if (parent === undefined || owner === undefined || field === undefined || !hasLocks(unit, owner))
    return undefined
  const stateField = owner.lifecycle?.stateField as string
  return {
    parent,
    owner,
    stateField,
    /** A fault where this state of the owner closes the lines to the principal. */
    faultsIn: (state: string | null) =>
      lockFaults(unit, {
        object: owner,
        before: { [stateField]: state },
        names: () => [field.name],
        write: {},
      }),
  }
}

function refuseClosed(
  unit: UnitOfWork,
  of: { object: ObjectModel; before: RecordValues },
  message: (label: string) => string,
): void {
  const state = lockingState(unit, of.object, of.before)
  if (state === undefined || !isClosedWhole(unit, of)) return
  throw invalid([{ code: 'locked', message: message(labelOf(unit, state)) }])
}

/** The state of the record, where it closes anything. */
function lockingState(unit: UnitOfWork, object: ObjectModel, before: RecordValues): StateModel | undefined {
  const { lifecycle } = object
  if (lifecycle === undefined) return undefined
  const state = unit.model.processes.get(lifecycle.process)?.states.get(String(before[lifecycle.stateField]))
  return state === undefined || state.locks.length === 0 ? undefined : state
}

function hasLocks(unit: UnitOfWork, { lifecycle }: ObjectModel): boolean {
  const states = unit.model.processes.get(lifecycle?.process ?? '')?.states.values() ?? []
  return [...states].some(({ locks }) => locks.length > 0)
}

function isClosed(unit: UnitOfWork, { locks }: StateModel, field: string): boolean {
  return locks.some((lock) => (lock.fields.get(field) ?? lock.isAll) && !isExempt(unit, lock.roles))
}

function isExempt({ principal }: UnitOfWork, roles: ReadonlySet<string>): boolean {
  return principal.roles.some((role) => roles.has(role))
}

function fault(unit: UnitOfWork, state: StateModel, field: string): Fault {
  return { field, code: 'locked', message: `cannot be changed while the record is “${labelOf(unit, state)}”` }
}

function labelOf({ principal }: UnitOfWork, { label }: StateModel): string {
  return localText(label, principal.locale)
}
