import { invalid } from '../../access/errors.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isRecordId } from '../read/get.ts'

/** With whom something is shared. */
export type Grantee =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'team'; readonly id: string }
  | { readonly kind: 'role'; readonly name: string }

/** How `_share` and the principal's slot name it. */
export function granteeText(grantee: Grantee): string {
  return grantee.kind === 'role' ? `role:${grantee.name}` : `${grantee.kind}:${grantee.id}`
}

export function granteeOf(text: string): Grantee {
  const [kind, rest = ''] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
  if (kind === 'role') return { kind, name: rest }
  return { kind: kind as 'user' | 'team', id: rest }
}

/** @throws TesseraError validation where there is nobody of the kind */
export async function checkGrantee(unit: UnitOfWork, grantee: Grantee): Promise<void> {
  if (!(await isThere(unit, grantee)))
    throw invalid([
      {
        field: 'with',
        code: 'reference',
        message: `names a ${grantee.kind === 'user' ? 'person' : grantee.kind} that does not exist or is not active`,
      },
    ])
}

async function isThere(unit: UnitOfWork, grantee: Grantee): Promise<boolean> {
  if (grantee.kind === 'role') return unit.model.roles.has(grantee.name)
  if (!isRecordId(grantee.id)) return false
  const table = grantee.kind === 'user' ? '"user"' : '"team"'
  const isActive = grantee.kind === 'user' ? ' and is_active is not false' : ''
  const rows = await unit.sql.unsafe(
    `select 1 from ${table} where id = $1::uuid and deleted_at is null${isActive}`,
    [grantee.id],
    { prepare: true },
  )
  return rows.length > 0
}
