import { afterAll, inject } from 'vitest'
import { openDatabase, type Database } from '../../platform/database/index.ts'
import { asAdmin, copyDatabase, dropDatabase, urlOf } from '../harness/fresh-database.ts'
import { publishCompany } from './serve-company.ts'

const LOCK = 7_364_176

/** Of this run: all workers are children of one process, and the next run may bring other packages. */
const template = `test_${process.ppid}_company`

/**
 * A database of its own for a test file in which the shipped packages have been published and the administrator can sign
 * in: a copy of one that the first file of the run makes. It is closed and dropped after the file's last test; the role of
 * its tenant, which all copies share, stays until the run is over.
 */
export async function companyDatabase(): Promise<Database> {
  await asAdmin(async (admin) => {
    await admin`select pg_advisory_lock(${LOCK})`
    const [made] = await admin`select 1 from pg_database where datname = ${template}`
    if (made === undefined) await makeTemplate()
    await admin`select pg_advisory_unlock(${LOCK})`
  })
  const name = await copyDatabase(template)
  const database = await openDatabase({ url: urlOf(name) })
  const roles = await database.platform<{ role: string }[]>`select role_name as role from platform.tenant`
  for (const { role } of roles)
    await database.platform.unsafe(`grant connect on database "${name}" to "${role}"`)
  const shared = new Set(roles.map(({ role }) => role))
  afterAll(async () => {
    const added = await database.platform<{ role: string }[]>`select role_name as role from platform.tenant`
    await database.close()
    await dropDatabase(name)
    for (const { role } of added.filter((each) => !shared.has(each.role)))
      await asAdmin((admin) => admin.unsafe(`drop role "${role}"`))
  })
  return database
}

/** Made under another name, so that one that was broken off is never taken for whole. */
async function makeTemplate(): Promise<void> {
  const draft = await copyDatabase(inject('testTemplate'))
  const database = await openDatabase({ url: urlOf(draft) })
  await publishCompany(database)
  await database.close()
  await asAdmin((admin) => admin.unsafe(`alter database "${draft}" rename to "${template}"`))
}
