import { z } from 'zod'
import * as access from './access.ts'
import * as accountSecurity from './account-security.ts'
import * as administration from './administration.ts'
import * as approvals from './approvals.ts'
import * as attachments from './attachments.ts'
import * as audit from './audit.ts'
import * as automation from './automation.ts'
import * as common from './common.ts'
import * as erasure from './erasure.ts'
import * as impersonation from './impersonation.ts'
import * as imports from './imports.ts'
import * as keys from './keys.ts'
import * as live from './live.ts'
import * as meta from './meta.ts'
import * as operation from './operation.ts'
import * as picture from './picture.ts'
import * as processes from './processes.ts'
import * as queues from './queues.ts'
import * as records from './records.ts'
import * as serviceLevels from './service-levels.ts'
import * as session from './session.ts'
import * as sharing from './sharing.ts'
import * as work from './work.ts'

/** A JSON Schema (2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * The named schemas of the contract, as JSON Schema, from the one zod source: for the OpenAPI document and for the types
 * of the interface. References between them begin with `prefix`.
 */
export function contractSchemas(prefix: string): Readonly<Record<string, JsonSchema>> {
  const modules = [
    access,
    attachments,
    audit,
    erasure,
    automation,
    common,
    session,
    accountSecurity,
    meta,
    records,
    sharing,
    processes,
    approvals,
    picture,
    operation,
    serviceLevels,
    work,
    queues,
    impersonation,
    imports,
    keys,
    administration,
    live,
  ]
  const schemas = modules
    .flatMap((module) => Object.values(module))
    .filter((each) => each instanceof z.ZodType)
  const registry = z.registry<{ id?: string }>()
  for (const schema of schemas) {
    const id = schema.meta()?.id
    if (id !== undefined) registry.add(schema, { id })
  }
  const { schemas: named } = z.toJSONSchema(registry, {
    uri: (id) => `${prefix}${id}`,
    unrepresentable: 'any',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // What zod cannot express is said in the description of the schema itself.
      if (zodSchema === common.values)
        Object.assign(jsonSchema, { type: 'object', additionalProperties: true })
    },
  })
  // In order of name: what a module exports comes in different orders from Node and from the test runner.
  return Object.fromEntries(
    Object.entries(named)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, { $schema: _, $id: __, id: ___, ...schema }]) => [name, schema]),
  )
}
