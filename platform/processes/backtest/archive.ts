import type { RecordHistory } from './recorded.ts'

/** Reads what a replay asks for. */
export interface HistoryReader {
  record(object: string, id: string): Promise<RecordHistory>
  /** Ids of all rows that a record has or had, by the reference that leads to it. */
  rows(object: string, through: string, id: string): Promise<readonly string[]>
}

/** A record's history is needed that has not been read; the replay is taken again when it has. */
export class Unread extends Error {}

/** Something that a decision needs cannot be told from what is recorded. */
export class Unreconstructed extends Error {}

/** What has been read of the history so far, and what was asked for. */
export class Archive {
  readonly #known = new Map<string, unknown>()
  readonly #wanted = new Map<string, (reader: HistoryReader) => Promise<unknown>>()

  /** Whether something was asked for that has not been read. */
  get isWaiting(): boolean {
    return this.#wanted.size > 0
  }

  /** @throws Unread where it has not been read yet; it is noted that it is wanted */
  record(object: string, id: string): RecordHistory {
    return this.#get(`${object} ${id}`, (reader) => reader.record(object, id))
  }

  /** @throws Unread where they have not been read yet */
  rows(object: string, through: string, id: string): readonly string[] {
    return this.#get(`${object}.${through} ${id}`, (reader) => reader.rows(object, through, id))
  }

  /** Runs as often as it takes until everything that it asks for has been read. */
  async complete<T>(run: () => T, reader: HistoryReader): Promise<T> {
    for (;;) {
      this.#wanted.clear()
      try {
        const result = run()
        if (this.#wanted.size === 0) return result
      } catch (error) {
        // What the machine makes of a break-off is no failure of its own.
        if (this.#wanted.size === 0) throw error
      }
      for (const [key, read] of this.#wanted) this.#known.set(key, await read(reader))
    }
  }

  #get<T>(key: string, read: (reader: HistoryReader) => Promise<T>): T {
    if (this.#known.has(key)) return this.#known.get(key) as T
    this.#wanted.set(key, read)
    throw new Unread(`${key} has not been read yet`)
  }
}
