/** A value as messages name it. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** To compare with known names; an object from outside may bear a `toString` that is none. */
export function spelled(value: unknown): string {
  return typeof value === 'string' ? value : show(value)
}
