import { Hono } from 'hono'
import { TesseraError } from '../../../../access/errors.ts'
import { isRecordId, readingWork } from '../../../../records/index.ts'
import { pageQuery } from '../../../contract/administration.ts'
import type { ServerEnv } from '../../../http/env.ts'
import { listKeysOfAll, revokeKey } from '../../../identity/api-keys.ts'
import { auditedWork } from '../../../identity/audited-work.ts'
import type { ServerParts } from '../../../parts.ts'
import { namesOf } from '../people/names-of.ts'

/** The keys of all people: looked at, and revoked. Nobody sees a key itself. */
export function administeredKeys({ database, identities, clock }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.use(async (c, next) => {
    if (c.get('identity').via === 'key')
      throw new TesseraError('forbidden', 'API keys are managed in a session, not with another key.')
    await next()
  })

  routes.get('/', async (c) => {
    const work = c.get('work')
    const { after } = pageQuery.parse(c.req.query())
    const { keys, next } = await listKeysOfAll(database, { tenant: work.tenant, after })
    const names = await namesOf(
      readingWork(work),
      keys.map(({ member }) => member),
    )
    return c.json({
      items: keys.map(({ member, ...key }) => ({
        ...key,
        owner: { id: member, name: names.get(member) ?? null },
      })),
      next,
    })
  })

  routes.delete('/:id', async (c) => {
    const { tenant } = c.get('work')
    const id = c.req.param('id')
    const isRevoked =
      isRecordId(id) &&
      (await auditedWork(database, c.get('work'), async (sql) => {
        const result = await revokeKey(sql, { tenant, id, now: clock() })
        return { result, entry: result ? { action: 'key.revoked', detail: { key: id } } : undefined }
      }))
    if (!isRevoked) throw new TesseraError('not_found', `There is no key ${id} here.`)
    identities.forgetCredentials()
    return c.body(null, 204)
  })

  return routes
}
