import { createHash } from 'node:crypto'

/** SHA-256 (hex) of a JSON value as text. Key order counts: in parallel regions of a machine it is entry order. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

const frozen = new WeakSet<object>()

/**
 * Freezes arrays, objects and the values of maps and sets, as deep as they go. Maps and sets themselves cannot be
 * frozen; their types are read-only.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || frozen.has(value) || isCompiled(value)) return value
  frozen.add(value)
  if (value instanceof Map || value instanceof Set) {
    for (const entry of value.values()) deepFreeze(entry)
    return value
  }
  if (!Object.isFrozen(value)) Object.freeze(value)
  for (const entry of Object.values(value)) deepFreeze(entry)
  return value
}

/** Compiled expressions and field types are immutable by contract, and may keep caches inside. */
function isCompiled(value: object): boolean {
  return (
    typeof (value as { evaluate?: unknown }).evaluate === 'function' ||
    typeof (value as { check?: unknown }).check === 'function'
  )
}
