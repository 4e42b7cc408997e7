import type { JsonSchema } from '../field-types/field-type.ts'
import { suggest } from '../nearest.ts'
import type { SchemaSet } from '../schemas/assemble.ts'
import { branchesOf, follow, resolve, schemaOf, type Located } from './schema-references.ts'
import { checkScalar } from './scalar-rules.ts'
import { show, spelled } from './show.ts'

export type Path = readonly (string | number)[]

/** One fault of a document against its schema. */
export interface SchemaFault {
  readonly path: Path
  readonly code: 'unknown_key' | 'missing' | 'type' | 'value'
  readonly message: string
  readonly remedy?: string
  /** The fault lies in the key at the end of the path, not in its value. */
  readonly isKey?: boolean
}

interface Visit {
  readonly schemas: SchemaSet
  readonly faults: SchemaFault[]
  /** Where the walk is; grows and shrinks with it. */
  readonly path: (string | number)[]
}

/**
 * Checks a document against the schema of the file, e.g. `object.json`, and gives every fault.
 *
 * Walks the schema itself instead of compiling it with Ajv: an implementer's error must name the branch that was
 * meant, the nearest known key and the remedy, which Ajv's errors of a `oneOf` across files cannot give, and a start
 * need not compile anything. A test compares the verdicts of both on many documents.
 */
export function checkAgainstSchema(
  document: unknown,
  { schemas, file }: { schemas: SchemaSet; file: string },
): SchemaFault[] {
  const visit: Visit = { schemas, faults: [], path: [] }
  walk(document, schemaOf(schemas, file), visit)
  return visit.faults
}

/** Notes a fault where the walk is, or at a key there. */
function add({ faults, path }: Visit, fault: Omit<SchemaFault, 'path'>, key?: string): void {
  faults.push({ path: key === undefined ? [...path] : [...path, key], ...fault })
}

function walk(value: unknown, located: Located, visit: Visit): void {
  const { schema } = located
  if (typeof schema.$ref === 'string') walk(value, follow(located, visit.schemas), visit)
  if (!checkType(value, schema, visit)) return
  checkListed(value, schema, visit)
  if (schema.oneOf !== undefined) walkBranch(value, located, visit)
  if (Array.isArray(value)) walkArray(value, located, visit)
  else if (typeof value === 'object' && value !== null)
    walkObject(value as Record<string, unknown>, located, visit)
  else
    checkScalar(value, schema, (message, remedy) =>
      add(visit, { code: 'value', message, ...(remedy === undefined ? {} : { remedy }) }),
    )
}

function walkAt(key: string | number, value: unknown, located: Located, visit: Visit): void {
  visit.path.push(key)
  walk(value, located, visit)
  visit.path.pop()
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object {...}',
  array: 'a list [...]',
  null: 'null',
}

