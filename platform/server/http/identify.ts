import type { Context, MiddlewareHandler } from 'hono'
import type { WorkOptions } from '../../records/index.ts'
import type { Identity } from '../identity/identity.ts'
import { lacksSecondFactor, secondFactorFirst } from '../identity/second-factor/requirement.ts'
import type { ServerParts } from '../parts.ts'
import type { ServerEnv } from './env.ts'
import { clientAddress } from './client-address.ts'
import { checkKeyScopes } from './key-scopes.ts'
import { checkActing } from './while-acting.ts'
import { isMutation, refuseForeignMutation } from './same-origin.ts'

/** Names the tenant of a request; the first of the person without it. */
export const tenantHeader = 'tessera-tenant'

/** POSTs that only read, so that a key with the scope `read` may send them. */
const reads = /\/(?:query|aggregate|validate)$/

/** Finds out who asks, and prepares the unit of work with the Model that is current now. */
export function identify(parts: ServerParts): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const { identity, work, renewal } = await identified(parts, c)
    if (identity.via === 'session') refuseForeignMutation(c, parts.settings)
    else checkKeyScopes({ path: c.req.path, isChange: isChange(c) }, work)
    if (!isOfOwnAccount(c.req.path) && lacksSecondFactor(work.model, identity)) throw secondFactorFirst()
    checkActing({ path: c.req.path, isChange: isChange(c) }, identity)
    c.set('identity', identity)
    c.set('work', work)
    await next()
    // Through the answer's own headers: `c.header` would copy an answer that is complete, body and all.
    for (const cookie of renewal) c.res.headers.append('set-cookie', cookie)
    if (c.get('isHeaded') !== true && !c.res.headers.has('cache-control'))
      c.res.headers.set('cache-control', 'no-store')
  }
}

/**
 * Who asks, and what the unit of work is made of, as both are now. A request whose body was long on its way asks again.
 * @throws TesseraError unauthenticated, forbidden for a tenant that one does not belong to
 */
export async function identified(
  { database, identities, models, ports, clock, settings }: ServerParts,
  c: Context<ServerEnv>,
): Promise<{ identity: Identity; work: WorkOptions; renewal: readonly string[] }> {
  const { identity, renewal } = await identities.identify({
    headers: c.req.raw.headers,
    tenant: c.req.header(tenantHeader),
    address: clientAddress(c, settings),
  })
  const { tenant, principal, key, impersonation } = identity
  const impersonator = impersonation?.isOver === false ? impersonation.by : undefined
  const [model, pool] = await Promise.all([models.current(tenant), database.tenant(tenant)])
  const cause = key === undefined ? {} : { cause: { api_key: key } }
  const acting = impersonator === undefined ? {} : { cause: { impersonator } }
  const origin = {
    address: clientAddress(c, settings),
    ...(key === undefined ? {} : { key }),
    ...(impersonator === undefined ? {} : { impersonator }),
  }
  return {
    identity,
    work: { tenant, model, principal, now: clock(), pool, ports, ...cause, ...acting, origin },
    renewal,
  }
}

/** Where a second factor is set up, where one learns that it is asked for, and where acting for another ends. */
function isOfOwnAccount(path: string): boolean {
  return path === '/api/session' || path === '/api/impersonation' || path.startsWith('/api/account/')
}

function isChange({ req }: Context<ServerEnv>): boolean {
  return isMutation(req.method) && !reads.test(req.path)
}
