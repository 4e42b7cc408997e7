import { Hono } from 'hono'
import {
  countWorkItems,
  listWorkItems,
  listWorkLog,
  actOnMany,
  handOverWork,
  type WorkResult,
} from '../../../processes/index.ts'
import { readingWork } from '../../../records/index.ts'
import { workItemQuery } from '../../contract/processes.ts'
import { handOverRequest, workBulkRequest } from '../../contract/work.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import type { ServerParts } from '../../parts.ts'
import { problemDocument } from '../../problems/problem.ts'
import { problemOf } from '../../problems/problem-of.ts'
import { presentWorkItem } from './present.ts'
import { workActRoutes } from './work-acts.ts'

/** The work that waits for the person, and doing it: one item at a time, or many. */
export function workItemRoutes(parts: ServerParts): Hono<ServerEnv> {
  const { live, processPorts } = parts
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const { status, held_by: held } = workItemQuery.parse(c.req.query())
    const unit = readingWork(c.get('work'))
    const heldBy = held === undefined || held === 'inactive' ? held : { person: held }
    const items = await listWorkItems(unit, {
      ...(status === undefined ? {} : { status }),
      ...(heldBy === undefined ? {} : { heldBy }),
    })
    return c.json({ items: items.map((item) => presentWorkItem(unit, item)) })
  })

  routes.get('/count', async (c) => c.json({ open: await countWorkItems(readingWork(c.get('work'))) }))

  routes.get('/:id/log', async (c) =>
    c.json({ entries: await listWorkLog(readingWork(c.get('work')), c.req.param('id')) }),
  )

  routes.post('/bulk', async (c) => {
    const work = c.get('work')
    const results = await actOnMany(work, await readJson(c, workBulkRequest), processPorts)
    live.tellWork(work.tenant)
    return c.json({ results: results.map((result) => present(result, c.get('requestId'))) })
  })

  routes.post('/hand-over', async (c) => {
    const work = c.get('work')
    const results = await handOverWork(work, await readJson(c, handOverRequest))
    live.tellWork(work.tenant)
    return c.json({ results: results.map((result) => present(result, c.get('requestId'))) })
  })

  routes.route('/', workActRoutes(parts))
  return routes
}

function present({ id, ok, error }: WorkResult, requestId: string) {
  return { id, ok, ...(error === undefined ? {} : { problem: problemDocument(problemOf(error), requestId) }) }
}
