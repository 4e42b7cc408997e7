import { Hono } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import { rightsOfPrincipal } from '../../access/rights.ts'
import type { VersionList } from '../contract/types.ts'
import type { ServerEnv } from '../http/env.ts'
import type { ServerParts } from '../parts.ts'

/** GET /api/versions: what was published, newest first; needs the feature `publish`. */
export function versionRoutes({ database }: ServerParts): Hono<ServerEnv> {
  return new Hono<ServerEnv>().get('/', async (c) => {
    const { tenant, model, principal } = c.get('work')
    if (!rightsOfPrincipal(model, principal).features.has('publish'))
      throw new TesseraError('forbidden', 'None of your roles has the feature "publish".')
    const versions = await database.platform<VersionList['versions']>`
      select v.number, v.hash, v.note, v.published_by, v.published_at, v.number = t.active_version as active
      from platform.published_version v join platform.tenant t on t.name = v.tenant
      where v.tenant = ${tenant} order by v.number desc limit 200`
    return c.json({ versions: [...versions] } satisfies VersionList)
  })
}
