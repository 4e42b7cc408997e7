import type { Database } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { createRecord, listRecords, updateRecord, writingWork, type UnitOfWork } from '../../records/index.ts'
import { systemPrincipal } from './system-principal.ts'
import { resetSecondFactor } from './second-factor/reset-second-factor.ts'
import { hasPassword, linkAccount, setPassword } from './accounts.ts'

/** A tenant at the hands of its operator, who works at the terminal. */
export interface OperatedTenant {
  readonly database: Database
  readonly model: Model
  readonly tenant: string
}

export interface ListedPerson {
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly isActive: boolean
  readonly canSignIn: boolean
}

/** Adds a person with roles, or gives an existing one those roles, and ties the account to the tenant. */
export async function addPerson(
  operated: OperatedTenant,
  person: { email: string; name: string; roles: readonly string[] },
): Promise<{ account: string; isNew: boolean; hasPassword: boolean }> {
  const { database, tenant } = operated
  const email = person.email.trim().toLowerCase()
  const { member, isNew } = await write(operated, async (unit) => {
    const known = await findPerson(unit, email)
    const values = { name: person.name, email, roles: person.roles, is_active: true }
    if (known === undefined)
      return { member: (await createRecord(unit, { object: 'user', values })).id as string, isNew: true }
    await updateRecord(unit, { object: 'user', id: known, values })
    return { member: known, isNew: false }
  })
  const linked = await linkAccount(
    database,
    { tenant, member, email, name: person.name },
    { isOperator: true },
  )
  if (linked.outcome !== 'linked') throw new Error(`${email} could not be given an account.`)
  return { account: linked.account, isNew, hasPassword: await hasPassword(database, linked.account) }
}

/** Sets the password of a person of the tenant. */
export async function setPersonPassword(
  operated: OperatedTenant,
  { email, password, shortest }: { email: string; password: string; shortest?: number },
): Promise<void> {
  const { database, tenant } = operated
  const address = email.trim().toLowerCase()
  const found = await write(operated, async (unit) => {
    const member = await findPerson(unit, address)
    return member === undefined ? undefined : { member, name: address }
  })
  if (found === undefined)
    throw new Error(`There is no person ${address} in "${tenant}"; add one with tessera user add.`)
  const linked = await linkAccount(database, { tenant, email: address, ...found }, { isOperator: true })
  if (linked.outcome === 'linked')
    await setPassword(database, {
      account: linked.account,
      password,
      ...(shortest === undefined ? {} : { shortest }),
    })
}

/** Takes the second factor of a person of the tenant away. @returns whether there was one */
export async function resetPersonFactor(operated: OperatedTenant, email: string): Promise<boolean> {
  const { database, model, tenant } = operated
  const address = email.trim().toLowerCase()
  const member = await write(operated, (unit) => findPerson(unit, address))
  if (member === undefined) throw new Error(`There is no person ${address} in "${tenant}".`)
  const work = { tenant, principal: systemPrincipal(model), now: new Date() }
  return resetSecondFactor(database, work, member)
}

/** The people of the tenant, by name. */
export async function listPeople(operated: OperatedTenant): Promise<readonly ListedPerson[]> {
  const { database, tenant } = operated
  const accounts = await database.platform<{ member: string; has: boolean }[]>`
    select m.member, exists (select 1 from platform.account a
      where a.user_id = m.user_id and a.provider_id = 'credential' and a.password is not null) as has
    from platform.member m where m.tenant = ${tenant}`
  const canSignIn = new Map(accounts.map(({ member, has }) => [member, has]))
  const people: ListedPerson[] = []
  let after: string | null = null
  do {
    const page = await readPage(operated, after)
    for (const row of page.rows)
      people.push({
        name: String(row.name ?? ''),
        email: String(row.email ?? ''),
        roles: (row.roles ?? []) as readonly string[],
        isActive: row.is_active !== false,
        canSignIn: canSignIn.get(row.id as string) === true,
      })
    after = page.next
  } while (after !== null)
  return people
}

function readPage(operated: OperatedTenant, after: string | null) {
  return write(operated, (unit) =>
    listRecords(unit, {
      object: 'user',
      fields: ['name', 'email', 'roles', 'is_active'],
      sort: ['name'],
      limit: 500,
      ...(after === null ? {} : { after }),
    }),
  )
}

async function findPerson(unit: UnitOfWork, email: string): Promise<string | undefined> {
  const filter = `record.email == ${JSON.stringify(email)}`
  const { rows } = await listRecords(unit, { object: 'user', fields: ['email'], filter, limit: 1 })
  return rows[0]?.id as string | undefined
}

async function write<T>(
  { database, model, tenant }: OperatedTenant,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const pool = await database.tenant(tenant)
  const principal = systemPrincipal(model)
  return writingWork({ tenant, model, principal, now: new Date(), pool, ports: {} }, work)
}
