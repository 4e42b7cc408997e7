import { isRecordKey, type PlannedValues } from './record-key.ts'

interface Entry {
  readonly object: string
  readonly at: Date
  readonly values: PlannedValues
}

/** The records that are planned so far. */
export class RecordBook {
  readonly #entries = new Map<string, Entry>()
  readonly #byObject = new Map<string, string[]>()
  readonly #distinct = new Set<string>()

  add(key: string, entry: Entry): void {
    this.#entries.set(key, entry)
    const keys = this.#byObject.get(entry.object)
    if (keys === undefined) this.#byObject.set(entry.object, [key])
    else keys.push(key)
  }

  values(key: string): PlannedValues | undefined {
    return this.#entries.get(key)?.values
  }

  keysOf(object: string): readonly string[] {
    return this.#byObject.get(object) ?? []
  }

  /** A key that no record has yet: `lead.12`. */
  nextKey(object: string): string {
    return `${object}.${this.keysOf(object).length + 1}`
  }

  /** The latest moment at which something came to be that the values refer to. */
  latestReferred(values: unknown): Date | undefined {
    if (isRecordKey(values)) return this.#entries.get(values.$record)?.at
    if (typeof values !== 'object' || values === null) return undefined
    return Object.values(values)
      .map((value) => this.latestReferred(value))
      .reduce(
        (latest, at) => (at !== undefined && (latest === undefined || at > latest) ? at : latest),
        undefined,
      )
  }

  /** Takes the values of distinct fields; false, and nothing taken, where one of them is taken already. */
  claim(object: string, fields: readonly string[], values: PlannedValues): boolean {
    const claims = fields
      .filter((field) => values[field] !== undefined)
      .map((field) => `${object}.${field}=${JSON.stringify(values[field])}`)
    if (claims.some((claim) => this.#distinct.has(claim))) return false
    for (const claim of claims) this.#distinct.add(claim)
    return true
  }
}
