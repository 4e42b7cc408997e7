/** A record that a value refers to before it has an id; the id takes its place when the value is written. */
export interface RecordKey {
  readonly $record: string
}

export type PlannedValues = Readonly<Record<string, unknown>>

export function isRecordKey(value: unknown): value is RecordKey {
  return typeof value === 'object' && value !== null && '$record' in value
}

/** The value with ids in the place of keys, wherever they stand in it. */
export function withIds(value: unknown, idOf: (key: string) => string): unknown {
  if (isRecordKey(value)) return idOf(value.$record)
  if (Array.isArray(value)) return value.map((entry) => withIds(entry, idOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withIds(inner, idOf)]))
}
