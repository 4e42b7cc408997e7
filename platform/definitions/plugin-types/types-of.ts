import type { JsonSchema } from '../field-types/field-type.ts'
import type { FieldModel, LocalText, Model } from '../model/model.ts'

/**
 * TypeScript for authors of plugins: one interface per object, as its records travel in the API (decimals as texts,
 * blanks as null), one per process event with a form, and the maps `Objects` and `Events` from names to them.
 */
export async function typesOf(model: Model): Promise<string> {
  const definitions: Record<string, JsonSchema> = {}
  const objects = [...model.objects.values()].map(({ name, label, fields }) => {
    definitions[name] = interfaceOf({
      title: pascal(name),
      description: english(label),
      fields: [...fields.values()],
    })
    return [name, name] as const
  })
  const events = [...model.processes.values()].flatMap((process) =>
    [...process.events.values()].map((event) => {
      const key = `${process.name}_${event.name}_event`
      const description = `${english(event.label)} (${english(process.label)})`
      definitions[key] = interfaceOf({ title: pascal(key), description, fields: [...event.form.values()] })
      return [`${process.name}.${event.name}`, key] as const
    }),
  )
  const root = {
    title: 'Declarations',
    definitions: { ...definitions, objects: mapOf('Objects', objects), events: mapOf('Events', events) },
    ...mapOf('Declarations', [
      ['objects', 'objects'],
      ['events', 'events'],
    ]),
  }
  // Loaded when wanted: a server never writes types, and would pay for it at every start.
  const { compile } = await import('json-schema-to-typescript')
  const text = await compile(root as never, 'Declarations', {
    bannerComment: '// Made by `tessera types` from the declarations; do not edit.',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { semi: false, singleQuote: true, printWidth: 110 },
  })
  // The library says under each interface which definition it came from.
  return text.replaceAll(
    / \*\n \* This interface was referenced by `Declarations`'s JSON-Schema\n \* via the `definition` "[^"]+"\.\n/g,
    '',
  )
}

function interfaceOf({
  title,
  description,
  fields,
}: {
  title: string
  description: string
  fields: readonly FieldModel[]
}): JsonSchema {
  const always = fields.filter(
    (field) => field.isRequired || field.name === 'id' || field.name.endsWith('ated_at'),
  )
  return {
    title,
    description,
    type: 'object',
    additionalProperties: false,
    required: always.map(({ name }) => name),
    properties: Object.fromEntries(
      fields.map((field) => [field.name, propertyOf(field, always.includes(field))]),
    ),
  }
}

function propertyOf(field: FieldModel, isAlwaysThere: boolean): JsonSchema {
  const value =
    field.lines === undefined
      ? withoutTitles(field.type.valueSchema(field.context))
      : { type: 'array', items: { $ref: `#/definitions/${field.lines.object}` } }
  const description = [english(field.label), field.reference && `(id of a record of "${field.reference.to}")`]
    .filter(Boolean)
    .join(' ')
  if (isAlwaysThere || Object.keys(value).length === 0) return { ...value, description }
  return { anyOf: [value, { type: 'null' }], description }
}

/** Titles inside would become interfaces of their own. */
function withoutTitles({ title: _title, ...schema }: JsonSchema): JsonSchema {
  return schema
}

function mapOf(title: string, entries: readonly (readonly [string, string])[]): JsonSchema {
  return {
    title,
    type: 'object',
    additionalProperties: false,
    required: entries.map(([name]) => name),
    properties: Object.fromEntries(
      entries.map(([name, definition]) => [name, { $ref: `#/definitions/${definition}` }]),
    ),
  }
}

function english(text: LocalText): string {
  return typeof text === 'string' ? text : (text.en ?? Object.values(text)[0] ?? '')
}

function pascal(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
