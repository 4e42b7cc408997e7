import { existsSync } from 'node:fs'
import {
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { runAs, type Account } from './account.ts'
import type { Place } from './place.ts'
import { isAlive } from './process-file.ts'

/** The layout of a data folder that this code writes; a later layout brings a step that changes the older. */
const FORMAT = 1

/** Name of the database and of the role (not a superuser) that the platform uses. */
export const PLATFORM_NAME = 'tessera'

export const dataFolder = (place: Place) => join(place.folder, 'data')
export const logFile = (place: Place) => join(place.folder, 'server.log')
export const portFile = (place: Place) => join(place.folder, 'port')
const passwordFile = (place: Place) => join(place.folder, 'password')
const markerFile = (place: Place) => join(place.folder, 'tessera.json')

/**
 * Makes the data folder when there is none. It is prepared beside its place and renamed, so a process that
 * dies half-way, or two that do it at once, leave either nothing or one whole folder.
 * @param isDurable false for what is thrown away after its use: trades safety against a power cut for speed
 * @returns whether a folder was made
 */
export async function initialise(place: Place, { isDurable }: { isDurable: boolean }): Promise<boolean> {
  if (existsSync(markerFile(place))) {
    await checkMarker(place)
    return false
  }
  await sweepDrafts(place)
  const draft: Place = {
    ...place,
    folder: `${place.folder}.new-${process.pid}-${randomBytes(3).toString('hex')}`,
  }
  await rm(draft.folder, { recursive: true, force: true })
  try {
    await makeFolder(draft)
    await createCluster(draft, isDurable)
    await createPlatformDatabase(draft)
    return await moveIntoPlace(draft, place)
  } finally {
    await rm(draft.folder, { recursive: true, force: true })
  }
}

/** The password of the platform's role. */
export async function readPassword(place: Place): Promise<string> {
  return (await readFile(passwordFile(place), 'utf8')).trim()
}

async function makeFolder({ folder, account, binaries }: Place): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const marker = { format: FORMAT, postgres: majorOf(binaries.version) }
  await writeFile(join(folder, 'tessera.json'), JSON.stringify(marker) + '\n', { mode: 0o600 })
  const password = randomBytes(24).toString('base64url')
  await writeFile(join(folder, 'password'), password + '\n', { mode: 0o600 })
  for (const path of [folder, join(folder, 'tessera.json'), join(folder, 'password')])
    await own(path, account)
}

async function createCluster(draft: Place, isDurable: boolean): Promise<void> {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: isDurable ? 200 : 500,
    shared_buffers: '128MB',
    // One server without replicas needs no more in its log, and writes faster so.
    wal_level: 'minimal',
    max_wal_senders: 0,
    log_line_prefix: '%m [%p] %u@%d ',
    ...(isDurable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  }
  const outcome = await runAs(draft.account, {
    program: draft.binaries.initdb,
    args: [
      `--pgdata=${dataFolder(draft)}`,
      '--username=postgres',
      `--pwfile=${passwordFile(draft)}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Order by code point and full Unicode case rules, alike on every machine and without ICU.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=PG_UNICODE_FAST',
      ...(isDurable ? [] : ['--no-sync']),
      ...Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`),
    ],
  })
  if (outcome.code !== 0) throw failure('initdb', draft, outcome.output)
}

/** The platform is no superuser here either, so that nothing works embedded which fails in production. */
async function createPlatformDatabase(draft: Place): Promise<void> {
  const password = await readPassword(draft)
  const outcome = await runAs(draft.account, {
    program: draft.binaries.postgres,
    args: ['--single', '-D', dataFolder(draft), 'postgres'],
    input: [
      `create role ${PLATFORM_NAME} login createrole createdb password '${password}'`,
      // To end the sessions of a tenant that is dropped.
      `grant pg_signal_backend to ${PLATFORM_NAME}`,
      `create database ${PLATFORM_NAME} owner ${PLATFORM_NAME}`,
      // By default every role may connect to every database; a tenant's role shall see its own alone.
      `revoke all on database postgres, template1, ${PLATFORM_NAME} from public`,
      `grant connect on database postgres to ${PLATFORM_NAME}`,
      '',
    ].join('\n'),
  })
  // Single-user mode ends with 0 even when a statement failed.
  if (outcome.code !== 0 || /(ERROR|FATAL|PANIC):/.test(outcome.output))
    throw failure('postgres --single', draft, outcome.output)
}

async function moveIntoPlace(draft: Place, place: Place): Promise<boolean> {
  try {
    await rename(draft.folder, place.folder)
    await syncFolder(dirname(place.folder))
    if (place.folder !== place.link) await symlink(place.folder, place.link)
    return true
  } catch (error) {
    if (!existsSync(join(place.link, 'tessera.json'))) throw error
    // Another process was faster; its folder is as good as ours.
    if ((await realpath(place.link)) !== place.folder)
      await rm(place.folder, { recursive: true, force: true })
    return false
  }
}

/** Removes what processes left that were killed while they prepared a folder. */
async function sweepDrafts(place: Place): Promise<void> {
  for (const name of await readdir(dirname(place.folder))) {
    const pid = /\.new-(\d+)-/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid)))
      await rm(join(dirname(place.folder), name), { recursive: true, force: true })
  }
}

async function checkMarker(place: Place): Promise<void> {
  const marker = JSON.parse(await readFile(markerFile(place), 'utf8')) as { format: number; postgres: number }
  const expected = majorOf(place.binaries.version)
  if (marker.format === FORMAT && marker.postgres === expected) return
  throw new Error(
    `The data folder ${place.folder} has format ${marker.format} of PostgreSQL ${marker.postgres}, but this ` +
      `version of Tessera reads format ${FORMAT} of PostgreSQL ${expected}. Start it with the version that made ` +
      'it, dump the data there (pg_dump) and load it into a new folder.',
  )
}

async function own(path: string, account: Account | undefined): Promise<void> {
  if (account) await chown(path, account.uid, account.gid)
}

/** A rename survives a power cut only once the folder that holds the name is on disk. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

const majorOf = (version: string) => Number.parseInt(version, 10)

function failure(program: string, place: Place, output: string): Error {
  return new Error(
    `${program} failed for the data folder ${place.folder}:\n${output.trim()}\n` +
      'If the libraries of PostgreSQL are missing, run `npm rebuild`; if the disk is full or read-only, make ' +
      'room or set DATABASE_URL to a PostgreSQL of your own.',
  )
}
