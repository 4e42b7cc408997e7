import { MomentSlot } from './moments.ts'

const pgType = /^[a-z0-9]+(\[\])?$/

/**
 * A value as a literal of SQL, for places that take no parameters (generated columns, check constraints): give it
 * as `param` of the binding. Throws for a value of the moment and for text that PostgreSQL cannot hold.
 */
export function quoteLiteral(value: unknown, type: string): string {
  if (!pgType.test(type)) throw new Error(`'${type}' is no name of a PostgreSQL type`)
  if (value instanceof MomentSlot)
    throw new Error('A value that depends on the moment cannot stand in a definition')
  if (value === null || value === undefined) return `NULL::${type}`
  if (typeof value !== 'string')
    throw new Error(`A literal of type ${type} is given as text, not ${typeof value}`)
  if (value.includes('\0')) throw new Error('PostgreSQL text holds no NUL character')
  const quoted = value.replaceAll("'", "''")
  // with E'' the meaning of a backslash does not depend on standard_conforming_strings
  return value.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'::${type}` : `'${quoted}'::${type}`
}
