import { Hono } from 'hono'
import { readingWork, searchEverywhere } from '../../records/index.ts'
import { searchQuery } from '../contract/records.ts'
import type { ServerEnv } from '../http/env.ts'

/** GET /api/search?q=: the best hits of every object that may be read. */
export function searchRoutes(): Hono<ServerEnv> {
  return new Hono<ServerEnv>().get('/', async (c) => {
    const { q } = searchQuery.parse(c.req.query())
    return c.json({ hits: await searchEverywhere(readingWork(c.get('work')), { text: q }) })
  })
}
