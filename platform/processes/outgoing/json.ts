export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** What jsonb can hold of a value that comes from outside: without NUL, and with whole surrogate pairs. */
export function storable(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('\u0000', '\ufffd').toWellFormed()
  if (Array.isArray(value)) return (value as readonly Json[]).map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [storable(name) as string, storable(inner)]),
  )
}
