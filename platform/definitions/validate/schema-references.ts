import type { JsonSchema } from '../field-types/field-type.ts'
import type { SchemaSet } from '../schemas/assemble.ts'
import { checkKeywords } from './keywords.ts'

/** A schema together with the file to which its local references (`#/...`) belong. */
export interface Located {
  readonly schema: JsonSchema
  readonly file: string
}

/** The branches of a `oneOf`; with a discriminator, by the value of the property that chooses among them. */
export interface Branches {
  readonly all: readonly Located[]
  readonly tag: string | undefined
  readonly byTag: ReadonlyMap<unknown, Located>
}

/** What was found out about the schemas of a set, each once. */
interface Known {
  readonly targets: Map<JsonSchema, Located>
  readonly branches: Map<JsonSchema, Branches>
}

const knownSets = new WeakMap<SchemaSet, Known>()

/** @throws when a schema of the set uses a keyword that the walk would pass over */
function knownOf(schemas: SchemaSet): Known {
  let known = knownSets.get(schemas)
  if (known === undefined) {
    for (const schema of schemas.values()) checkKeywords(schema)
    knownSets.set(schemas, (known = { targets: new Map(), branches: new Map() }))
  }
  return known
}

/** The schema of a file of the set. @throws when there is none, or when the set cannot be enforced */
export function schemaOf(schemas: SchemaSet, file: string): Located {
  const schema = schemas.get(file)
  if (schema === undefined)
    throw new Error(`There is no schema ${file}; known: ${[...schemas.keys()].join(', ')}.`)
  knownOf(schemas)
  return { schema, file }
}

/** The schema itself, or the one that its `$ref` leads to. */
export function resolve(located: Located, schemas: SchemaSet): Located {
  return typeof located.schema.$ref === 'string' ? resolve(follow(located, schemas), schemas) : located
}

/** What the schema's `$ref` names: in another file, or with `#/...` in its own. */
export function follow({ schema: referring, file: from }: Located, schemas: SchemaSet): Located {
  const { targets } = knownOf(schemas)
  const known = targets.get(referring)
  if (known !== undefined) return known
  const reference = String(referring.$ref)
  const [named = '', pointer = ''] = reference.split('#')
  const file = named === '' ? from : named
  let schema: unknown = schemas.get(file)
  for (const step of pointer.split('/').slice(1))
    schema = (schema as Record<string, unknown> | undefined)?.[step]
  if (typeof schema !== 'object' || schema === null)
    throw new Error(`The schema ${from} refers to ${reference}, which does not exist.`)
  const target = { schema: schema as JsonSchema, file }
  targets.set(referring, target)
  return target
}

export function branchesOf({ schema, file }: Located, schemas: SchemaSet): Branches {
  const { branches } = knownOf(schemas)
  let found = branches.get(schema)
  if (found === undefined) {
    const all = (schema.oneOf as JsonSchema[]).map((branch) => resolve({ schema: branch, file }, schemas))
    const tag = (schema.discriminator as { propertyName: string } | undefined)?.propertyName
    const byTag = new Map(
      tag === undefined ? [] : all.map((branch) => [tagOf(branch.schema, tag), branch] as const),
    )
    branches.set(schema, (found = { all, tag, byTag }))
  }
  return found
}

function tagOf(schema: JsonSchema, tag: string): unknown {
  return (schema.properties as Record<string, JsonSchema>)[tag]?.const
}
