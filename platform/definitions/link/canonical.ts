import { createHash } from 'node:crypto'

/** SHA-256 (hex) of a JSON value as text. Key order counts: in parallel regions of a machine it is entry order. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

/**
 * Freezes arrays, objects and the values of maps and sets, as deep as they go; what is frozen already is taken to be
 * so throughout. Maps and sets themselves cannot be frozen; their types are read-only.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || isCompiled(value)) return value
  if (value instanceof Map || value instanceof Set) {
    for (const entry of value.values()) deepFreeze(entry)
    return value
  }
  Object.freeze(value)
  for (const key in value) deepFreeze(value[key])
  return value
}

/** Compiled expressions and field types are immutable by contract, and may keep caches inside. */
function isCompiled(value: object): boolean {
  return (
    typeof (value as { evaluate?: unknown }).evaluate === 'function' ||
    typeof (value as { check?: unknown }).check === 'function'
  )
}
