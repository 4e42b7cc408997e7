import { literal } from '../spec/literal.ts'
import type { FieldSpec, ObjectSpec } from '../spec/schema-spec.ts'
import type { RetiredEntry } from './facts.ts'
import { qualified } from './statements.ts'

/** The table of a tenant that remembers what was retired, and under which names it is kept. */
export const RETIRED_TABLE = '_retired'

/** Steps of the version that is served which are still to be done; each row goes with its step. */
export const UNSETTLED_TABLE = '_unsettled'

export function recordRetired({
  schema,
  version,
  object,
  field,
  names,
  spec,
}: {
  schema: string
  version: number
  object: string
  field?: string
  names: Readonly<Record<string, string>>
  spec: FieldSpec | ObjectSpec
}): string {
  const values = [
    literal(version, 'integer'),
    literal(object, 'text'),
    literal(field, 'text'),
    literal(names, 'jsonb'),
    literal(spec, 'jsonb'),
  ]
  return (
    `insert into ${qualified(schema, RETIRED_TABLE)} ("version", "object", "field", "names", "spec") ` +
    `values (${values.join(', ')})`
  )
}

export function recordRestored(schema: string, version: number, entry: RetiredEntry): string {
  return `update ${qualified(schema, RETIRED_TABLE)} set "restored_version" = ${version} where "id" = ${entry.id}`
}

/** What was retired follows the object and its references when they get another name. */
export function recordRenamed(schema: string, before: string, after: string): string[] {
  const table = qualified(schema, RETIRED_TABLE)
  const [from, to] = [literal(before, 'text'), literal(after, 'text')]
  return [
    `update ${table} set "object" = ${to} where "object" = ${from} and "field" is not null`,
    `update ${table} set "spec" = jsonb_set("spec", '{target}', to_jsonb(${to})) where "spec" ->> 'target' = ${from}`,
  ]
}
