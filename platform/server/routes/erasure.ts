import { Hono } from 'hono'
import { eraseOnRequest, listErasures, previewErasure } from '../../privacy/index.ts'
import { readingWork, writingWork } from '../../records/index.ts'
import { erasureRequest, erasuresQuery } from '../contract/erasure.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { forgetPerson } from '../identity/forget-person.ts'
import { given } from '../meta/given.ts'
import type { ServerParts } from '../parts.ts'

/** Erasing the data of a person; needs the feature "erase". */
export function erasureRoutes({ database, identities }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const request = given(erasuresQuery.parse(c.req.query())) as { after?: string }
    return c.json(await listErasures(readingWork(c.get('work')), request))
  })

  routes.post('/preview', async (c) => {
    const request = await readJson(c, erasureRequest)
    return c.json(await previewErasure(readingWork(c.get('work')), request))
  })

  routes.post('/', async (c) => {
    const request = await readJson(c, erasureRequest)
    const work = c.get('work')
    const erasure = await writingWork(work, (unit) => eraseOnRequest(unit, request))
    if (request.object === 'user') {
      await forgetPerson(database, { tenant: work.tenant, member: request.record })
      identities.forgetCredentials()
      identities.forgetPeople(work.tenant)
    }
    return c.json(erasure, 201)
  })

  return routes
}
