import { Hono } from 'hono'
import {
  aggregateRecords,
  getRecord,
  listRecords,
  readingWork,
  recordTimeline,
  tryWrite,
  type ListPage,
  type RecordValues,
  type TimelineEntry,
} from '../../../records/index.ts'
import {
  aggregateQuery,
  getQuery,
  historyQuery,
  listQuery,
  recordQuery,
  trialRequest,
} from '../../contract/records.ts'
import { answerData } from '../../http/answer-data.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import { withPromises } from './with-promises.ts'

const single = { read: getRecord, rowsOf: (record: RecordValues) => [record] }
const list = { read: listRecords, rowsOf: ({ rows }: ListPage) => rows }

/** Lists, queries, totals, single records, their history, and the trial of a write. */
export function recordReads(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/:object', async (c) => {
    const request = listQuery.parse(c.req.query())
    const unit = readingWork(c.get('work'))
    return answerData(c, await withPromises(unit, { object: c.req.param('object'), ...request }, list))
  })

  routes.post('/:object/query', async (c) => {
    const request = await readJson(c, recordQuery)
    const unit = readingWork(c.get('work'))
    return answerData(c, await withPromises(unit, { object: c.req.param('object'), ...request }, list))
  })

  routes.post('/:object/aggregate', async (c) => {
    const request = await readJson(c, aggregateQuery)
    const unit = readingWork(c.get('work'))
    return c.json({ groups: await aggregateRecords(unit, { object: c.req.param('object'), ...request }) })
  })

  routes.post('/:object/validate', async (c) => {
    const request = await readJson(c, trialRequest)
    return c.json({ faults: await tryWrite(c.get('work'), { object: c.req.param('object'), ...request }) })
  })

  routes.get('/:object/:id', async (c) => {
    const { object, id } = c.req.param()
    // Most ask for the whole record: there is nothing to check then.
    const request = c.req.url.includes('?') ? getQuery.parse(c.req.query()) : {}
    const unit = readingWork(c.get('work'))
    return answerData(c, await withPromises(unit, { object, id, ...request }, single))
  })

  routes.get('/:object/:id/history', async (c) => {
    const { object, id } = c.req.param()
    const { after } = historyQuery.parse(c.req.query())
    const unit = readingWork(c.get('work'))
    const { entries, next } = await recordTimeline(unit, {
      object,
      id,
      ...(after === undefined ? {} : { after }),
    })
    return c.json({ entries: entries.map(presentEntry), next })
  })

  return routes
}

/** A note is kept among the causes of a change; people read it as the entry's text. */
function presentEntry(entry: TimelineEntry) {
  const note = entry.cause?.note
  return { ...entry, id: String(entry.id), ...(typeof note === 'string' ? { note } : {}) }
}
