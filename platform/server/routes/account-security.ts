import { Hono, type Context } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import { confirmation, factorAnswer, passwordChange } from '../contract/account-security.ts'
import { inTransaction } from '../../database/index.ts'
import type { AuditAction } from '../../audit/index.ts'
import type { AccountSecurity } from '../contract/types.ts'
import { clientAddress } from '../http/client-address.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { auditedWork } from '../identity/audited-work.ts'
import { hasPassword, setPassword } from '../identity/accounts.ts'
import type { CurrentSession } from '../identity/identity.ts'
import { confirmOwner } from '../identity/passwords/confirm-owner.ts'
import { needsSecondFactor } from '../identity/second-factor/requirement.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactorIn,
  renewRecoveryCodes,
  secondFactorOf,
} from '../identity/second-factor/second-factors.ts'
import { totpUri } from '../identity/second-factor/totp.ts'
import {
  endOtherSessions,
  endSession,
  listSessions,
  markSecondFactor,
} from '../identity/sessions/own-sessions.ts'
import type { ServerParts } from '../parts.ts'

/** The security of the own account: password, second factor, sessions. For sessions alone, never for keys. */
export function accountSecurityRoutes(parts: ServerParts): Hono<ServerEnv> {
  const { database, identities, limits, settings, clock } = parts
  const { shortestPassword, longestDays } = settings.signIn
  const routes = new Hono<ServerEnv>()

  /** What changes the account is told to who remembers it. */
  const changed = <T>(result: T): T => {
    identities.forgetCredentials()
    return result
  }
  /** Writes down what was done to the account, in the log of the tenant in which it was done. */
  const note = (c: Context<ServerEnv>, action: AuditAction) =>
    auditedWork(database, c.get('work'), () =>
      Promise.resolve({
        result: undefined,
        entry: { action, subject: { object: 'user', record: c.get('identity').principal.userId } },
      }),
    )
  const confirmed = async (c: Context<ServerEnv>, password: string | undefined) => {
    const { account, session } = own(c)
    const address = clientAddress(c, settings)
    await confirmOwner({ database, limits, now: clock() }, { account, session, address, password })
    return { account, session }
  }

  routes.get('/security', async (c) => {
    const { account, session } = own(c)
    const factor = await secondFactorOf(database, account)
    const sessions = await listSessions(database, { account, now: clock(), longestDays })
    return c.json({
      has_password: await hasPassword(database, account),
      shortest_password: shortestPassword,
      second_factor:
        factor === undefined
          ? null
          : { confirmed_at: factor.confirmedAt, recovery_codes_left: factor.recoveryCodesLeft },
      needs_second_factor: needsSecondFactor(c.get('work').model, c.get('identity').principal.roles),
      sessions: sessions.map((each) => ({ ...each, is_current: each.id === session.id })),
    } satisfies AccountSecurity)
  })

  routes.post('/password', async (c) => {
    const { current, password } = await readJson(c, passwordChange)
    const { account, session } = await confirmed(c, current)
    await setPassword(database, { account, password, shortest: shortestPassword, staying: session.id })
    await note(c, 'password.changed')
    return changed(c.body(null, 204))
  })

  routes.post('/second-factor', async (c) => {
    const { account } = await confirmed(c, (await readJson(c, confirmation)).password)
    const { principal, tenant, tenants } = c.get('identity')
    const secret = await beginSecondFactor(database, { account, now: clock() })
    const label = tenants.find(({ name }) => name === tenant)?.label ?? tenant
    return c.json({
      setup_key: secret,
      uri: totpUri({ secret, email: principal.email ?? principal.name, issuer: label }),
    })
  })

  routes.post('/second-factor/confirm', async (c) => {
    const { account, session } = own(c)
    const { code } = await readJson(c, factorAnswer)
    await limits.beginCode(account)
    const codes = await confirmSecondFactor(database, { account, code, now: clock() })
    if (codes === undefined)
      throw new TesseraError(
        'bad_request',
        'The code is not right. Check the clock of the device that shows it.',
        {
          members: { reason: 'code' },
        },
      )
    await limits.codeSucceeded(account)
    await markSecondFactor(database, session.id)
    await endOtherSessions(database, { account, staying: session.id })
    await note(c, 'second_factor.set_up')
    return changed(c.json({ recovery_codes: codes }))
  })

  routes.post('/second-factor/recovery-codes', async (c) => {
    const { account } = await confirmed(c, (await readJson(c, confirmation)).password)
    if ((await secondFactorOf(database, account)) === undefined)
      throw new TesseraError('conflict', 'You have no second factor. Set it up first.')
    const codes = await renewRecoveryCodes(database, account)
    await note(c, 'recovery_codes.renewed')
    return c.json({ recovery_codes: codes })
  })

  routes.post('/second-factor/remove', async (c) => {
    const { account, session } = await confirmed(c, (await readJson(c, confirmation)).password)
    if (needsSecondFactor(c.get('work').model, c.get('identity').principal.roles))
      throw new TesseraError('conflict', 'One of your roles asks for a second factor; it cannot be removed.')
    await inTransaction(database.platform, (sql) => removeSecondFactorIn(sql, account))
    await endOtherSessions(database, { account, staying: session.id })
    await note(c, 'second_factor.removed')
    return changed(c.body(null, 204))
  })

  routes.delete('/sessions/:id', async (c) => {
    if (!(await endSession(database, { account: own(c).account, id: c.req.param('id') })))
      throw new TesseraError('not_found', 'You have no such session.')
    await note(c, 'session.ended')
    return changed(c.body(null, 204))
  })

  routes.post('/sessions/end-others', async (c) => {
    const { account, session } = own(c)
    const ended = await endOtherSessions(database, { account, staying: session.id })
    await note(c, 'session.ended')
    return changed(c.json({ ended }))
  })

  return routes
}

function own(c: Context<ServerEnv>): { account: string; session: CurrentSession } {
  const { account, session } = c.get('identity')
  if (account === undefined || session === undefined)
    throw new TesseraError('forbidden', 'An account is managed in a session, not with an API key.')
  return { account, session }
}
