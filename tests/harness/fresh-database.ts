import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { openDatabase, type Database } from '../../platform/database/index.ts'

let count = 0

/**
 * A database of its own for a test file, with the platform and the job queue migrated and no tenant in it. Call
 * it at the top of the file: `const database = await freshDatabase()`. It is closed and dropped after the
 * file's last test.
 */
export async function freshDatabase(): Promise<Database> {
  const server = inject('testServer')
  const name = `test_${process.pid}_${count++}`
  await asAdmin(async (admin) => {
    // Copying files is twice as fast here as writing every page to the log, the default.
    await admin.unsafe(`create database "${name}" template "${inject('testTemplate')}" strategy file_copy`)
    // A copy does not take the rights on its original along.
    await admin.unsafe(`revoke all on database "${name}" from public`)
  })
  const database = await openDatabase({ url: server.replace(/[^/]+$/, name) })
  afterAll(() => discard(database, name))
  return database
}

/** Roles belong to the whole server, so those of the tenants have to go by themselves. */
async function discard(database: Database, name: string): Promise<void> {
  const tenants = await database.platform<{ role: string }[]>`select role_name as role from platform.tenant`
  await database.close()
  await asAdmin(async (admin) => {
    await admin.unsafe(`drop database "${name}" with (force)`)
    for (const { role } of tenants) await admin.unsafe(`drop role "${role}"`)
  })
}

async function asAdmin(work: (admin: postgres.Sql) => Promise<void>): Promise<void> {
  const admin = postgres(inject('testServer'), { max: 1, fetch_types: false, onnotice: () => undefined })
  await work(admin).finally(() => admin.end())
}
