import { Hono } from 'hono'
import { notFound, TesseraError } from '../../access/errors.ts'
import { insertNotification } from '../../processes/index.ts'
import { writingWork, type WorkOptions } from '../../records/index.ts'
import { impersonationRequest } from '../contract/impersonation.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { auditedWork } from '../identity/audited-work.ts'
import type { Identity } from '../identity/identity.ts'
import { beginImpersonation, endImpersonation } from '../identity/impersonation/impersonations.ts'
import { refusedToActFor } from '../identity/impersonation/may-act-for.ts'
import type { Person } from '../identity/principals.ts'
import type { ServerParts } from '../parts.ts'

/** Acting for another person, for support: begun with a reason that the person reads, ended by itself within an hour. */
export function impersonationRoutes(parts: ServerParts): Hono<ServerEnv> {
  const { database, identities } = parts
  const routes = new Hono<ServerEnv>()

  routes.post('/', async (c) => {
    const { session, impersonation } = c.get('identity')
    const work = c.get('work')
    const { person: member, reason, minutes } = await readJson(c, impersonationRequest)
    if (session === undefined)
      throw new TesseraError('forbidden', 'One acts for another in a session, not with a key.')
    if (impersonation !== undefined)
      throw new TesseraError('forbidden', 'You act for another person already; end that first.')
    const person = await identities.person(work.tenant, member)
    if (person === undefined) throw notFound('user', member)
    const refused = refusedToActFor(work.model, { impersonator: work.principal, person })
    if (refused !== undefined) throw refused
    const endsAt = new Date(work.now.getTime() + minutes * 60_000)
    // First the person is told: nobody acts for another who does not learn of it.
    await writingWork(work, (unit) =>
      insertNotification(unit, {
        ...{ user: member, object: null, record: null },
        text: notice(person, { by: work.principal.name, reason, endsAt }),
      }),
    )
    await auditedWork(database, work, async (sql) => {
      const impersonator = work.principal.userId as string
      const begun = { session: session.id, tenant: work.tenant, impersonator, member, reason, endsAt }
      const result = await beginImpersonation(sql, { ...begun, now: work.now })
      return {
        result,
        entry: {
          action: 'impersonation.started',
          subject: { object: 'user', record: member },
          detail: { reason, ends_at: endsAt.toISOString() },
        },
      }
    })
    identities.forgetCredentials()
    const by = { id: work.principal.userId as string, name: work.principal.name }
    return c.json({ by, reason, ends_at: endsAt.toISOString(), is_over: false }, 201)
  })

  routes.delete('/', async (c) => {
    if (c.get('identity').impersonation === undefined)
      throw new TesseraError('conflict', 'You act for nobody else.')
    await endActing(parts, { identity: c.get('identity'), work: c.get('work') })
    return c.body(null, 204)
  })

  return routes
}

/** Ends acting for another, where one does; the entry in the audit log is that of who acted. */
export async function endActing(
  { database, identities }: Pick<ServerParts, 'database' | 'identities'>,
  { identity: { impersonation, session }, work }: { identity: Identity; work: WorkOptions },
): Promise<void> {
  if (impersonation === undefined || session === undefined) return
  const { by, member } = impersonation
  const { impersonator: _, ...origin } = work.origin ?? {}
  const principal = { ...work.principal, userId: by.id, name: by.name }
  await auditedWork(database, { ...work, principal, origin }, async (sql) => {
    const result = await endImpersonation(sql, { session: session.id, tenant: work.tenant, now: work.now })
    const subject = { object: 'user', record: member }
    return { result, entry: result ? { action: 'impersonation.ended', subject } : undefined }
  })
  identities.forgetCredentials()
}

function notice(
  { locale, timeZone }: Person,
  { by, reason, endsAt }: { by: string; reason: string; endsAt: Date },
): string {
  const until = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(endsAt)
  return locale === 'zh-CN'
    ? `${by}将代您操作，直至 ${until}：${reason}`
    : `${by} acts for you until ${until}: ${reason}`
}
