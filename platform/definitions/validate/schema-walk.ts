import type { JsonSchema } from '../field-types/field-type.ts'
import type { SchemaSet } from '../schemas/assemble.ts'
import { suggest } from '../nearest.ts'
import { checkKeywords } from './keywords.ts'

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
}

/** A schema together with the file to which its local references (`#/...`) belong. */
interface Located {
  readonly schema: JsonSchema
  readonly file: string
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
  const schema = schemas.get(file)
  if (schema === undefined)
    throw new Error(`There is no schema ${file}; known: ${[...schemas.keys()].join(', ')}.`)
  checkKeywordsOnce(schemas)
  const visit: Visit = { schemas, faults: [] }
  walk(document, { schema, file }, [], visit)
  return visit.faults
}

function walk(value: unknown, { schema, file }: Located, path: Path, visit: Visit): void {
  if (typeof schema.$ref === 'string') walk(value, follow(schema, file, visit.schemas), path, visit)
  if (!checkType(value, schema, path, visit)) return
  checkListed(value, schema, path, visit)
  if (Array.isArray(schema.oneOf)) walkBranch(value, { schema, file }, path, visit)
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    walkObject(value as Record<string, unknown>, { schema, file }, path, visit)
  else if (Array.isArray(value)) walkArray(value, { schema, file }, path, visit)
  else walkScalar(value, schema, path, visit)
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

function checkType(value: unknown, schema: JsonSchema, path: Path, visit: Visit): boolean {
  if (schema.type === undefined) return true
  const expected = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type as string]
  if (expected.some((type) => isOfType(value, type))) return true
  const names = expected.map((type) => typeNames[type] ?? type).join(' or ')
  visit.faults.push({ path, code: 'type', message: `Expected ${names}, got ${show(value)}.` })
  return false
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

function walkBranch(value: unknown, { schema, file }: Located, path: Path, visit: Visit): void {
  const branches = (schema.oneOf as JsonSchema[]).map((branch) =>
    resolve({ schema: branch, file }, visit.schemas),
  )
  const tag = (schema.discriminator as { propertyName: string } | undefined)?.propertyName
  if (tag !== undefined) return walkTagged(value, { branches, tag }, path, visit)
  const fitting = branches.filter(({ schema: branch }) => admits(value, branch))
  if (fitting.length === 1) return walk(value, fitting[0] as Located, path, visit)
  const expected = branches.flatMap(({ schema: branch }) => describeBranch(branch)).join(' or ')
  visit.faults.push({ path, code: 'type', message: `Expected ${expected}, got ${show(value)}.` })
}

/** The branch whose `const` of the tag property is the value's. */
function walkTagged(
  value: unknown,
  { branches, tag }: { branches: readonly Located[]; tag: string },
  path: Path,
  visit: Visit,
): void {
  if (!isOfType(value, 'object')) {
    visit.faults.push({ path, code: 'type', message: `Expected an object {...}, got ${show(value)}.` })
    return
  }
  const given = (value as Record<string, unknown>)[tag]
  if (given === undefined) {
    visit.faults.push({
      path,
      code: 'missing',
      message: `"${tag}" is missing.`,
      remedy: known(branches, tag, ''),
    })
    return
  }
  const branch = branches.find(({ schema }) => tagOf(schema, tag) === given)
  if (branch !== undefined) return walk(value, branch, path, visit)
  visit.faults.push({
    path: [...path, tag],
    code: 'value',
    message: `Unknown ${tag} ${show(given)}.`,
    remedy: known(branches, tag, spelled(given)),
  })
}

function known(branches: readonly Located[], tag: string, given: string): string {
  return suggest(
    given,
    branches.map(({ schema }) => String(tagOf(schema, tag))),
    'Known',
  )
}

function tagOf(schema: JsonSchema, tag: string): unknown {
  return (schema.properties as Record<string, JsonSchema>)[tag]?.const
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

function walkObject(
  value: Record<string, unknown>,
  { schema, file }: Located,
  path: Path,
  visit: Visit,
): void {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>
  const additional = schema.additionalProperties as JsonSchema | boolean | undefined
  for (const [key, entry] of Object.entries(value)) {
    const inner = [...path, key]
    if (Object.hasOwn(properties, key))
      walk(entry, { schema: properties[key] as JsonSchema, file }, inner, visit)
    else if (additional === false)
      visit.faults.push({
        path: inner,
        isKey: true,
        code: 'unknown_key',
        message: `Unknown key "${key}".`,
        remedy: suggest(key, Object.keys(properties), 'Known keys'),
      })
    else {
      if (schema.propertyNames)
        checkName(key, { schema: schema.propertyNames as JsonSchema, file }, inner, visit)
      if (typeof additional === 'object') walk(entry, { schema: additional, file }, inner, visit)
    }
  }
  for (const key of (schema.required ?? []) as string[])
    if (!Object.hasOwn(value, key))
      visit.faults.push({
        path: [...path, key],
        code: 'missing',
        message: `"${key}" is missing.`,
        remedy: explain(properties[key]),
      })
  const least = (schema.minProperties ?? 0) as number
  if (Object.keys(value).length < least)
    visit.faults.push({
      path,
      code: 'value',
      message: `Has ${Object.keys(value).length} entries; at least ${least} are needed.`,
    })
}

/** A key that a map's names do not admit. */
function checkName(key: string, located: Located, path: Path, visit: Visit): void {
  const { schema } = resolve(located, visit.schemas)
  if (typeof schema.pattern !== 'string' || matches(key, schema.pattern)) return
  visit.faults.push({
    path,
    isKey: true,
    code: 'value',
    message: `"${key}" is not a valid name here.`,
    remedy: String(schema.description ?? `It must match ${schema.pattern}.`),
  })
}

function walkArray(value: readonly unknown[], { schema, file }: Located, path: Path, visit: Visit): void {
  const least = (schema.minItems ?? 0) as number
  if (value.length < least)
    visit.faults.push({
      path,
      code: 'value',
      message: `Has ${value.length} entries; at least ${least} are needed.`,
    })
  if (typeof schema.items !== 'object') return
  for (const [at, entry] of value.entries())
    walk(entry, { schema: schema.items as JsonSchema, file }, [...path, at], visit)
}

function checkListed(value: unknown, schema: JsonSchema, path: Path, visit: Visit): void {
  const fault = (remedy: string) =>
    visit.faults.push({ path, code: 'value', message: `${show(value)} is not allowed here.`, remedy })
  if (Array.isArray(schema.enum) && !schema.enum.includes(value))
    fault(suggest(spelled(value), schema.enum.map(String), 'Allowed'))
  if (schema.const !== undefined && schema.const !== value) fault(`Use ${JSON.stringify(schema.const)}.`)
}

function walkScalar(value: unknown, schema: JsonSchema, path: Path, visit: Visit): void {
  const fault: AddFault = (message, remedy) =>
    visit.faults.push({ path, code: 'value', message, ...(remedy === undefined ? {} : { remedy }) })
  if (typeof value === 'string') checkTextLimits(value, schema, fault)
  if (typeof value === 'number') checkBounds(value, schema, fault)
}

type AddFault = (message: string, remedy?: string) => void

function checkTextLimits(value: string, schema: JsonSchema, fault: AddFault): void {
  const {
    minLength = 0,
    maxLength = Infinity,
    pattern,
  } = schema as { minLength?: number; maxLength?: number; pattern?: string }
  const length = value.length < minLength || value.length > maxLength ? [...value].length : value.length
  if (length < minLength)
    fault(value === '' ? 'The text is empty.' : `The text has fewer than ${minLength} characters.`)
  if (length > maxLength) fault(`The text has ${length} characters; at most ${maxLength} are allowed.`)
  if (pattern !== undefined && !matches(value, pattern))
    fault(
      `${show(value)} does not have the form that is needed here.`,
      explain(schema) ?? `It must match ${pattern}.`,
    )
}

function checkBounds(value: number, schema: JsonSchema, fault: AddFault): void {
  const { minimum = -Infinity, maximum = Infinity } = schema as { minimum?: number; maximum?: number }
  if (value < minimum) fault(`${value} is too small; at least ${minimum} is needed.`)
  if (value > maximum) fault(`${value} is too large; at most ${maximum} is allowed.`)
}

function explain(schema: JsonSchema | undefined): string | undefined {
  return typeof schema?.description === 'string' ? schema.description : undefined
}

function resolve(located: Located, schemas: SchemaSet): Located {
  const { schema, file } = located
  return typeof schema.$ref === 'string' ? resolve(follow(schema, file, schemas), schemas) : located
}

const targets = new WeakMap<SchemaSet, Map<JsonSchema, Located>>()

/** What the schema's `$ref` names: in another file, or with `#/...` in its own. */
function follow(referring: JsonSchema, from: string, schemas: SchemaSet): Located {
  let found = targets.get(schemas)
  if (found === undefined) targets.set(schemas, (found = new Map<JsonSchema, Located>()))
  const known = found.get(referring)
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
  found.set(referring, target)
  return target
}

const checkedSets = new WeakSet<SchemaSet>()

function checkKeywordsOnce(schemas: SchemaSet): void {
  if (checkedSets.has(schemas)) return
  for (const schema of schemas.values()) checkKeywords(schema)
  checkedSets.add(schemas)
}

const patterns = new Map<string, RegExp>()

function matches(text: string, pattern: string): boolean {
  let regex = patterns.get(pattern)
  if (regex === undefined) patterns.set(pattern, (regex = new RegExp(pattern, 'u')))
  return regex.test(text)
}

/** To compare with known names; an object from outside may bear a `toString` that is none. */
function spelled(value: unknown): string {
  return typeof value === 'string' ? value : show(value)
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
