import { audit, type AuditEntry } from '../../audit/index.ts'
import { inTransaction, schemaOf, type Database, type Transaction } from '../../database/index.ts'
import type { WorkOptions } from '../../records/index.ts'

/**
 * Work in the tables that all tenants share, with its entry in the audit log of the tenant, in one transaction.
 * @param work gives its result and what is to be written; nothing is written where it did nothing
 */
export function auditedWork<T>(
  database: Database,
  { tenant, principal, now, origin }: Pick<WorkOptions, 'tenant' | 'principal' | 'now' | 'origin'>,
  work: (sql: Transaction) => Promise<{ result: T; entry: AuditEntry | undefined }>,
): Promise<T> {
  return inTransaction(database.platform, async (sql) => {
    const { result, entry } = await work(sql)
    if (entry !== undefined)
      await audit({ sql, principal, moment: { now }, origin }, entry, { schema: schemaOf(tenant) })
    return result
  })
}
