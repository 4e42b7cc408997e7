/**
 * Remembers what was looked up for a few seconds, so that each request does not ask the database who asks. Whatever is
 * forgotten while it is being looked up is not kept.
 */
export class ShortMemory<T> {
  readonly #kept = new Map<string, { readonly value: Promise<T>; readonly until: number }>()
  readonly #now: () => number
  readonly #seconds: number
  readonly #capacity: number

  constructor({
    seconds,
    capacity = 10_000,
    now = Date.now,
  }: {
    seconds: number
    capacity?: number
    now?: () => number
  }) {
    this.#seconds = seconds
    this.#capacity = capacity
    this.#now = now
  }

  /** What is remembered under the key, or looked up now. A failure is not remembered. */
  get(key: string, lookUp: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key)
    if (known !== undefined && known.until > this.#now()) return known.value
    const entry = { value: lookUp(), until: this.#now() + this.#seconds * 1_000 }
    this.#kept.delete(key)
    this.#kept.set(key, entry)
    if (this.#kept.size > this.#capacity) this.#kept.delete(this.#kept.keys().next().value as string)
    entry.value.catch(() => {
      if (this.#kept.get(key) === entry) this.#kept.delete(key)
    })
    return entry.value
  }

  forget(key: string): void {
    this.#kept.delete(key)
  }

  /** Forgets every key with the beginning; everything without one. */
  forgetAll(beginning = ''): void {
    for (const key of this.#kept.keys()) if (key.startsWith(beginning)) this.#kept.delete(key)
  }
}
