import { audit, type AuditAction } from '../../audit/index.ts'
import type { Queryable } from '../../database/index.ts'
import { compareDocuments } from '../versions/compare-documents.ts'
import { parseVersion } from '../versions/version-document.ts'
import { readVersion } from '../versions/versions.ts'
import type { Publication } from './publication.ts'

interface Switch {
  readonly tenant: string
  readonly publication: Publication
  /** The versions before and after; none before the first. */
  readonly from: number | undefined
  readonly to: number
  readonly options: { readonly publishedBy?: string; readonly backTo?: number; readonly note?: string }
}

/** Writes into the audit log, in the transaction of the switch, who published and what it changes about roles. */
export async function auditVersion(connection: Queryable, published: Switch): Promise<void> {
  const { from, to, publication, options } = published
  const { note, backTo, publishedBy = 'Tessera' } = options
  const [{ now } = { now: '' }] = await connection<{ now: string }[]>`select now() as now`
  const write = (action: AuditAction, detail: Record<string, unknown>) =>
    audit(
      {
        sql: connection,
        principal: { kind: 'process', userId: undefined, name: publishedBy },
        moment: { now: new Date(now) },
      },
      { action, detail },
      { schema: publication.spec.schema },
    )
  const place = { version: to, hash: publication.hash, ...(note === undefined ? {} : { note }) }
  if (backTo === undefined) await write('publish', place)
  else await write('rollback', { ...place, back_to: backTo })
  const roles = await changedRoles(connection, published)
  if (from !== undefined && roles.length > 0) await write('role.declared', { version: to, roles })
}

/** The roles that were added, changed or removed, each with the places that differ. */
async function changedRoles(
  connection: Queryable,
  { tenant, publication, from }: Switch,
): Promise<{ role: string; places: readonly string[] }[]> {
  if (from === undefined) return []
  const before = await readVersion(connection, tenant, from)
  const rolesOf = (text: string) => parseVersion(text).documents.role ?? {}
  const changes = compareDocuments(rolesOf(before.documents), rolesOf(publication.documents))
  const byRole = Map.groupBy(changes, ({ pointer }) => pointer.split('/')[1] ?? '')
  return [...byRole].map(([role, all]) => ({
    role,
    places: all.map(({ pointer, change }) => `${change} ${pointer.slice(role.length + 1) || '/'}`),
  }))
}
