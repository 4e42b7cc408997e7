import { inside, type Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import type { Linkage } from './linkage.ts'

/** The roles that a map such as `{"seller": true}` admits; undefined where there is no map. */
export function checkRoles(
  linkage: Linkage,
  declared: Readonly<Record<string, boolean>> | undefined,
  at: Address,
): ReadonlySet<string> | undefined {
  if (declared === undefined) return undefined
  for (const role of Object.keys(declared)) checkRole(linkage, role, { ...inside(at, role), isKey: true })
  return new Set(Object.keys(declared).filter((role) => declared[role]))
}

export function checkRole(linkage: Linkage, role: string, at: Address): void {
  if (linkage.roles.has(role)) return
  const remedy = suggest(role, linkage.roles, 'Known roles')
  linkage.problems.error({ at, code: 'unknown_role', message: `There is no role "${role}".`, remedy })
}
