import type { Database } from '../../database/index.ts'
import { createRecord, listRecords, writingWork } from '../../records/index.ts'
import { hasPassword, linkAccount, randomPassword, setPassword } from '../identity/accounts.ts'
import { verifyPassword } from '../identity/passwords/password-hash.ts'
import { signInSettingsFrom } from '../identity/sign-in-settings.ts'
import type { ModelSource } from '../parts.ts'
import { readNote, removeNote, writeNote, type FirstAccount } from './sign-in-note.ts'
import { systemPrincipal } from '../identity/system-principal.ts'

const usualEmail = 'admin@example.com'

/**
 * Gives a tenant in which nobody can sign in an administrator: TESSERA_ADMIN_EMAIL and TESSERA_ADMIN_PASSWORD, or
 * admin@example.com with a random password. Gives the account where its password is new.
 */
export async function ensureAdministrator(options: {
  database: Database
  models: ModelSource
  tenant: string
  environment: NodeJS.ProcessEnv
}): Promise<FirstAccount | undefined> {
  const { database, models, tenant, environment } = options
  const [someone] = await database.platform`select 1 from platform.member where tenant = ${tenant} limit 1`
  if (someone !== undefined) return undefined
  const email = (environment.TESSERA_ADMIN_EMAIL || usualEmail).trim().toLowerCase()
  const member = await administratorRow({ database, models, tenant, email })
  const owner = { tenant, member, email, name: 'Administrator' }
  const linked = await linkAccount(database, owner, { isOperator: true })
  if (linked.outcome !== 'linked' || (await hasPassword(database, linked.account))) return undefined
  const password = environment.TESSERA_ADMIN_PASSWORD || randomPassword()
  const { shortestPassword: shortest } = signInSettingsFrom(environment)
  await setPassword(database, { account: linked.account, password, shortest })
  return environment.TESSERA_ADMIN_PASSWORD ? undefined : { email, password, roles: ['administrator'] }
}

/** The row of the person in the tenant's object `user`; made where it is missing. */
async function administratorRow(options: {
  database: Database
  models: ModelSource
  tenant: string
  email: string
}): Promise<string> {
  const { database, models, tenant, email } = options
  const [model, pool] = await Promise.all([models.current(tenant), database.tenant(tenant)])
  const principal = systemPrincipal(model)
  return writingWork({ tenant, model, principal, now: new Date(), pool, ports: {} }, async (unit) => {
    const filter = `record.email == ${JSON.stringify(email)}`
    const { rows } = await listRecords(unit, { object: 'user', fields: ['email'], filter, limit: 1 })
    if (rows[0] !== undefined) return rows[0].id as string
    const values = { name: 'Administrator', email, roles: ['administrator'] }
    return (await createRecord(unit, { object: 'user', values })).id as string
  })
}

/** Adds accounts to the note of the first start. */
export function rememberAccounts(project: string, accounts: readonly FirstAccount[]): void {
  if (accounts.length === 0) return
  const known = readNote(project).filter(({ email }) => !accounts.some((account) => account.email === email))
  writeNote(project, [...known, ...accounts])
}

/** The accounts of the note whose passwords still hold; the note goes when the administrator's does not. */
export async function validNote(
  { platform: sql }: Database,
  project: string,
): Promise<readonly FirstAccount[]> {
  const [first, ...others] = readNote(project)
  if (first === undefined) return []
  const [row] = await sql<{ hash: string }[]>`
    select a.password as hash from platform."user" u
    join platform.account a on a.user_id = u.id and a.provider_id = 'credential' where u.email = ${first.email}`
  const isValid = row !== undefined && (await verifyPassword({ hash: row.hash, password: first.password }))
  if (!isValid) removeNote(project)
  return isValid ? [first, ...others] : []
}
