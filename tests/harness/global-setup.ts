import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { startEmbedded, type EmbeddedServer } from '../../platform/database/embedded/start-embedded.ts'
import { migratePlatform } from '../../platform/database/index.ts'
import { openPool } from '../../platform/database/sql.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the test server, to the database `postgres`. */
    testServer: string
    /** The database that fresh ones are copied from. */
    testTemplate: string
  }
}

const LOCK = 7_364_175
const MIGRATIONS = join(import.meta.dirname, '../../platform/database/migrations')

/**
 * Starts one PostgreSQL for the whole run and prepares the template of the test databases. The server's
 * folder is kept between runs, and runs at the same time share it.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startServer()
  const url = server.url.replace(/[^/]+$/, 'postgres')
  const admin = postgres(url, { max: 1, onnotice: () => undefined })
  const template = await prepareTemplate(admin, url)
  await dropLeftovers(admin)
  await admin.end()
  provide('testServer', url)
  provide('testTemplate', template)
  return async () => {
    await dropShared(url)
    await server.release()
  }
}

/** What files of this run shared, with the roles of its tenants. */
async function dropShared(url: string): Promise<void> {
  const name = `test_${process.pid}_company`
  const admin = postgres(url, { max: 1, onnotice: () => undefined })
  const [made] = await admin`select 1 from pg_database where datname = ${name}`
  if (made !== undefined) {
    const shared = postgres(url.replace(/[^/]+$/, name), { max: 1 })
    const roles = await shared<{ role: string }[]>`select role_name as role from platform.tenant`
    await shared.end()
    await admin.unsafe(`drop database "${name}" with (force)`)
    for (const { role } of roles) await admin.unsafe(`drop role "${role}"`)
  }
  await admin.end()
}

/** Without fsync a power cut can spoil the folder; it holds nothing, so it is made anew. */
async function startServer(): Promise<EmbeddedServer> {
  const checkout = createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 8)
  const project = join(tmpdir(), `tessera-tests-${userInfo().uid}-${checkout}`)
  try {
    return await startEmbedded({ project, isDurable: false })
  } catch (error) {
    process.stdout.write(`The test server did not start and is made anew: ${String(error)}\n`)
    await rm(project, { recursive: true, force: true })
    return startEmbedded({ project, isDurable: false })
  }
}

async function prepareTemplate(admin: postgres.Sql, url: string): Promise<string> {
  const name = `template_${migrationsHash()}`
  await admin`select pg_advisory_lock(${LOCK})`
  const [existing] = await admin`select 1 from pg_database where datname = ${name}`
  if (!existing) {
    const draft = `${name}_draft`
    await admin.unsafe(`drop database if exists "${draft}" with (force)`)
    await admin.unsafe(`create database "${draft}"`)
    const draftUrl = url.replace(/[^/]+$/, draft)
    const platform = openPool({ url: draftUrl, name: 'template', size: 2 })
    await migratePlatform({ platform, url: draftUrl })
    await platform.end()
    await admin.unsafe(`alter database "${draft}" rename to "${name}"`)
  }
  await admin`select pg_advisory_unlock(${LOCK})`
  return name
}

function migrationsHash(): string {
  const hash = createHash('sha256')
  const folder = join(MIGRATIONS, 'platform')
  for (const file of readdirSync(folder).toSorted())
    if (file.endsWith('.sql')) hash.update(readFileSync(join(folder, file)))
  hash.update(readFileSync(join(MIGRATIONS, 'migrate-platform.ts')))
  return hash.digest('hex').slice(0, 12)
}

/** Drops the databases of runs that were killed. */
async function dropLeftovers(admin: postgres.Sql): Promise<void> {
  const databases = await admin<
    { name: string }[]
  >`select datname as name from pg_database where datname ~ '^test_'`
  for (const { name } of databases) {
    const pid = Number(name.split('_')[1])
    if (!isAlive(pid)) await admin.unsafe(`drop database if exists "${name}" with (force)`)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
