import { Hono } from 'hono'
import { endShare, listShares, shareRecord, writingWork } from '../../records/index.ts'
import { shareRequest } from '../contract/sharing.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import type { ServerParts } from '../parts.ts'

/** Who else was given a record, by hand. */
export function sharingRoutes({ identities }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  const root = '/:object/:id/shares'

  routes.get(root, async (c) => {
    const { object, id } = c.req.param()
    return c.json({ shares: await writingWork(c.get('work'), (unit) => listShares(unit, { object, id })) })
  })

  routes.post(root, async (c) => {
    const { object, id } = c.req.param()
    const { expires_at: end, ...request } = await readJson(c, shareRequest)
    const shares = await writingWork(c.get('work'), async (unit) => {
      await shareRecord(unit, {
        ...request,
        object,
        id,
        expiresAt: end === undefined ? undefined : new Date(end),
      })
      return listShares(unit, { object, id })
    })
    identities.forgetPeople(c.get('work').tenant)
    return c.json({ shares }, 201)
  })

  routes.delete(`${root}/:share`, async (c) => {
    const { object, id, share } = c.req.param()
    await writingWork(c.get('work'), (unit) => endShare(unit, { object, id, share }))
    return c.body(null, 204)
  })

  return routes
}
