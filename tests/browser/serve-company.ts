import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { describeProblem } from '../../platform/definitions/index.ts'
import { createModelStore, publishProject } from '../../platform/publishing/index.ts'
import { createApp } from '../../platform/server/app.ts'
import { createParts } from '../../platform/server/create-parts.ts'
import { linkAccount, setPassword } from '../../platform/server/identity/accounts.ts'
import { readPerson } from '../../platform/server/identity/principals.ts'
import { listen } from '../../platform/server/listen.ts'
import { openLog } from '../../platform/server/observe/log.ts'
import type { ServerParts } from '../../platform/server/parts.ts'
import { ensureAdministrator } from '../../platform/server/run/first-administrator.ts'
import { defaultSettings } from '../../platform/server/settings.ts'
import { repository } from '../packages/shipped-packages.ts'

/** The password of everybody in the company. */
export const password = 'correct horse battery'
export const administrator = 'admin@example.com'
export const tenant = 'main'

/** The whole product at work: shipped packages, API, built interface, background worker. */
export interface ServedCompany {
  readonly origin: string
  readonly parts: ServerParts
  /** Lets a person of the tenant sign in. */
  admit(person: { id: string; email: string; name: string }): Promise<void>
  close(): Promise<void>
}

/** Publishes the shipped packages into a database, as `tessera start` does, with an administrator who can sign in. */
export async function publishCompany(database: Database): Promise<void> {
  const folders = { folder: repository, shippedFolder: repository }
  const { problems, result } = await publishProject({ ...folders, database, tenant, settleMs: 0 })
  if (result === undefined) throw new Error(problems.map(describeProblem).join('\n'))
  const models = await createModelStore(database)
  const environment = { TESSERA_ADMIN_EMAIL: administrator, TESSERA_ADMIN_PASSWORD: password }
  await ensureAdministrator({ database, models, tenant, environment })
  await models.close()
}

/**
 * Serves a database in which the shipped packages have been published. The caller closes it before the database.
 * @param prepare what is done before the worker begins: timers of made-up histories must not fire between their steps
 */
export async function serveCompany(
  database: Database,
  interfaceFolder: string,
  prepare: (parts: ServerParts) => Promise<void> = () => Promise.resolve(),
): Promise<ServedCompany> {
  const models = await createModelStore(database)
  const log = openLog(process.env.TESSERA_TEST_LOG ?? 'silent')
  const settings = { ...defaultSettings, interfaceFolder }
  const parts = await createParts({ database, models, log, settings })
  const listening = await listen({ app: createApp(parts), port: 0, hostname: '127.0.0.1', drainMs: 500 })
  await prepare(parts)
  const worker = await startWorker({ database, handlers: handlersOf(parts) })
  return {
    origin: `http://127.0.0.1:${listening.port}`,
    parts,
    async admit({ id: member, email, name }) {
      const linked = await linkAccount(database, { tenant, member, email, name }, { isOperator: true })
      if (linked.outcome !== 'linked') throw new Error(`${email} cannot be given an account.`)
      await setPassword(database, { account: linked.account, password })
    },
    async close() {
      await worker.stop()
      parts.live.close()
      await listening.close()
      await models.close()
    },
  }
}

function handlersOf({ database, models, ports, processPorts, clock }: ServerParts) {
  const person = (options: { tenant: string; member: string; now: Date }) =>
    readPerson({ database, models, ...options })
  return taskHandlers({ database, models, ports, clock, person }, processPorts)
}
