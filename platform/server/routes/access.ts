import { Hono } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import { accessMatrix } from '../../access/matrix.ts'
import { rightsOfPrincipal } from '../../access/rights.ts'
import { explainEvent } from '../../processes/index.ts'
import { explainAccess, getRecord, readingWork, type WorkOptions } from '../../records/index.ts'
import { explainRequest } from '../contract/access.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { readPerson } from '../identity/principals.ts'
import type { ServerParts } from '../parts.ts'

/** Why somebody may or may not do something, and what all roles may do. */
export function accessRoutes(parts: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.post('/explain', async (c) => {
    const { person, event, field, record, ...rest } = await readJson(c, explainRequest)
    const work = c.get('work')
    const asked =
      person === undefined || person === work.principal.userId ? work : await workOf(parts, work, person)
    const place = { ...rest, ...(record === undefined ? {} : { record }) }
    if (asked !== work && record !== undefined)
      // Of a record that he does not see himself nobody learns that it is there.
      await getRecord(readingWork(work), { object: rest.object, id: record, fields: ['id'], hasLines: false })
    const unit = readingWork(asked)
    const reader = readingWork(work)
    if (event !== undefined) {
      if (record === undefined)
        throw new TesseraError('bad_request', 'record: an event is sent to a record; say to which.')
      return c.json(await explainEvent(unit, { object: rest.object, record, event }, { reader }))
    }
    return c.json(
      await explainAccess(unit, { ...place, ...(field === undefined ? {} : { field }) }, { reader }),
    )
  })

  routes.get('/matrix', (c) => {
    needAdministrator(c.get('work'))
    return c.json(accessMatrix(c.get('work').model))
  })

  return routes
}

async function workOf(parts: ServerParts, work: WorkOptions, member: string): Promise<WorkOptions> {
  needAdministrator(work)
  const { tenant, now } = work
  const principal = await readPerson({ ...parts, tenant, member, now })
  if (principal === undefined)
    throw new TesseraError('not_found', `There is no active person ${member}; somebody else may do nothing.`)
  return { ...work, principal }
}

function needAdministrator({ model, principal }: WorkOptions): void {
  if (!rightsOfPrincipal(model, principal).features.has('administer'))
    throw new TesseraError('forbidden', 'This takes the feature "administer".')
}
