import { Hono } from 'hono'
import { TesseraError } from '../../../access/errors.ts'
import { invitationToken } from '../../contract/administration.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import { findInvitation } from '../../identity/invitations.ts'
import type { ServerParts } from '../../parts.ts'

/** POST /api/invitations/open: whose invitation a token is, for the page that accepts it; nobody is signed in there. */
export function invitationRoutes({ database, clock }: ServerParts): Hono<ServerEnv> {
  return new Hono<ServerEnv>().post('/open', async (c) => {
    const { token } = await readJson(c, invitationToken)
    const found = await findInvitation(database, { token, now: clock() })
    if (found === undefined)
      throw new TesseraError(
        'not_found',
        'This invitation was used, has ended, or a later one took its place.',
      )
    return c.json(found, 200, { 'cache-control': 'no-store' })
  })
}
