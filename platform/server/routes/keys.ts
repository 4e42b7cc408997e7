import { Hono } from 'hono'
import { invalid, TesseraError } from '../../access/errors.ts'
import { rightsOfPrincipal } from '../../access/rights.ts'
import { checkScopes } from '../../access/scopes.ts'
import { isRecordId, readingWork } from '../../records/index.ts'
import { keyRequest } from '../contract/keys.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { auditedWork } from '../identity/audited-work.ts'
import { createKey, listKeys, revokeKey } from '../identity/api-keys.ts'
import type { ServerParts } from '../parts.ts'

const dayMs = 86_400_000
const usualDays = 90
const longestDays = 366

/** The own API keys: made by who has the feature `api_keys`, in a session; listed and revoked by their owner. */
export function keyRoutes({ database, identities, clock }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.use(async (c, next) => {
    if (c.get('identity').via === 'key')
      throw new TesseraError('forbidden', 'API keys are managed in a session, not with another key.')
    await next()
  })

  routes.get('/', async (c) => {
    const { tenant, principal } = c.get('identity')
    return c.json({ keys: await listKeys(database, { tenant, member: principal.userId }) })
  })

  routes.post('/', async (c) => {
    const { tenant, principal } = c.get('identity')
    if (!rightsOfPrincipal(c.get('work').model, principal).features.has('api_keys'))
      throw new TesseraError('forbidden', 'None of your roles has the feature "api_keys".')
    const { name, scopes, expires_at: asked } = await readJson(c, keyRequest)
    const work = c.get('work')
    const { now } = work
    checkScopes(work.model, readingWork(work).rights, scopes)
    const expiresAt = expiryOf(asked, now)
    const key = await auditedWork(database, work, async (sql) => {
      const result = await createKey(sql, {
        tenant,
        member: principal.userId,
        name,
        scopes: [...new Set(scopes)],
        expiresAt,
        now,
      })
      const detail = { key: result.id, name, scopes: result.scopes, expires_at: result.expires_at }
      return { result, entry: { action: 'key.created', detail } }
    })
    return c.json(key, 201)
  })

  routes.delete('/:id', async (c) => {
    const { tenant, principal } = c.get('identity')
    const id = c.req.param('id')
    const isRevoked =
      isRecordId(id) &&
      (await auditedWork(database, c.get('work'), async (sql) => {
        const result = await revokeKey(sql, { tenant, member: principal.userId, id, now: clock() })
        return { result, entry: result ? { action: 'key.revoked', detail: { key: id } } : undefined }
      }))
    if (!isRevoked) throw new TesseraError('not_found', 'You have no such key.')
    identities.forgetCredentials()
    return c.body(null, 204)
  })

  return routes
}

/** Every key ends: a forgotten one must not open the door for ever. */
function expiryOf(asked: string | undefined, now: Date): string {
  const at = asked === undefined ? now.getTime() + usualDays * dayMs : Date.parse(asked)
  if (at <= now.getTime()) throw new TesseraError('bad_request', 'expires_at: lies in the past.')
  if (at > now.getTime() + longestDays * dayMs)
    throw invalid([
      {
        field: 'expires_at',
        code: 'range',
        message: 'lies more than a year ahead; a key lives a year at most',
      },
    ])
  return new Date(at).toISOString()
}