function checkType(value: unknown, { type }: JsonSchema, visit: Visit): boolean {
  if (type === undefined) return true
  if (
    typeof type === 'string' ? isOfType(value, type) : (type as string[]).some((one) => isOfType(value, one))
  )
    return true
  const names = [type].flat().map((one) => typeNames[one as string] ?? String(one))
  add(visit, { code: 'type', message: `Expected ${names.join(' or ')}, got ${show(value)}.` })
  return false
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

function checkListed(value: unknown, schema: JsonSchema, visit: Visit): void {
  const fault = (remedy: string) =>
    add(visit, { code: 'value', message: `${show(value)} is not allowed here.`, remedy })
  if (Array.isArray(schema.enum) && !schema.enum.includes(value))
    fault(suggest(spelled(value), schema.enum.map(String), 'Allowed'))
  if (schema.const !== undefined && schema.const !== value) fault(`Use ${JSON.stringify(schema.const)}.`)
}

function walkBranch(value: unknown, located: Located, visit: Visit): void {
  const { all, byTag, tag } = branchesOf(located, visit.schemas)
  if (tag !== undefined) return walkTagged(value, { byTag, tag }, visit)
  const fitting = all.filter(({ schema: branch }) => admits(value, branch))
  if (fitting.length === 1) return walk(value, fitting[0] as Located, visit)
  const expected = all.flatMap(({ schema: branch }) => describeBranch(branch)).join(' or ')
  add(visit, { code: 'type', message: `Expected ${expected}, got ${show(value)}.` })
}

/** The branch whose `const` of the tag property is the value's. */
function walkTagged(
  value: unknown,
  { byTag, tag }: { byTag: ReadonlyMap<unknown, Located>; tag: string },
  visit: Visit,
): void {
  const known = (given: string) => suggest(given, [...byTag.keys()].map(String), 'Known')
  if (!isOfType(value, 'object'))
    return add(visit, { code: 'type', message: `Expected an object {...}, got ${show(value)}.` })
  const given = (value as Record<string, unknown>)[tag]
  if (given === undefined)
    return add(visit, { code: 'missing', message: `"${tag}" is missing.`, remedy: known('') })
  const branch = byTag.get(given)
  if (branch !== undefined) return walk(value, branch, visit)
  add(visit, { code: 'value', message: `Unknown ${tag} ${show(given)}.`, remedy: known(spelled(given)) }, tag)
}

/** Whether the branch is the one that this value means: by its type, or by its listed values. */
function admits(value: unknown, { type, enum: listed }: JsonSchema): boolean {
  if (Array.isArray(listed)) return typeof value === 'string'
  return typeof type !== 'string' || isOfType(value, type)
}

function describeBranch({ type, enum: listed }: JsonSchema): string[] {
  if (Array.isArray(listed)) return listed.map((entry) => JSON.stringify(entry))
  return [typeNames[String(type)] ?? 'an object {...}']
}

function walkObject(value: Record<string, unknown>, { schema, file }: Located, visit: Visit): void {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>
  const additional = schema.additionalProperties as JsonSchema | boolean | undefined
  const keys = Object.keys(value)
  for (const key of keys)
    if (Object.hasOwn(properties, key))
      walkAt(key, value[key], { schema: properties[key] as JsonSchema, file }, visit)
    else if (additional === false) {
      const remedy = suggest(key, Object.keys(properties), 'Known keys')
      add(visit, { isKey: true, code: 'unknown_key', message: `Unknown key "${key}".`, remedy }, key)
    } else {
      if (schema.propertyNames) checkName(key, { schema: schema.propertyNames as JsonSchema, file }, visit)
      if (typeof additional === 'object') walkAt(key, value[key], { schema: additional, file }, visit)
    }
  for (const key of (schema.required ?? []) as string[])
    if (!Object.hasOwn(value, key))
      add(visit, { code: 'missing', message: `"${key}" is missing.`, ...explanation(properties[key]) }, key)
  const least = (schema.minProperties ?? 0) as number
  if (keys.length < least)
    add(visit, { code: 'value', message: `Has ${keys.length} entries; at least ${least} are needed.` })
}

/** A key that a map's names do not admit. */
function checkName(key: string, located: Located, visit: Visit): void {
  const { schema } = resolve(located, visit.schemas)
  checkScalar(key, { pattern: schema.pattern }, () =>
    add(
      visit,
      {
        isKey: true,
        code: 'value',
        message: `"${key}" is not a valid name here.`,
        remedy: String(schema.description ?? `It must match ${schema.pattern}.`),
      },
      key,
    ),
  )
}

function walkArray(value: readonly unknown[], { schema, file }: Located, visit: Visit): void {
  const least = (schema.minItems ?? 0) as number
  if (value.length < least)
    add(visit, { code: 'value', message: `Has ${value.length} entries; at least ${least} are needed.` })
  if (typeof schema.items !== 'object') return
  const items = { schema: schema.items as JsonSchema, file }
  for (const [at, entry] of value.entries()) walkAt(at, entry, items, visit)
}

function explanation(schema: JsonSchema | undefined): { remedy?: string } {
  return typeof schema?.description === 'string' ? { remedy: schema.description } : {}
}
