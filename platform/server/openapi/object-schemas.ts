import type { JsonSchema } from '../contract/components.ts'
import type { FieldModel, LocalText, ObjectModel } from '../../definitions/model/model.ts'
import { schemaPrefix } from './operation.ts'
import type { Visibility } from '../meta/visibility.ts'

/** Records of one object as they are read: every field that may be seen; blanks are null. */
export function recordSchema(visibility: Visibility, object: ObjectModel): JsonSchema {
  const fields = seenFields(visibility, object)
  return {
    type: 'object',
    title: plain(object.label),
    ...(object.description === undefined ? {} : { description: plain(object.description) }),
    required: ['id', 'version'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      version: {
        type: 'integer',
        description: 'Send it back with a change, to notice that others were faster.',
      },
      ...Object.fromEntries(fields.map((field) => [field.name, readSchema(visibility, field)])),
    },
  }
}

/** The fields of one object that may be written. */
export function inputSchema(visibility: Visibility, object: ObjectModel): JsonSchema {
  const fields = seenFields(visibility, object).filter((field) => isWritable(visibility, field))
  return {
    type: 'object',
    title: `${plain(object.label)}, to be written`,
    additionalProperties: false,
    properties: {
      version: {
        type: 'integer',
        description: 'The version that was read; without it the last writer wins.',
      },
      ...Object.fromEntries(fields.map((field) => [field.name, writeSchema(visibility, field)])),
    },
  }
}

/** The form of an event or of work. */
export function formSchema(form: ReadonlyMap<string, FieldModel>): JsonSchema {
  const required = [...form.values()].filter((field) => field.isRequired).map((field) => field.name)
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(
      [...form].map(([name, field]) => [name, described(field, valueSchema(field))]),
    ),
  }
}

function seenFields({ rights }: Visibility, object: ObjectModel): FieldModel[] {
  const { field, mask } = rights.object(object.name)
  return [...object.fields.values()].filter(
    ({ name }) => name !== 'id' && (field(name) !== 'hidden' || mask(name) !== undefined),
  )
}

function isWritable({ rights }: Visibility, field: FieldModel): boolean {
  return (
    rights.object(field.object).field(field.name) === 'write' &&
    field.type.storage !== 'computed' &&
    field.type.name !== 'state' &&
    field.sequence === undefined &&
    !field.isReadOnly &&
    (!field.isSystem || field.name === 'owner')
  )
}

function readSchema(visibility: Visibility, field: FieldModel): JsonSchema {
  const { reference, lines } = field
  if (lines !== undefined)
    return described(field, {
      type: 'array',
      items: visibility.isObject(lines.object)
        ? { $ref: `${schemaPrefix}${lines.object}` }
        : { type: 'object' },
    })
  const schema = valueSchema(field)
  const expanded = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string', format: 'uuid' } },
    description: 'With `expand`: the id and what was asked for.',
  }
  return described(field, {
    anyOf: [schema, ...(reference === undefined ? [] : [expanded]), { type: 'null' }],
  })
}

function writeSchema(visibility: Visibility, field: FieldModel): JsonSchema {
  const { lines } = field
  if (lines === undefined) return described(field, { anyOf: [valueSchema(field), { type: 'null' }] })
  const row = visibility.isObject(lines.object)
    ? { allOf: [{ type: 'object', properties: { id: { type: 'string', format: 'uuid' } } }] }
    : { type: 'object' }
  return described(field, {
    type: 'array',
    items: row,
    description: 'The whole list: rows with an id are changed, without one created, missing ones deleted.',
  })
}

function valueSchema(field: FieldModel): JsonSchema {
  return field.type.valueSchema(field.context)
}

function described(field: FieldModel, schema: JsonSchema): JsonSchema {
  const help = field.help === undefined ? '' : ` ${plain(field.help)}`
  const more = typeof schema.description === 'string' ? ` ${schema.description}` : ''
  return { ...schema, description: `${plain(field.label)}.${help}${more}` }
}

export function plain(text: LocalText): string {
  return typeof text === 'string' ? text : (text.en ?? Object.values(text)[0] ?? '')
}
