import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startWorker, taskHandlers } from '../../background/index.ts'
import { migratePlatform, migrateTenant, sealPlainSecrets, type Database } from '../../database/index.ts'
import { loadPlugins } from '../../extension/load-plugins.ts'
import { pluginHost } from '../../extension/plugin-host.ts'
import { createModelStore } from '../../publishing/index.ts'
import { createApp } from '../app.ts'
import { createParts } from '../create-parts.ts'
import { randomPassword } from '../identity/accounts.ts'
import { discardEnded } from '../identity/discard-ended.ts'
import { readPerson } from '../identity/principals.ts'
import { listen } from '../listen.ts'
import { openLog } from '../observe/log.ts'
import type { ServerParts } from '../parts.ts'
import { settingsFrom } from '../settings.ts'
import { unsubscribeLinks } from '../unsubscribe/links.ts'
import { buildInterface } from '../static/build-interface.ts'
import { ensureAdministrator, rememberAccounts, validNote } from './first-administrator.ts'
import { freePort } from './free-port.ts'
import { publishedTenants, publishFirst, publishOnSave } from './publish-project.ts'

export interface RunOptions {
  /** Folder with the declarations and the data. */
  readonly project: string
  /** The database, which is being opened. */
  readonly opening: Promise<Database>
  /** Folder of the platform: its packages, its interface. */
  readonly shippedFolder: string
  readonly environment: NodeJS.ProcessEnv
  /** The port that was asked for; without it 3000 or the next free one. */
  readonly port: number | undefined
  /** Whether demonstration data is loaded into an empty database; undefined: only into an embedded one. */
  readonly hasDemonstration: boolean | undefined
  /** Serves the API alone: the interface is neither built nor served. */
  readonly isApiOnly: boolean
  print(line: string): void
  /** Resolves when the server is to stop. */
  readonly stopped: Promise<void>
}

/**
 * Everything that `tessera start` does, from the database to the last connection: migrate, publish, serve, work in the
 * background, and stop in order (no new requests, the worker's jobs, the streams, the connections, the database).
 */
export async function runServer(options: RunOptions): Promise<void> {
  const { project, environment, stopped, print } = options
  const database = await options.opening
  const closing = new Closing(() => database.close())
  try {
    for (const notice of database.notices) print(notice)
    const { parts, declarations, isNew, first } = await prepare(options, database, closing)
    await addAdministrators(options, parts)
    await serve(options, parts, closing)
    // The first page goes out before this takes the processor.
    await wait(firstPageMs)
    void parts.signIn.warmUp()
    closing.add(tidyUp(parts))
    // In production only `tessera publish` changes what is served.
    if (environment.NODE_ENV !== 'production') {
      const watching = await publishOnSave(declarations)
      closing.add(() => watching.close())
    }
    for (const { email, password } of (await validNote(database, project)).slice(0, 1))
      print(`Sign in as ${email} with the password ${password} and change it.`)
    if (!options.isApiOnly) void ensureInterface(options)
    const isWanted = options.hasDemonstration ?? environment.DATABASE_URL === undefined
    const stopping = new AbortController()
    const working = (async () => {
      if (isNew && isWanted)
        for (const tenant of first) await demonstrate({ ...options, parts, tenant, stopping })
      // Only now: timers of the demonstration data that lie in the past must not fire between its steps.
      if (!stopping.signal.aborted) await workInBackground(parts, closing)
    })()
    await Promise.race([stopped, working.then(() => stopped)])
    stopping.abort()
    await working
  } finally {
    await closing.closeAll()
  }
}

const firstPageMs = 250

/** What has been opened, to be closed in the opposite order. */
class Closing {
  readonly #steps: (() => unknown)[]

  constructor(...steps: (() => unknown)[]) {
    this.#steps = steps
  }

  add(step: () => unknown): void {
    this.#steps.unshift(step)
  }

