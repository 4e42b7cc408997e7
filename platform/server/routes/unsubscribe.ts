import { Hono, type Context } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import { withdrawConsent } from '../../privacy/index.ts'
import { writingWork } from '../../records/index.ts'
import { clientAddress } from '../http/client-address.ts'
import type { ServerEnv } from '../http/env.ts'
import { minuteLimit } from '../http/request-limits.ts'
import { sessionSecret } from '../identity/session-secret.ts'
import { systemPrincipal } from '../identity/system-principal.ts'
import type { ServerParts } from '../parts.ts'
import { isSigned, type Subscribed } from '../unsubscribe/link.ts'
import { unsubscribePage } from '../unsubscribe/page.ts'

/** Where a person withdraws the consent to marketing mails, without signing in (RFC 8058). */
export function unsubscribeRoutes({
  database,
  models,
  ports,
  clock,
  settings,
}: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  const count = minuteLimit(settings.requestsPerMinute)

  async function subscribed(c: Context<ServerEnv>): Promise<Subscribed> {
    count(`unsubscribe ${clientAddress(c, settings)}`)
    const { tenant = '', object = '', record = '' } = c.req.param() as Record<string, string>
    const secret = await sessionSecret(database)
    const of = { tenant, object, record }
    if (!isSigned(of, { signature: c.req.query('signature') ?? '', secret }))
      throw new TesseraError('not_found', 'This link is not complete. Open it again from the mail.')
    return of
  }

  routes.get('/:tenant/:object/:record', async (c) => {
    await subscribed(c)
    return c.html(unsubscribePage(c.req.header('accept-language'), { isDone: false }))
  })

  routes.post('/:tenant/:object/:record', async (c) => {
    const { tenant, object, record } = await subscribed(c)
    const model = await models.current(tenant)
    const principal = { ...systemPrincipal(model), name: 'Link in a mail', roles: [] }
    const origin = { address: clientAddress(c, settings) }
    const pool = await database.tenant(tenant)
    const work = { tenant, model, principal, origin, now: clock(), ports, pool }
    await writingWork(work, (unit) => withdrawConsent(unit, { object, record }))
    return c.html(unsubscribePage(c.req.header('accept-language'), { isDone: true }))
  })

  return routes
}
