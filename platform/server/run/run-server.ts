import { migratePlatform, migrateTenant, openDatabase, type Database } from '../../database/index.ts'
import { lifecyclePort } from '../../processes/index.ts'
import { createModelStore } from '../../publishing/store/model-store.ts'
import { createApp } from '../app.ts'
import { createParts } from '../create-parts.ts'
import { randomPassword } from '../identity/accounts.ts'
import { listen } from '../listen.ts'
import { openLog } from '../observe/log.ts'
import { settingsFrom } from '../settings.ts'
import { startBackground } from './background.ts'
import { loadDemonstration } from './demonstration.ts'
import { ensureAdministrator, rememberAccounts, validNote } from './first-administrator.ts'
import { freePort } from './free-port.ts'
import { publishedTenants, publishProject } from './publish-project.ts'
import type { FirstAccount } from './sign-in-note.ts'

export interface RunOptions {
  /** Folder with the declarations and the data. */
  readonly project: string
  readonly environment: NodeJS.ProcessEnv
  /** The port that was asked for; without it 3000 or the next free one. */
  readonly port: number | undefined
  /** Whether demonstration data is loaded into an empty database; undefined: only into an embedded one. */
  readonly hasDemonstration: boolean | undefined
  print(line: string): void
  /** Resolves when the server is to stop. */
  untilStopped(): Promise<void>
}

/**
 * Everything that `tessera start` does, from the database to the last connection: migrate, publish what changed, serve,
 * work in the background, and stop in order.
 */
export async function runServer(options: RunOptions): Promise<void> {
  const { project, environment, print } = options
  const settings = settingsFrom(environment)
  const log = openLog(environment.TESSERA_LOG ?? 'warn')
  const database = await openDatabase({ url: environment.DATABASE_URL, project, report: print })
  const closing: (() => Promise<unknown>)[] = [() => database.close()]
  try {
    for (const notice of database.notices) print(notice)
    await migrate(database)
    const publication = await publish(options, database)
    const models = await createModelStore(database)
    closing.unshift(() => models.close())
    const processPorts = {}
    const ports = { lifecycle: lifecyclePort(processPorts) }
    const parts = await createParts({ database, models, ports, log, settings })

    const accounts: FirstAccount[] = []
    for (const { name: tenant } of await publishedTenants(database)) {
      const account = await ensureAdministrator({ database, models, tenant, environment })
      if (account !== undefined) accounts.push(account)
    }
    rememberAccounts(project, accounts)

    const port = options.port ?? (await freePort(3000))
    const listening = await listen({ app: createApp(parts), port, isFlexible: options.port === undefined })
    closing.unshift(() => listening.close())
    if (options.port === undefined && listening.port !== 3000)
      print(`Port 3000 is taken; using ${listening.port}. Choose one with PORT or --port.`)
    print(`Tessera is ready: ${settings.publicUrl?.origin ?? `http://localhost:${listening.port}`}`)
    for (const { email, password } of (await validNote(database, project)).slice(0, 1))
      print(`Sign in as ${email} with the password ${password} and change it.`)

    if (publication?.isFirst && (options.hasDemonstration ?? environment.DATABASE_URL === undefined)) {
      print('Loading demonstration data ...')
      const password = randomPassword()
      for (const tenant of publication.tenants) {
        const made = await loadDemonstration({
          database,
          models,
          ports,
          processPorts,
          project: publication.project,
          tenant,
          password,
        })
        rememberAccounts(project, made)
        if (made.length > 0)
          print(
            `People in "${tenant}", all with the password ${password}: ${made.map(({ email }) => email).join(', ')}`,
          )
      }
    }
    // Only now: timers of the demonstration data that lie in the past must not fire between its steps.
    const worker = await startBackground({ database, models, ports, processPorts, log })
    closing.unshift(() => worker.stop())
    await options.untilStopped()
  } finally {
    for (const close of closing) await close()
  }
}

async function migrate(database: Database): Promise<void> {
  await migratePlatform(database)
  const tenants = await database.platform<{ name: string }[]>`select name from platform.tenant order by name`
  for (const { name } of tenants) await migrateTenant(database, name)
}

/** In production only what was published is served, unless there is nothing yet. */
async function publish({ project: folder, environment, print }: RunOptions, database: Database) {
  const isProduction = environment.NODE_ENV === 'production'
  if (isProduction && (await publishedTenants(database)).length > 0) return undefined
  return publishProject({ database, folder, print })
}
