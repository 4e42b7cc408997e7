import { Hono } from 'hono'
import { describeClocks } from '../../../processes/index.ts'
import { readingWork } from '../../../records/index.ts'
import type { ClocksAnswer } from '../../contract/types.ts'
import type { ServerEnv } from '../../http/env.ts'
import { presentClock } from './present-clock.ts'

/** What is promised on a record, and how much time is left. */
export function clockRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.get('/:object/:id/clocks', async (c) => {
    const { object, id } = c.req.param()
    const unit = readingWork(c.get('work'))
    const clocks = await describeClocks(unit, { object, id })
    return c.json<ClocksAnswer>({ at: unit.moment.now.toISOString(), clocks: clocks.map(presentClock) })
  })
  return routes
}
