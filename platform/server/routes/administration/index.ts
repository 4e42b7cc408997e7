import { Hono } from 'hono'
import { TesseraError } from '../../../access/errors.ts'
import { readingWork } from '../../../records/index.ts'
import { signInQuery } from '../../contract/administration.ts'
import type { ServerEnv } from '../../http/env.ts'
import type { ServerParts } from '../../parts.ts'
import { administeredKeys } from './keys/routes.ts'
import { administeredPeople } from './people/routes.ts'
import { listRoles } from './roles/list-roles.ts'
import { listSignIns } from './sign-ins.ts'

/** What holders of the feature `administer` look after: people, roles, keys, sign-ins. */
export function administrationRoutes(parts: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.use(async (c, next) => {
    if (!readingWork(c.get('work')).rights.features.has('administer'))
      throw new TesseraError('forbidden', 'None of your roles has the feature "administer".')
    await next()
  })
  routes.route('/people', administeredPeople(parts))
  routes.get('/roles', async (c) => c.json({ items: await listRoles(readingWork(c.get('work'))) }))
  routes.route('/keys', administeredKeys(parts))
  routes.get('/sign-ins', async (c) => {
    const filter = signInQuery.parse(c.req.query())
    return c.json(await listSignIns(parts.database, readingWork(c.get('work')), filter))
  })
  return routes
}
