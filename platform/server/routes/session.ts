import { Hono } from 'hono'
import { invalid } from '../../access/errors.ts'
import { rightsOfPrincipal, unlimitedRights } from '../../access/rights.ts'
import { updateRecord, writingWork } from '../../records/index.ts'
import { sessionChange } from '../contract/session.ts'
import type { Session } from '../contract/types.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { lacksSecondFactor } from '../identity/second-factor/requirement.ts'
import type { Impersonation } from '../identity/identity.ts'
import type { ServerParts } from '../parts.ts'

/** GET: who is signed in, where, and what the product offers them. PATCH: the own language and time zone. */
export function sessionRoutes({ database, identities }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const identity = c.get('identity')
    const { principal, tenant, tenants, impersonation } = identity
    const { model } = c.get('work')
    const [row] = await database.platform<{ label: string; number: number | null }[]>`
      select label, active_version as number from platform.tenant where name = ${tenant}`
    const { currency, timeZone, locale } = model.settings
    const { userId, name, email, roles } = principal
    return c.json({
      user: {
        id: userId,
        name,
        email: email ?? '',
        locale: principal.locale,
        time_zone: principal.timeZone,
        roles: [...roles],
      },
      tenant: { name: tenant, label: row?.label ?? tenant, currency, time_zone: timeZone, locale },
      tenants: tenants.map((each) => ({ ...each })),
      features: [...rightsOfPrincipal(model, principal).features],
      ...(impersonation === undefined ? {} : { impersonation: presentActing(impersonation) }),
      needs_second_factor: lacksSecondFactor(model, identity),
      version: { number: row?.number ?? 0, hash: model.hash },
    } satisfies Session)
  })

  routes.patch('/', async (c) => {
    const { principal, tenant } = c.get('identity')
    const changes = await readJson(c, sessionChange)
    if (changes.time_zone !== undefined) checkZone(changes.time_zone)
    // Everybody may choose a language, whatever the roles say about the object `user`.
    await writingWork(c.get('work'), (unit) =>
      updateRecord(
        { ...unit, rights: unlimitedRights },
        { object: 'user', id: principal.userId, values: changes },
      ),
    )
    identities.forgetPeople(tenant)
    return c.body(null, 204)
  })

  return routes
}

function presentActing({ by, reason, endsAt, isOver }: Impersonation) {
  return { by, reason, ends_at: endsAt.toISOString(), is_over: isOver }
}

function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    throw invalid([
      { field: 'time_zone', code: 'time_zone', message: 'is not a time zone such as Asia/Shanghai' },
    ])
  }
}
