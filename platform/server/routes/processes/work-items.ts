import { Hono } from 'hono'
import {
  claimWorkItem,
  completeWorkItem,
  countWorkItems,
  listWorkItems,
  releaseWorkItem,
  type WorkItem,
} from '../../../processes/index.ts'
import { readingWork, writingWork, type UnitOfWork } from '../../../records/index.ts'
import { completion, workItemQuery } from '../../contract/processes.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import type { ServerParts } from '../../parts.ts'
import { presentWorkItem } from './present.ts'

/** The work that waits for the person, and doing it. */
export function workItemRoutes({ live, processPorts }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const { status } = workItemQuery.parse(c.req.query())
    const unit = readingWork(c.get('work'))
    const items = await listWorkItems(unit, status === undefined ? {} : { status })
    return c.json({ items: items.map((item) => presentWorkItem(unit, item)) })
  })

  routes.get('/count', async (c) => c.json({ open: await countWorkItems(readingWork(c.get('work'))) }))

  const acting = (act: (unit: UnitOfWork, id: string) => Promise<WorkItem>) => ({
    async on(work: Parameters<typeof writingWork>[0], id: string) {
      const item = await writingWork(work, async (unit) => presentWorkItem(unit, await act(unit, id)))
      live.tellWork(work.tenant)
      return item
    },
  })

  routes.post('/:id/claim', async (c) =>
    c.json(await acting(claimWorkItem).on(c.get('work'), c.req.param('id'))),
  )

  routes.post('/:id/release', async (c) =>
    c.json(await acting(releaseWorkItem).on(c.get('work'), c.req.param('id'))),
  )

  routes.post('/:id/complete', async (c) => {
    const { outcome, values, comment } = await readJson(c, completion)
    const request = {
      ...(outcome === undefined ? {} : { outcome }),
      ...(values === undefined ? {} : { values }),
      ...(comment === undefined ? {} : { comment }),
    }
    const complete = acting((unit, id) => completeWorkItem(unit, { id, ...request }, processPorts))
    return c.json(await complete.on(c.get('work'), c.req.param('id')))
  })

  return routes
}
