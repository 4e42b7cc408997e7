import { Hono } from 'hono'
import { TesseraError } from '../../../access/errors.ts'
import type { InboundMoment, TriggerModel } from '../../../definitions/model/trigger.ts'
import { receive } from '../../../processes/index.ts'
import { writingWork } from '../../../records/index.ts'
import { inboundBody } from '../../contract/automation.ts'
import { clientAddress } from '../../http/client-address.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import { minuteLimit } from '../../http/request-limits.ts'
import { systemPrincipal } from '../../identity/system-principal.ts'
import type { ServerParts } from '../../parts.ts'
import { isProven } from './sender-proof.ts'

type InboundTrigger = TriggerModel & { readonly on: InboundMoment }

/**
 * Where other systems send what sets triggers off. Whoever cannot prove who it is learns nothing, not even whether there
 * is such a trigger. The answer comes when it has been written down; the actions follow.
 */
export function inboundRoutes(parts: ServerParts): Hono<ServerEnv> {
  const { database, models, ports, clock, settings, log } = parts
  const count = minuteLimit(settings.requestsPerMinute)

  async function triggerOf(tenant: string, name: string): Promise<InboundTrigger | undefined> {
    const [known] = await database.platform`
      select 1 from platform.tenant where name = ${tenant} and active_version is not null`
    const trigger = known && (await models.current(tenant)).triggers.get(name)
    return trigger?.on.type === 'inbound' ? (trigger as InboundTrigger) : undefined
  }

  return new Hono<ServerEnv>().post('/:tenant/:trigger', async (c) => {
    const { tenant, trigger: name } = c.req.param()
    count(`${clientAddress(c, settings)} ${tenant} ${name}`)
    const trigger = await triggerOf(tenant, name)
    const authentication = trigger?.on.authentication
    const secret = authentication && settings.outgoing.secret(tenant, authentication.secret)
    if (authentication !== undefined && secret === undefined)
      log.warn(
        { tenant, trigger: name },
        `the secret "${authentication.secret}" of the trigger is not set; nothing can be received`,
      )
    const body = Buffer.from(await c.req.arrayBuffer()).toString('utf8')
    const now = clock()
    if (
      trigger === undefined ||
      authentication === undefined ||
      secret === undefined ||
      !isProven(authentication.type, { headers: c.req.raw.headers, body, secret, now })
    )
      throw new TesseraError('unauthenticated', 'The key or the signature is not valid here.')
    const values = await readJson(c, inboundBody)
    const model = await models.current(tenant)
    const work = {
      ...{ tenant, model, now, ports, principal: systemPrincipal(model) },
      pool: await database.tenant(tenant),
    }
    const key = c.req.header('idempotency-key')?.slice(0, 500)
    const { id, isRepeated } = await writingWork(work, (unit) => receive(unit, trigger, { values, key }))
    return c.json({ id, repeated: isRepeated }, 202)
  })
}
