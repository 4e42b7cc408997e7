import { Hono } from 'hono'
import { cancelAbsence, createAbsence, listAbsences } from '../../processes/index.ts'
import { readingWork, writingWork } from '../../records/index.ts'
import { absenceQuery, absenceRequest } from '../contract/work.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import type { ServerParts } from '../parts.ts'

/** When people are away, and who does their work meanwhile. */
export function absenceRoutes({ live }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const { of } = absenceQuery.parse(c.req.query())
    return c.json({ items: await listAbsences(readingWork(c.get('work')), { everyone: of === 'everyone' }) })
  })

  routes.post('/', async (c) => {
    const request = await readJson(c, absenceRequest)
    const work = c.get('work')
    const absence = await writingWork(work, (unit) =>
      createAbsence(unit, {
        person: request.person,
        substitute: request.substitute,
        startsAt: new Date(request.starts_at),
        endsAt: new Date(request.ends_at),
      }),
    )
    live.tellWork(work.tenant)
    return c.json(absence, 201)
  })

  routes.delete('/:id', async (c) => {
    const work = c.get('work')
    await writingWork(work, (unit) => cancelAbsence(unit, c.req.param('id')))
    live.tellWork(work.tenant)
    return c.body(null, 204)
  })

  return routes
}
