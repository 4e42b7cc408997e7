import { unlimitedRights } from '../../../access/rights.ts'
import { TesseraError } from '../../../access/errors.ts'
import { getRecord, readingWork, type WorkOptions } from '../../../records/index.ts'
import { followPerson, linkAccount } from '../../identity/accounts.ts'
import type { ServerParts } from '../../parts.ts'

/**
 * After a write to the object `user`: what is remembered of people is forgotten at once (roles, activity), and each
 * person with an address gets an account, or theirs follows the new name and address.
 */
export async function followPeople(
  { database, identities }: Pick<ServerParts, 'database' | 'identities'>,
  work: WorkOptions,
  { object, ids }: { object: string; ids: readonly string[] },
): Promise<void> {
  if (object !== 'user') return
  const { tenant } = work
  identities.forgetPeople(tenant)
  const unit = { ...readingWork(work), rights: unlimitedRights }
  for (const member of ids) {
    const row = await getRecord(unit, {
      object: 'user',
      id: member,
      fields: ['name', 'email'],
      hasLines: false,
    }).catch((error: unknown) => {
      // Deleted by somebody else in the meantime: there is nobody to follow.
      if (error instanceof TesseraError && error.code === 'not_found') return undefined
      throw error
    })
    if (typeof row?.email !== 'string' || row.email === '') continue
    const owner = { tenant, member, email: row.email, name: String(row.name ?? '') }
    if ((await linkAccount(database, owner)).outcome === 'linked') await followPerson(database, owner)
  }
}
