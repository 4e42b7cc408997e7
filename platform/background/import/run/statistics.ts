import { analyzeTable, type Database } from '../../../database/index.ts'

/**
 * Has PostgreSQL look at a table again while an import fills it: after the batches 1, 2, 4, 8 and so on. Its plans were
 * made for an empty table, where any index seems as good as the right one, and they stay as they are until autovacuum
 * comes by, a minute later at best; looking up a key then reads thousands of rows.
 */
export class Statistics {
  #batches = 0
  readonly #database: Pick<Database, 'platform'>
  readonly #table: { readonly tenant: string; readonly table: string }

  constructor(database: Pick<Database, 'platform'>, table: { tenant: string; table: string }) {
    this.#database = database
    this.#table = table
  }

  /** A batch was committed. */
  async batchDone(): Promise<void> {
    this.#batches++
    const isPowerOfTwo = (this.#batches & (this.#batches - 1)) === 0
    if (isPowerOfTwo) await analyzeTable(this.#database, this.#table)
  }
}
