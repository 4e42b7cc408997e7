import { Hono } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import { rightsOfPrincipal } from '../../access/rights.ts'
import { audit } from '../../audit/index.ts'
import { getRecord, readingWork, writingWork } from '../../records/index.ts'
import type { ServerEnv } from '../http/env.ts'
import { invite } from '../identity/invitations.ts'
import type { ServerParts } from '../parts.ts'

/**
 * POST /api/users/:id/invitation: a link with which a new person chooses a password, in the place of any before; needs
 * `administer`.
 */
export function peopleRoutes({ database, clock }: ServerParts): Hono<ServerEnv> {
  return new Hono<ServerEnv>().post('/:id/invitation', async (c) => {
    const work = c.get('work')
    if (!rightsOfPrincipal(work.model, work.principal).features.has('administer'))
      throw new TesseraError('forbidden', 'None of your roles has the feature "administer".')
    const member = c.req.param('id')
    const row = await getRecord(readingWork(work), {
      object: 'user',
      id: member,
      fields: ['name', 'email', 'is_active'],
      hasLines: false,
    })
    if (typeof row.email !== 'string' || row.is_active === false)
      throw new TesseraError('conflict', 'Only an active person with an e-mail address can be invited.')
    const owner = { tenant: work.tenant, member, email: row.email, name: String(row.name ?? '') }
    const invitation = await invite(database, { owner, now: clock() })
    const subject = { object: 'user', record: member }
    const detail = { expires_at: invitation.expires_at }
    await writingWork(work, (unit) => audit(unit, { action: 'invitation.created', subject, detail }))
    return c.json(invitation, 201)
  })
}
