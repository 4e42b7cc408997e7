import type { RecordHistory } from './recorded.ts'

/** A record's history is needed that has not been read; the replay is taken again when it has. */
export class Unread extends Error {}

/** Something that a decision needs cannot be told from what is recorded. */
export class Unreconstructed extends Error {}

/** The histories of records that have been read so far, and those that were asked for. */
export class Archive {
  readonly #known = new Map<string, RecordHistory>()
  readonly #wanted = new Map<string, { object: string; id: string }>()

  /** Whether something was asked for that has not been read. */
  get isWaiting(): boolean {
    return this.#wanted.size > 0
  }

  /** @throws Unread where it has not been read yet; it is noted that it is wanted */
  get(object: string, id: string): RecordHistory {
    const key = `${object} ${id}`
    const history = this.#known.get(key)
    if (history !== undefined) return history
    this.#wanted.set(key, { object, id })
    throw new Unread(`${key} has not been read yet`)
  }

  /** Runs as often as it takes until every history that it asks for has been read. */
  async complete<T>(run: () => T, read: (object: string, id: string) => Promise<RecordHistory>): Promise<T> {
    for (;;) {
      this.#wanted.clear()
      try {
        const result = run()
        if (this.#wanted.size === 0) return result
      } catch (error) {
        // What the machine makes of a break-off is no failure of its own.
        if (this.#wanted.size === 0) throw error
      }
      for (const [key, { object, id }] of this.#wanted) this.#known.set(key, await read(object, id))
    }
  }
}
