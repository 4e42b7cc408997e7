import { Hono } from 'hono'
import { discardOutgoing, listOutgoing, readOutgoing, replayOutgoing } from '../../../processes/index.ts'
import { readingWork, writingWork } from '../../../records/index.ts'
import { outgoingChoice, outgoingQuery } from '../../contract/automation.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import { given } from '../../meta/given.ts'

/** Requests and mails to the outside, for administrators. */
export function outgoingRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const query = given(outgoingQuery.parse(c.req.query()))
    return c.json(await listOutgoing(readingWork(c.get('work')), query))
  })

  routes.get('/:id', async (c) => c.json(await readOutgoing(readingWork(c.get('work')), c.req.param('id'))))

  routes.post('/replay', async (c) => {
    const which = await readJson(c, outgoingChoice)
    const count = await writingWork(c.get('work'), (unit) => replayOutgoing(unit, chosen(which)))
    return c.json({ count })
  })

  routes.post('/discard', async (c) => {
    const which = await readJson(c, outgoingChoice)
    const count = await writingWork(c.get('work'), (unit) => discardOutgoing(unit, chosen(which)))
    return c.json({ count })
  })

  return routes
}

function chosen(which: ReturnType<typeof outgoingChoice.parse>) {
  return 'ids' in which ? which : { all: given(which.all) }
}