  async closeAll(): Promise<void> {
    for (const step of this.#steps) await step()
  }
}

/** Migrates, loads plugins, publishes what is to be published and puts the parts of the server together. */
async function prepare(options: RunOptions, database: Database, closing: Closing) {
  const { project: folder, shippedFolder, environment, print } = options
  await migratePlatform(database)
  const sealed = await sealPlainSecrets(database)
  if (sealed > 0) print(`${sealed} secrets in the database were not encrypted; now they are.`)
  const tenants = await database.platform<{ name: string }[]>`select name from platform.tenant order by name`
  for (const { name } of tenants) await migrateTenant(database, name)
  const host = pluginHost(await loadPlugins(folder))
  const declarations = { database, folder, shippedFolder, plugins: host.vocabulary, print }
  const isNew = (await publishedTenants(database)).length === 0
  const first = await publishFirst(declarations)
  const log = openLog(environment.TESSERA_LOG ?? 'warn')
  const models = await createModelStore(database, host.vocabulary, {
    onError: (error) => log.error({ error }, 'a published version cannot be served'),
  })
  closing.add(() => models.close())
  const settings = {
    ...settingsFrom(environment),
    interfaceFolder: options.isApiOnly ? undefined : join(shippedFolder, 'ui', 'build'),
  }
  const parts = await createParts({ database, models, plugins: host, log, settings })
  return { parts, declarations, isNew, first }
}

async function addAdministrators({ project, environment }: RunOptions, { database, models }: ServerParts) {
  for (const { name: tenant } of await publishedTenants(database)) {
    const account = await ensureAdministrator({ database, models, tenant, environment })
    if (account !== undefined) rememberAccounts(project, [account])
  }
}

async function serve(
  { port: asked, print }: RunOptions,
  parts: ServerParts,
  closing: Closing,
): Promise<void> {
  const port = asked ?? (await freePort(3000))
  const listening = await listen({ app: createApp(parts), port, isFlexible: asked === undefined })
  closing.add(() => {
    // Streams never end by themselves; requests under way are waited for.
    parts.live.close()
    return listening.close()
  })
  if (asked === undefined && listening.port !== 3000)
    print(`Port 3000 is taken; using ${listening.port}. Choose one with PORT or --port.`)
  print(`Tessera is ready: ${parts.settings.publicUrl?.origin ?? `http://localhost:${listening.port}`}`)
}

/** The API is served meanwhile; a build that fails is told and stops nothing. */
async function ensureInterface({ shippedFolder: root, print }: RunOptions): Promise<void> {
  const started = performance.now()
  try {
    const isBuilt = await buildInterface({ root, onStart: () => print('Building the interface ...') })
    if (isBuilt) print(`The interface is built (${Math.round((performance.now() - started) / 1_000)} s).`)
  } catch (error) {
    print((error as Error).message)
  }
}

async function demonstrate({
  project,
  shippedFolder,
  print,
  parts,
  tenant,
  stopping,
}: RunOptions & { parts: ServerParts; tenant: string; stopping: AbortController }): Promise<void> {
  print(`Loading demonstration data into "${tenant}" ...`)
  const password = randomPassword()
  const roots = [project, ...(shippedFolder === project ? [] : [shippedFolder])] as const
  try {
    // Loaded when wanted: an empty database is met once.
    const { loadDemonstration } = await import('./demonstration.ts')
    const people = await loadDemonstration({ parts, roots, tenant, password, signal: stopping.signal })
    if (people.length === 0) return
    rememberAccounts(project, people)
    print(`People of the demonstration, all with the password ${password}:`)
    for (const { email, roles } of people) print(`  ${email} (${roles.join(', ')})`)
  } catch (error) {
    const { message, cause } = error as Error
    print(`${message}${cause instanceof Error ? ` ${cause.message}` : ''}`)
  }
}

/** Sessions that have ended and the like go at the start and from time to time. Returns how to stop. */
function tidyUp({ database, clock, log, settings }: ServerParts): () => void {
  const tidy = () =>
    void discardEnded(database, { now: clock(), longestDays: settings.signIn.longestDays }).catch(
      (error: unknown) => log.warn({ error }, 'what signing in leaves behind could not be deleted'),
    )
  tidy()
  const timer = setInterval(tidy, tidyMs)
  return () => clearInterval(timer)
}

const tidyMs = 6 * 60 * 60 * 1_000

async function workInBackground(parts: ServerParts, closing: Closing): Promise<void> {
  const { database, models, ports, processPorts, clock, log, settings } = parts
  const person = (options: { tenant: string; member: string; now: Date }) =>
    readPerson({ database, models, ...options })
  const worker = await startWorker({
    database,
    handlers: taskHandlers({ database, models, ports, clock, person }, processPorts, {
      ...settings.outgoing,
      unsubscribeLink: unsubscribeLinks(database, settings),
    }),
    log: ({ level, message, error }) => log[level === 'error' ? 'error' : 'warn']({ error }, message),
  })
  closing.add(() => worker.stop())
}
