import type { FieldModel, KeyModel, ObjectModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { LONGEST_INDEX_ROW, bytesInIndex } from './index-size.ts'
import type { Linkage } from './linkage.ts'

const identifying: ReadonlySet<string> = new Set(
  'text email phone url integer decimal date datetime choice reference user sequence formula'.split(' '),
)

const REMEDY_LENGTH = 'Declare a smaller "max_length"'

/**
 * Refuses "unique", "indexed", keys and indexes that PostgreSQL could not keep: over what has no column, over types
 * without an order, and over values that may be longer than an index row, which would fail only when such a value is
 * written. Runs when all fields and formulas are linked, whose lengths it needs.
 */
export function checkIndexes(linkage: Linkage): void {
  for (const object of linkage.objects.values()) {
    const at: Address = { kind: 'object', name: object.name, path: [] }
    for (const field of object.fields.values())
      if (!field.isSystem) checkField(linkage, { object, field, at: inside(at, 'fields', field.name) })
    for (const property of ['keys', 'indexes'] as const)
      for (const key of object[property])
        checkKey(linkage, { object, key, at: inside(at, property, key.name) })
  }
}

function checkField(
  linkage: Linkage,
  { object, field, at }: { object: ObjectModel; field: FieldModel; at: Address },
): void {
  const { unique, indexed } = field.context.declaration
  if (unique !== true && indexed !== true) return
  const option = unique === true ? 'unique' : 'indexed'
  const fault = (message: string, remedy: string) =>
    linkage.problems.error({ at: inside(at, option), code: 'impossible_option', message, remedy })
  if (unique === true && !identifying.has(field.type.name))
    return fault(`A field of type ${field.type.name} cannot be unique.`, 'Remove "unique".')
  const obstacle = obstacleToIndex(field)
  if (obstacle !== undefined) return fault(`"${field.name}" ${obstacle}.`, `Remove "${option}".`)
  const bytes = bytesInIndex(object, [field])
  if (bytes > LONGEST_INDEX_ROW)
    fault(`"${field.name}" ${tooLong(bytes)}.`, `${REMEDY_LENGTH}, or remove "${option}".`)
}

function checkKey(
  linkage: Linkage,
  { object, key, at }: { object: ObjectModel; key: KeyModel; at: Address },
): void {
  const fields: FieldModel[] = []
  for (const [position, name] of key.fields.entries()) {
    const field = object.fields.get(name)
    const obstacle = field && obstacleToIndex(field)
    if (obstacle !== undefined)
      linkage.problems.error({
        at: inside(at, 'fields', position),
        code: 'not_indexable',
        message: `"${name}" ${obstacle}.`,
        remedy: 'Choose a stored field.',
      })
    else if (field !== undefined) fields.push(field)
  }
  const bytes = bytesInIndex(object, fields)
  if (fields.length < key.fields.length || bytes <= LONGEST_INDEX_ROW) return
  linkage.problems.error({
    at: inside(at, 'fields'),
    code: 'not_indexable',
    message: `${fields.map(({ name }) => `"${name}"`).join(', ')} together: the value ${tooLong(bytes)}.`,
    remedy: `${REMEDY_LENGTH} for their texts, or take fewer fields.`,
  })
}

/** Why the field cannot stand in an index, whatever its values; undefined where it can. */
function obstacleToIndex(field: FieldModel): string | undefined {
  if (field.columns.length === 0)
    return 'has no column in the table (it is computed when read, or kept elsewhere)'
  if (field.type.indexBytes === undefined && field.type.storage !== 'computed')
    return `is of type ${field.type.name}, which cannot be indexed`
  return undefined
}

function tooLong(bytes: number): string {
  const length = Number.isFinite(bytes) ? `may take ${bytes} bytes` : 'may be of any length'
  return `${length}; an index holds at most ${LONGEST_INDEX_ROW} (four for a character)`
}
