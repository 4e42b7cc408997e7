import type { Sql } from '../../database/sql.ts'

/** A line of the history of a tenant, as far as listeners need it. */
export interface Change {
  readonly id: number
  readonly object: string
  readonly record: string
  readonly version: number
  readonly action: string
  /** Written by a step of a process. */
  readonly isStep: boolean
}

/** A transaction that has a number may commit after later ones have; so long its number is looked for. */
const lateMs = 90_000
const mostMissing = 2_000
const lookBack = 200
const mostAtOnce = 1_000

/**
 * Follows the history of a tenant by number, without a word from those who write. Numbers are given before a
 * transaction commits, so the ones that are missing between those seen are asked for again until they come or are too
 * old (their transactions were rolled back).
 */
export class ChangeTail {
  readonly #sql: Sql
  readonly #missing = new Map<number, number>()
  #last: number | undefined

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** What was committed since the last call, in order; nothing at the first call, from which on is followed. */
  async next(): Promise<readonly Change[]> {
    if (this.#last === undefined) {
      await this.#begin()
      return []
    }
    const rows = await this.#sql<Change[]>`
      select id, object, record, version, action, coalesce(cause ? 'process', false) as "isStep" from _change
      where id > ${this.#last} or id = any (${[...this.#missing.keys()]}::bigint[])
      order by id limit ${mostAtOnce}`
    this.#note(rows.map(({ id }) => id))
    return rows
  }

  async #begin(): Promise<void> {
    const rows = await this.#sql<{ id: number }[]>`select id from _change order by id desc limit ${lookBack}`
    const ids = rows.map(({ id }) => id).reverse()
    this.#last = (ids[0] ?? 1) - 1
    this.#note(ids)
  }

  #note(ids: readonly number[]): void {
    const now = performance.now()
    for (const id of ids) {
      const last = this.#last as number
      if (id <= last) {
        this.#missing.delete(id)
        continue
      }
      const first = Math.max(last + 1, id - mostMissing)
      for (let skipped = first; skipped < id; skipped++) this.#missing.set(skipped, now + lateMs)
      this.#last = id
    }
    for (const [id, until] of this.#missing)
      if (until < now || this.#missing.size > mostMissing) this.#missing.delete(id)
  }
}
