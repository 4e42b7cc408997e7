import { afterAll } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import type { Database } from '../../platform/database/index.ts'
import { createModelStore } from '../../platform/publishing/store/model-store.ts'
import { createApp } from '../../platform/server/app.ts'
import { createParts } from '../../platform/server/create-parts.ts'
import { hasPassword, linkAccount, setPassword } from '../../platform/server/identity/accounts.ts'
import { listen } from '../../platform/server/listen.ts'
import { openLog } from '../../platform/server/observe/log.ts'
import type { ServerSettings } from '../../platform/server/settings.ts'
import { defaultSettings } from '../../platform/server/settings.ts'
import { testTenant } from '../harness/tenant.ts'
import { client, type Client } from './client.ts'
import { declarations } from './declarations.ts'

export const password = 'correct horse battery'

/** The library behind real HTTP, with people who can sign in; stopped after the file's last test. */
export async function serveLibrary(
  database: Database,
  {
    documents = declarations,
    name = 'library',
    settings,
    port = 0,
  }: {
    documents?: Parameters<typeof testTenant>[1]
    name?: string
    settings?: Partial<ServerSettings>
    port?: number
  } = {},
) {
  const tenant = await testTenant(database, documents, { name })
  const models = await createModelStore(database)
  const parts = await createParts({
    database,
    models,
    log: openLog(process.env.TESSERA_TEST_LOG ?? 'silent'),
    settings: { ...defaultSettings, ...settings },
  })
  const listening = await listen({ app: createApp(parts), port, hostname: '127.0.0.1', drainMs: 500 })
  afterAll(async () => {
    parts.live.close()
    await listening.close()
    await models.close()
  })
  const origin = `http://127.0.0.1:${listening.port}`

  /** A person of the tenant with a password. */
  async function person(who: string, roles: readonly string[]): Promise<Principal & { email: string }> {
    const principal = await tenant.person(who, { roles })
    const email = principal.email as string
    const linked = await linkAccount(
      database,
      { tenant: name, member: principal.userId as string, email, name: who },
      { isOperator: true },
    )
    // A new password would end the sessions that a test has open.
    if (linked.outcome === 'linked' && !(await hasPassword(database, linked.account)))
      await setPassword(database, { account: linked.account, password })
    return { ...principal, email }
  }

  /** Signed in through the front door. */
  async function signIn(who: string, roles: readonly string[]): Promise<Client> {
    const { email } = await person(who, roles)
    const visitor = client(origin)
    const answer = await visitor.post('/api/auth/sign-in/email', { email, password })
    if (answer.status !== 200) throw new Error(`${who} could not sign in: ${JSON.stringify(answer.body)}`)
    return client(origin, { cookie: answer.cookie, 'tessera-request': '1' })
  }

  return { origin, tenant, parts, person, signIn, visitor: client(origin) }
}
