import { identifier } from '../../database/identifier.ts'
import { literal } from '../spec/literal.ts'
import { foreignKeys, qualified } from '../plan/statements.ts'
import type { FieldSpec, ObjectSpec, SchemaSpec } from '../spec/schema-spec.ts'
import type { Comparison } from './comparison.ts'

/** References to records that are not there or were deleted, and values that are no declared choice. */
export function referenceComparisons({ schema, objects }: SchemaSpec): Comparison[] {
  return Object.values(objects).flatMap((object) =>
    Object.values(object.fields).flatMap((field) => [
      ...references(schema, object, field),
      ...choices(schema, object, field),
    ]),
  )
}

function references(schema: string, object: ObjectSpec, field: FieldSpec): Comparison[] {
  if (field.joinTable !== undefined) return []
  return foreignKeys(schema, object.name, field).map(({ column, target }) => ({
    kind: 'reference',
    subject: `${object.name}.${field.name}`,
    message: `The record refers to a ${target} that was deleted or is not there.`,
    query:
      `select each.id from ${qualified(schema, object.name)} as each where each.deleted_at is null ` +
      `and each.${identifier(column)} is not null and not exists (select 1 from ${qualified(schema, target)} as target ` +
      `where target.id = each.${identifier(column)} and target.deleted_at is null)`,
  }))
}

function choices(schema: string, object: ObjectSpec, field: FieldSpec): Comparison[] {
  const [column] = field.columns
  if (field.values === undefined || column === undefined) return []
  const name = identifier(column.name)
  const allowed = literal(field.values, 'text[]')
  const isOutside = field.type === 'choices' ? `not ${name} <@ ${allowed}` : `not ${name} = any (${allowed})`
  return [
    {
      kind: 'choice',
      subject: `${object.name}.${field.name}`,
      message: 'The value is not among the declared choices or states.',
      query:
        `select id from ${qualified(schema, object.name)} where deleted_at is null ` +
        `and ${name} is not null and ${isOutside}`,
    },
  ]
}
