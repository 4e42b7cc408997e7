import { invalid, TesseraError } from '../../access/errors.ts'
import { rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, KeyModel, ObjectModel } from '../../definitions/model/model.ts'
import { runStatement } from '../read/run.ts'
import { readableObject } from '../read/selection.ts'
import { compiledOnce } from '../read/statement-cache.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isBlank, type RecordValues } from '../values.ts'
import { createRecord } from './create.ts'
import type { WriteOptions } from './request.ts'
import { fieldSlots } from './statements.ts'
import { updateRecord } from './update.ts'

/**
 * Creates a record, or updates the one that has the same values in the fields of a declared key.
 * @throws TesseraError as create and update do; validation where a field of the key is blank
 */
export async function upsertRecord(
  unit: UnitOfWork,
  request: { object: string; key: string; values: RecordValues },
  write: WriteOptions = {},
): Promise<{ record: RecordValues; created: boolean }> {
  const object = readableObject({ ...unit, object: request.object })
  const key = keyOf(unit, object, request.key)
  const id = await findByKey(unit, { object, key, values: request.values })
  if (id === undefined) return { record: await createRecord(unit, request, write), created: true }
  return {
    record: await updateRecord(unit, { object: object.name, id, values: request.values }, write),
    created: false,
  }
}

/**
 * A declared key by name, or the key that a unique field is by itself. A key with a field that may not be seen is not
 * known: finding records by it would tell who has which value.
 */
export function keyOf({ rights }: Pick<UnitOfWork, 'rights'>, object: ObjectModel, name: string): KeyModel {
  const granted = rights.object(object.name)
  const unique = [...object.fields.values()].filter((field) => field.isUnique)
  const known = [
    ...object.keys,
    ...unique.map((field) => ({ name: field.name, fields: [field.name] })),
  ].filter((key) => key.fields.every((field) => granted.field(field) !== 'hidden'))
  const key = known.find((each) => each.name === name)
  if (key !== undefined) return key
  throw new TesseraError(
    'bad_request',
    `${object.name} has no key "${name}"; known keys: ${known.map((each) => each.name).join(', ') || 'none'}.`,
  )
}

/** The id of the record with the values of a key, among those that the principal may read. */
export async function findByKey(
  unit: UnitOfWork,
  options: { object: ObjectModel; key: KeyModel; values: RecordValues },
): Promise<string | undefined> {
  const { object, key, values } = options
  const fields = key.fields.map((name) => object.fields.get(name) as FieldModel)
  const checked: Record<string, unknown> = {}
  for (const field of fields) {
    const value = values[field.name]
    if (isBlank(value))
      throw invalid([
        { field: field.name, code: 'required', message: `is part of the key ${key.name} and must be filled` },
      ])
    const result =
      field.sequence === undefined ? field.type.check(value, field.context) : { ok: true as const, value }
    if (!result.ok) throw invalid([{ field: field.name, code: result.code, message: result.message }])
    checked[field.name] = result.value
  }
  const { statement } = compiledOnce(
    unit.model,
    JSON.stringify(['key', unit.rights.key, object.name, key.fields]),
    () => {
      const builder = new StatementBuilder()
      const equal = fields.flatMap((field) =>
        field.columns.map(
          (column, at) =>
            `t.${identifier(column.name)} = ${builder.slot(`field.${field.name}.${at}`, column.type)}`,
        ),
      )
      const gate = rowPredicate({
        ...unit,
        object: object.name,
        alias: 't',
        action: 'read',
        statement: builder,
      })
      const text = `select t.id from ${identifier(object.name)} t where ${equal.join(' and ')} and t.deleted_at is null and ${gate}`
      return { statement: builder.build(text) }
    },
  )
  const [row] = await runStatement(unit, statement, {
    ...principalSlots(unit.principal),
    ...fieldSlots(fields, checked),
  })
  return row?.[0] as string | undefined
}
