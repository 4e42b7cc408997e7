import { Hono } from 'hono'
import { discardTriggerRuns, listTriggerRuns, replayTriggerRuns } from '../../../processes/index.ts'
import { readingWork, writingWork } from '../../../records/index.ts'
import { runChoice, runQuery } from '../../contract/automation.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import { given } from '../../meta/given.ts'

/** What triggers did and have to do, for administrators. */
export function triggerRunRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const work = c.get('work')
    const { items, next } = await listTriggerRuns(readingWork(work), given(runQuery.parse(c.req.query())))
    const labelled = items.map((item) => ({
      ...item,
      label: work.model.triggers.get(item.trigger)?.label ?? item.trigger,
    }))
    return c.json({ items: labelled, next })
  })

  routes.post('/replay', async (c) => {
    const which = await readJson(c, runChoice)
    const count = await writingWork(c.get('work'), (unit) => replayTriggerRuns(unit, chosen(which)))
    return c.json({ count })
  })

  routes.post('/discard', async (c) => {
    const which = await readJson(c, runChoice)
    const count = await writingWork(c.get('work'), (unit) => discardTriggerRuns(unit, chosen(which)))
    return c.json({ count })
  })

  return routes
}

function chosen(which: ReturnType<typeof runChoice.parse>) {
  return 'ids' in which ? which : { all: given(which.all) }
}
