import type { JsonSchema } from '../contract/components.ts'

export const schemaPrefix = '#/components/schemas/'

export function schemaRef(name: string): JsonSchema {
  return { $ref: `${schemaPrefix}${name}` }
}

export interface OperationOptions {
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** Parameters in the query, by name. */
  readonly query?: Readonly<Record<string, { readonly description: string; readonly schema?: JsonSchema }>>
  /** Parameters in the path that the address does not fix. */
  readonly path?: readonly string[]
  readonly body?: JsonSchema
  /** 204 without it. */
  readonly answer?: JsonSchema
  readonly status?: number
  /** Content type of body or answer where it is not JSON. */
  readonly bodyType?: string
  readonly answerType?: string
  readonly isPublic?: boolean
}

export type Route = readonly [method: string, path: string, options: Omit<OperationOptions, 'tag'>]

/** One operation of the OpenAPI document. Everything that goes wrong is a problem document. */
export function operation(options: OperationOptions): JsonSchema {
  const { id, tag, summary, description, query = {}, path = [], body, answer, isPublic = false } = options
  const status = options.status ?? (answer === undefined ? 204 : 200)
  const parameters = [
    ...path.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(query).map(([name, { description: text, schema = { type: 'string' } }]) => ({
      name,
      in: 'query',
      description: text,
      schema,
    })),
  ]
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isPublic ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [options.bodyType ?? 'application/json']: { schema: body } },
          },
        }),
    responses: {
      [status]: {
        description: answer === undefined ? 'Done.' : 'The answer.',
        ...(answer === undefined
          ? {}
          : { content: { [options.answerType ?? 'application/json']: { schema: answer } } }),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}
