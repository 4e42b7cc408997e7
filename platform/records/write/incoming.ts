import type { Fault } from '../../access/errors.ts'
import { nearest } from '../../definitions/nearest.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isBlank, isSame, type RecordValues } from '../values.ts'
import type { WriteOptions } from './request.ts'

/** Checked values of own columns and join tables, and the rows of lines fields apart. */
export interface Incoming {
  readonly values: Record<string, unknown>
  readonly lines: ReadonlyMap<FieldModel, readonly RecordValues[]>
}

/**
 * Checks what came from outside, key by key: the field exists and may be seen and written by the principal, and the
 * value passes its type. Blanks become null. All faults are collected; nothing is guessed or dropped.
 */
export function checkIncoming(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    input: RecordValues
    before: RecordValues | undefined
    write: WriteOptions
    faults: Fault[]
  },
): Incoming {
  const { object, input, before, write, faults } = options
  const values: Record<string, unknown> = {}
  const lines = new Map<FieldModel, readonly RecordValues[]>()
  for (const [name, value] of Object.entries(input)) {
    if (name === 'id' || name === 'version') continue
    const field = object.fields.get(name)
    const granted = unit.rights.object(object.name)
    if (field !== undefined && granted.mask(name) !== undefined) {
      faults.push({
        field: name,
        code: 'masked',
        message: 'is shown to you in part only, so that you cannot change it',
      })
      continue
    }
    if (field === undefined || granted.field(name) === 'hidden') {
      faults.push(unknownField(unit, object, name))
      continue
    }
    const refusal = refusalOf(unit, { field, value, before, write })
    if (refusal === 'unchanged') continue
    if (refusal !== undefined) {
      faults.push(refusal)
      continue
    }
    // The record may live on an earlier version of its process, with states that today's choices do not have.
    if (field.type.name === 'state' && write.by === 'process') {
      values[name] = value
      continue
    }
    if (isBlank(value) && field.lines === undefined) {
      values[name] = null
      continue
    }
    const checked = field.type.check(value, field.context)
    if (!checked.ok) faults.push({ field: name, code: checked.code, message: checked.message })
    else if (field.lines !== undefined) lines.set(field, checked.value as readonly RecordValues[])
    else if (isRetired(field, checked.value, before))
      faults.push({
        field: name,
        code: 'choice',
        message: `the choice "${String(checked.value)}" is retired`,
      })
    else values[name] = checked.value
  }
  return { values, lines }
}

function unknownField(unit: UnitOfWork, object: ObjectModel, name: string): Fault {
  const seen = [...object.fields.keys()].filter(
    (each) => unit.rights.object(object.name).field(each) !== 'hidden',
  )
  const near = nearest(name, seen)
  const hint = near === undefined ? '' : `; did you mean "${near}"?`
  return { field: name, code: 'unknown_field', message: `is not a field of ${object.name}${hint}` }
}

/** Why a field may not be written here; 'unchanged' where a value that may not be written is sent back as it was. */
function refusalOf(
  unit: UnitOfWork,
  options: { field: FieldModel; value: unknown; before: RecordValues | undefined; write: WriteOptions },
): Fault | 'unchanged' | undefined {
  const { field, value, before, write } = options
  const by = write.by ?? 'person'
  const isComputed = field.type.storage === 'computed' || field.sequence !== undefined
  const isKept = isComputed || (field.isSystem && field.name !== 'owner')
  const isState = field.type.name === 'state' && by !== 'process' && write.entry === undefined
  const isReadOnly = field.isReadOnly && field.type.name !== 'state' && by === 'person'
  const isForbidden = unit.rights.object(field.object).field(field.name) !== 'write' && by !== 'process'
  if (!isKept && !isState && !isReadOnly && !isForbidden) return undefined
  // What a record is loaded with does not hold its lines.
  if (before !== undefined && field.lines === undefined && isSame(before[field.name], value))
    return 'unchanged'
  if (isState && before === undefined && isBlank(value)) return 'unchanged'
  const name = field.name
  if (isKept) return { field: name, code: 'read_only', message: 'is kept by the system and cannot be set' }
  if (isState)
    return {
      field: name,
      code: 'state',
      message: 'is changed by the process alone: send one of its events instead',
    }
  if (isReadOnly)
    return { field: name, code: 'read_only', message: 'is set by the system and cannot be changed here' }
  return { field: name, code: 'forbidden', message: 'may not be changed with your roles' }
}

function isRetired(field: FieldModel, value: unknown, before: RecordValues | undefined): boolean {
  if (field.choices === undefined) return false
  const kept = before?.[field.name]
  const chosen = Array.isArray(value) ? (value as string[]) : [value as string]
  return chosen.some(
    (each) =>
      field.choices?.get(each)?.isRetired === true &&
      each !== kept &&
      !(Array.isArray(kept) && kept.includes(each)),
  )
}
