/** A JSON Schema, as far as a body is made from it. */
interface Schema {
  readonly $ref?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly format?: string
  readonly minimum?: number
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** What `/api/openapi.json` answers. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** An operation of the API: an address with the names that go into it, and what its body looks like. */
export interface Address {
  readonly method: string
  readonly path: string
  readonly names: readonly string[]
  readonly query: readonly string[]
  readonly bodyType: string | undefined
  readonly schema: Schema | undefined
}

/** Every operation that the document describes. */
export function addressesOf({ paths }: OpenApi): readonly Address[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const [bodyType, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
      return {
        method: method.toUpperCase(),
        path,
        names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
        query: parameters.filter((each) => each.in === 'query').map(({ name }) => name),
        bodyType,
        schema: content?.schema,
      }
    }),
  )
}

/** The address with values for its names, in their order; the last one stands for all that follow. */
export function filledIn({ path }: Address, values: readonly string[]): string {
  let at = 0
  return path.replaceAll(/\{\w+\}/g, () =>
    encodeURIComponent(values[Math.min(at++, values.length - 1)] as string),
  )
}

/** A body with what the schema asks for, or with everything that it knows, and `text` wherever a text may stand. */
export function sampleOf(
  schema: Schema,
  { schemas, text, isWhole }: { schemas: OpenApi['components']['schemas']; text: string; isWhole: boolean },
): unknown {
  const sample = (part: Schema, depth: number): unknown => {
    if (depth > 8) return null
    if (part.$ref !== undefined)
      return sample(schemas[part.$ref.split('/').at(-1) as string] ?? {}, depth + 1)
    if (part.const !== undefined) return part.const
    if (part.enum !== undefined) return part.enum[0]
    const [choice] = part.anyOf ?? part.oneOf ?? []
    if (choice !== undefined) return sample(choice, depth + 1)
    const [type] = [part.type ?? (part.properties === undefined ? 'string' : 'object')].flat()
    switch (type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(part.properties ?? {})
            .filter(([name]) => isWhole || (part.required ?? []).includes(name))
            .map(([name, each]) => [
              name,
              name === 'filter' && each.type === 'string' ? filterFor(text) : sample(each, depth + 1),
            ]),
        )
      case 'array':
        return [sample(part.items ?? {}, depth + 1)]
      case 'integer':
      case 'number':
        return Math.max(1, part.minimum ?? 1)
      case 'boolean':
        return true
      case 'null':
        return null
      default:
        return part.format === 'date-time' ? '2030-01-01T00:00:00Z' : text
    }
  }
  return sample(schema, 0)
}

/** The filter that asks for what has the id. */
export function filterFor(id: string): string {
  return `record.id == ${JSON.stringify(id)}`
}
