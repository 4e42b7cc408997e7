import { Hono } from 'hono'
import { TesseraError } from '../../../access/errors.ts'
import { rightsOfPrincipal } from '../../../access/rights.ts'
import { bulkWrite } from '../../../records/index.ts'
import { bulkRequest } from '../../contract/records.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import type { ServerParts } from '../../parts.ts'
import { problemDocument } from '../../problems/problem.ts'
import { problemOf } from '../../problems/problem-of.ts'
import { followPeople } from './follow-people.ts'

/** POST /:object/bulk: many writes in one request; needs the feature `bulk`. */
export function bulkRoutes(parts: ServerParts): Hono<ServerEnv> {
  return new Hono<ServerEnv>().post('/:object/bulk', async (c) => {
    const object = c.req.param('object')
    const work = c.get('work')
    const { mode, operations } = await readJson(c, bulkRequest)
    if (!rightsOfPrincipal(work.model, work.principal).features.has('bulk'))
      throw new TesseraError('forbidden', 'None of your roles has the feature "bulk".')
    const results = await bulkWrite(work, { object, mode, operations })
    const ids = results.flatMap(({ ok, id }, at) =>
      ok && id !== undefined && operations[at]?.op !== 'delete' ? [id] : [],
    )
    await followPeople(parts, work, { object, ids })
    return c.json({
      results: results.map(({ ok, id, error }) => ({
        ok,
        ...(id === undefined ? {} : { id }),
        ...(error === undefined ? {} : { problem: problemDocument(problemOf(error), c.get('requestId')) }),
      })),
    })
  })
}
