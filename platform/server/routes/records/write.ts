import { Hono } from 'hono'
import { TesseraError } from '../../../access/errors.ts'
import {
  createRecord,
  deleteRecord,
  restoreRecord,
  updateRecord,
  upsertRecord,
  writingAndReading,
  writingWork,
  type RecordValues,
} from '../../../records/index.ts'
import { values } from '../../contract/common.ts'
import { changeQuery } from '../../contract/records.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import type { ServerParts } from '../../parts.ts'
import { asSeen } from './as-seen.ts'
import { followPeople } from './follow-people.ts'

/** Creating, changing, deleting, restoring, and creating or changing by a key. */
export function recordWrites(parts: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.post('/:object', async (c) => {
    const object = c.req.param('object')
    const given = await readJson(c, values)
    const record = await writingAndReading(
      c.get('work'),
      (unit) => createRecord(unit, { object, values: given }),
      (unit, stored) => asSeen(unit, object, stored),
    )
    await followPeople(parts, c.get('work'), { object, ids: [record.id as string] })
    return c.json(record, 201, { location: `/api/records/${object}/${String(record.id)}` })
  })

  routes.patch('/:object/:id', async (c) => {
    const { object, id } = c.req.param()
    const given = await readJson(c, values)
    const version = versionIn(given)
    const { may } = changeQuery.parse(c.req.query())
    const record = await writingAndReading(
      c.get('work'),
      (unit) => updateRecord(unit, { object, id, values: given, ...version }),
      (unit, stored) => asSeen(unit, object, stored, { may }),
    )
    await followPeople(parts, c.get('work'), { object, ids: [id] })
    return c.json(record)
  })

  routes.delete('/:object/:id', async (c) => {
    const { object, id } = c.req.param()
    const version = versionIn({ version: numberOf(c.req.query('version')) })
    await writingWork(c.get('work'), (unit) => deleteRecord(unit, { object, id, ...version }))
    await followPeople(parts, c.get('work'), { object, ids: [] })
    return c.body(null, 204)
  })

  routes.post('/:object/:id/restore', async (c) => {
    const { object, id } = c.req.param()
    const record = await writingAndReading(
      c.get('work'),
      (unit) => restoreRecord(unit, { object, id }),
      (unit, stored) => asSeen(unit, object, stored),
    )
    await followPeople(parts, c.get('work'), { object, ids: [id] })
    return c.json(record)
  })

  routes.put('/:object/by/:key', async (c) => {
    const { object, key } = c.req.param()
    const given = await readJson(c, values)
    const { record, created } = await writingAndReading(
      c.get('work'),
      (unit) => upsertRecord(unit, { object, key, values: given }),
      async (unit, written) => ({
        record: await asSeen(unit, object, written.record),
        created: written.created,
      }),
    )
    await followPeople(parts, c.get('work'), { object, ids: [record.id as string] })
    return c.json({ record, created }, created ? 201 : 200)
  })

  return routes
}

/** The version that the writer has seen, for optimistic locking. */
function versionIn(given: RecordValues): { version?: number } {
  const { version } = given
  if (version === undefined || version === null) return {}
  if (typeof version !== 'number' || !Number.isSafeInteger(version))
    throw new TesseraError('bad_request', 'version: expected the whole number that the record was read with.')
  return { version }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}
