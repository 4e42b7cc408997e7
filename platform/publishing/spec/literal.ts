/**
 * A value of the declarations as an SQL literal with its type, for places where PostgreSQL takes no parameters
 * (generated columns). With standard_conforming_strings, the default, only the quote needs doubling.
 */
export function literal(value: unknown, pgType: string): string {
  if (value === null || value === undefined) return `null::${pgType}`
  if (Array.isArray(value))
    return `array[${value.map((entry) => literal(entry, pgType.replace(/\[\]$/, ''))).join(', ')}]::${pgType}`
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (text.includes('\u0000'))
    throw new Error('A literal with the character NUL cannot be stored; remove it.')
  return `'${text.replaceAll("'", "''")}'::${pgType}`
}
