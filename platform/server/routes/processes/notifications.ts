import { Hono } from 'hono'
import { listNotifications, readNotifications } from '../../../processes/index.ts'
import { readingWork, writingWork } from '../../../records/index.ts'
import { readRequest } from '../../contract/processes.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'

/** What processes have told the person. */
export function notificationRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.get('/', async (c) => c.json(await listNotifications(readingWork(c.get('work')))))
  routes.post('/read', async (c) => {
    const { ids } = await readJson(c, readRequest)
    await writingWork(c.get('work'), (unit) => readNotifications(unit, ids))
    return c.body(null, 204)
  })
  return routes
}
