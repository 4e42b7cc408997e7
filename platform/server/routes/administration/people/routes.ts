import { Hono } from 'hono'
import { audit, type AuditAction } from '../../../../audit/index.ts'
import { notFound } from '../../../../access/errors.ts'
import { isRecordId, readingWork, updateRecord, writingWork } from '../../../../records/index.ts'
import type { WorkOptions } from '../../../../records/index.ts'
import { deactivation, peopleQuery } from '../../../contract/administration.ts'
import type { ListedPerson } from '../../../contract/types.ts'
import type { ServerEnv } from '../../../http/env.ts'
import { readJson } from '../../../http/read-json.ts'
import { endSessions } from '../../../identity/end-sessions.ts'
import { unlockAccount } from '../../../identity/sign-in-limits.ts'
import type { ServerParts } from '../../../parts.ts'
import { followPeople } from '../../records/follow-people.ts'
import { deactivate } from './deactivate.ts'
import { listPeople } from './list-people.ts'

/** People and their access. Who they are is changed as any record is, at /api/records/user. */
export function administeredPeople(parts: ServerParts): Hono<ServerEnv> {
  const { database } = parts
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) =>
    c.json(await listPeople(database, readingWork(c.get('work')), peopleQuery.parse(c.req.query()))),
  )

  routes.get('/:id', async (c) => c.json(await personOf(parts, c.get('work'), c.req.param('id'))))

  routes.post('/:id/deactivate', async (c) => {
    const { hand_over_to: handOverTo } = await readJson(c, deactivation)
    const { id } = await personOf(parts, c.get('work'), c.req.param('id'))
    return c.json(await deactivate(parts, c.get('work'), { id, handOverTo }))
  })

  routes.post('/:id/activate', async (c) => {
    const work = c.get('work')
    const { id } = await personOf(parts, work, c.req.param('id'))
    await writingWork(work, (unit) => updateRecord(unit, { object: 'user', id, values: { is_active: true } }))
    await followPeople(parts, work, { object: 'user', ids: [id] })
    return c.body(null, 204)
  })

  routes.post('/:id/end-sessions', async (c) => {
    const work = c.get('work')
    const { id } = await personOf(parts, work, c.req.param('id'))
    const ended = await endSessions(parts, { tenant: work.tenant, member: id })
    await noteAct(work, { action: 'session.ended', member: id, detail: { count: ended } })
    return c.json({ ended })
  })

  routes.post('/:id/unlock', async (c) => {
    const work = c.get('work')
    const { id, email } = await personOf(parts, work, c.req.param('id'))
    await unlockAccount(database, email)
    await noteAct(work, { action: 'account.unlocked', member: id, detail: {} })
    return c.body(null, 204)
  })

  return routes
}

function noteAct(
  work: WorkOptions,
  { action, member, detail }: { action: AuditAction; member: string; detail: Record<string, unknown> },
): Promise<void> {
  const subject = { object: 'user', record: member }
  return writingWork(work, (unit) => audit(unit, { action, subject, detail }))
}

async function personOf({ database }: ServerParts, work: WorkOptions, id: string): Promise<ListedPerson> {
  const { items } = isRecordId(id) ? await listPeople(database, readingWork(work), { id }) : { items: [] }
  if (items[0] === undefined) throw notFound('user', id)
  return items[0]
}
