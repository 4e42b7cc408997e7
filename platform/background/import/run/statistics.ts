import { analyzeTable, rowsKnownOf, type Database } from '../../../database/index.ts'

/** The share of a table that has to be new; that of autovacuum, whose own plans are made for such a growth. */
const grownBy = 0.1

/**
 * Has PostgreSQL look at a table again while an import fills it: after the batches 1, 2, 4, 8 and so on, as far as they
 * have made it grow. Its plans were made for an empty table, where any index seems as good as the right one, and they
 * stay as they are until autovacuum comes by, a minute later at best; looking up a key then reads thousands of rows.
 */
export class Statistics {
  #batches = 0
  #rows = 0
  readonly #database: Pick<Database, 'platform'>
  readonly #table: { readonly tenant: string; readonly table: string }

  constructor(database: Pick<Database, 'platform'>, table: { tenant: string; table: string }) {
    this.#database = database
    this.#table = table
  }

  /** A batch of so many rows was committed. */
  async batchDone(rows: number): Promise<void> {
    this.#batches++
    this.#rows += rows
    const isPowerOfTwo = (this.#batches & (this.#batches - 1)) === 0
    if (!isPowerOfTwo) return
    const known = await rowsKnownOf(this.#database, this.#table)
    if (this.#rows > known * grownBy) await analyzeTable(this.#database, this.#table)
  }
}
