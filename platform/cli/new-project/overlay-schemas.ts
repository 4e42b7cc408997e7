import { common } from '../../definitions/kinds/common.ts'

type Schema = Readonly<Record<string, unknown>>

/**
 * The schema of a kind for documents that are laid over one of an earlier package: only the name must be there, and a
 * field may be changed without saying its type again. For editors; `tessera check` judges the merged document.
 */
export function overlaySchema(schema: Schema): Schema {
  return { ...schema, ...(schema.required === undefined ? {} : { required: ['name'] }) }
}

/** `common.json` beside those: a field without a type changes one, null removes it. */
export function overlayCommon(schema: Schema): Schema {
  if (schema.$id !== common.$id) return schema
  const definitions = schema.$defs as Readonly<Record<string, Schema>>
  const { description, ...field } = definitions.field as Schema
  return {
    ...schema,
    $defs: {
      ...definitions,
      field: {
        description,
        if: { type: 'object', required: ['type'] },
        then: field,
        else: { type: ['object', 'null'] },
      },
    },
  }
}
