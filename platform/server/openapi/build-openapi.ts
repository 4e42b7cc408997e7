import type { EffectiveRights } from '../../access/rights.ts'
import { contractSchemas, type JsonSchema } from '../contract/components.ts'
import type { Model } from '../../definitions/model/model.ts'
import { visibilityOf } from '../meta/visibility.ts'
import { commonPaths } from './common-paths.ts'
import { objectPaths } from './object-paths.ts'
import { inputSchema, plain, recordSchema } from './object-schemas.ts'
import { schemaPrefix, schemaRef } from './operation.ts'

export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>
  readonly components: Readonly<Record<string, JsonSchema>>
  readonly security: readonly JsonSchema[]
}

/** The API of a tenant (OpenAPI 3.1): what every tenant has, and the objects and events that the rights let be seen. */
export function buildOpenApi(model: Model, rights: EffectiveRights): OpenApi {
  const visibility = visibilityOf(model, rights)
  const objects = [...model.objects.values()].filter(({ name }) => visibility.isObject(name))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tessera',
      version: model.hash.slice(0, 12),
      description:
        'Authenticate with `Authorization: Bearer tsk_…` (an API key) or in a session; changes in a session need the ' +
        'header `tessera-request: 1`. Who belongs to several tenants names one with the header `tessera-tenant`. ' +
        'Every error is a problem document (RFC 9457).',
    },
    tags: [
      { name: 'session', description: 'Signing in, API keys' },
      { name: 'declarations', description: 'What is declared' },
      { name: 'records', description: 'Records of any object' },
      { name: 'work', description: 'Tasks, approvals, notifications' },
      { name: 'imports', description: 'Importing files' },
      { name: 'administration', description: 'People, roles, keys, sign-ins' },
      { name: 'audit', description: 'The audit log' },
      { name: 'privacy', description: 'Personal data' },
      ...objects.map((object) => ({ name: object.name, description: plain(object.plural) })),
    ],
    paths: Object.assign(commonPaths(), ...objects.map((object) => objectPaths(visibility, object))),
    components: {
      schemas: {
        ...contractSchemas(schemaPrefix),
        ...Object.fromEntries(
          objects.flatMap((object) => [
            [object.name, recordSchema(visibility, object)],
            [`${object.name}_input`, inputSchema(visibility, object)],
          ]),
        ),
      },
      responses: {
        Problem: {
          description: 'What went wrong and what helps.',
          content: { 'application/problem+json': { schema: schemaRef('Problem') } },
        },
      },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key' },
        session: { type: 'apiKey', in: 'cookie', name: 'tessera.session_token' },
      },
    },
    security: [{ key: [] }, { session: [] }],
  }
}
