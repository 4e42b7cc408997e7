import type { Statement } from '../../database/statement.ts'
import type { Model } from '../../definitions/model/model.ts'
import type { RowReader } from './columns.ts'

/** A compiled read: the statement and how its rows become records. */
export interface CompiledRead {
  readonly statement: Statement
  readonly readers: readonly RowReader[]
}

const capacity = 1_000
const caches = new WeakMap<Model, Map<string, unknown>>()

/** Gives what was compiled for a shape before, or compiles and keeps it; the least recently used leave. */
export function compiledOnce<T>(model: Model, shape: string, compile: () => T): T {
  let cache = caches.get(model) as Map<string, T> | undefined
  if (cache === undefined) {
    cache = new Map()
    caches.set(model, cache)
  }
  const known = cache.get(shape)
  if (known !== undefined) {
    cache.delete(shape)
    cache.set(shape, known)
    return known
  }
  const compiled = compile()
  cache.set(shape, compiled)
  if (cache.size > capacity) cache.delete(cache.keys().next().value as string)
  return compiled
}

/** Turns a row into a record. */
export function readRow(readers: readonly RowReader[], row: readonly unknown[]): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const read of readers) read(row, record)
  return record
}
