import type { FieldModel, ObjectModel } from '../model/model.ts'

/**
 * PostgreSQL refuses an index row above a third of a page, 2,704 bytes: the header, the id at its end and the
 * alignment of a few columns go off that.
 */
export const LONGEST_INDEX_ROW = 2_600

/** What a computed number, day or truth value takes. */
const COMPUTED_BYTES = 40

/** The most bytes that the values of the fields take together in an index; Infinity where nothing limits them. */
export function bytesInIndex(object: ObjectModel, fields: readonly FieldModel[]): number {
  return fields.reduce((sum, field) => sum + bytesOf(object, field), 0)
}

function bytesOf(object: ObjectModel, field: FieldModel): number {
  if (field.type.storage !== 'computed') return field.type.indexBytes?.(field.context) ?? Infinity
  if (field.expressionType.kind !== 'string') return COMPUTED_BYTES
  if (field.formula === undefined) return Infinity
  return field.formula.expression.bytesOfText((path) => bytesOfPath(object, path))
}

/** A generated formula reads stored fields of its own record alone: `record.code`. */
function bytesOfPath(object: ObjectModel, [, name, ...further]: readonly string[]): number {
  const read = further.length === 0 ? object.fields.get(name ?? '') : undefined
  const bytes = read?.type.storage === 'stored' ? read.type.indexBytes?.(read.context) : undefined
  return bytes ?? Infinity
}
