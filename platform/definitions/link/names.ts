import type { Address } from '../model/problem-list.ts'
import type { Linkage } from './linkage.ts'

/** PostgreSQL cuts longer identifiers, without saying so. */
const LONGEST_IDENTIFIER = 63

/** Field names that the platform gives itself. */
const systemFieldNames = ['id', 'owner', 'created_at', 'created_by', 'updated_at', 'updated_by'] as const

const reserved: ReadonlySet<string> = new Set([...systemFieldNames, 'version', 'deleted_at'])

/** Refuses names of fields that the platform itself uses, and columns that PostgreSQL would cut. */
export function checkFieldName(
  linkage: Linkage,
  { at, name, columns }: { at: Address; name: string; columns: readonly string[] },
): void {
  if (reserved.has(name))
    linkage.problems.error({
      at: { ...at, isKey: true },
      code: 'reserved_name',
      message: `"${name}" is a name that the platform uses itself.`,
      remedy: 'Give the field another name.',
    })
  for (const column of columns) checkIdentifier(linkage, { at, identifier: column, what: 'column' })
}

/** Refuses the name of a table or column that is longer than PostgreSQL keeps. */
export function checkIdentifier(
  linkage: Linkage,
  { at, identifier, what }: { at: Address; identifier: string; what: string },
): void {
  if (identifier.length <= LONGEST_IDENTIFIER) return
  linkage.problems.error({
    at: { ...at, isKey: true },
    code: 'name_too_long',
    message: `The ${what} "${identifier}" has ${identifier.length} characters; PostgreSQL keeps ${LONGEST_IDENTIFIER}.`,
    remedy: 'Shorten the name.',
  })
}

/** What people read where no label is declared: `close_on` becomes `Close on`. */
export function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
