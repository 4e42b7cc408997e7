import type { Queryable } from '../database/sql.ts'
import { sealedSelection } from './columns.ts'
import { sealOf, type SealedRow } from './seal.ts'

/** A place in the log to hold it against later: keep it where nobody who can write the database can. */
export interface AuditHead {
  readonly number: number
  readonly hash: string
}

export interface AuditVerification {
  readonly entries: number
  /** The last entry; undefined for an empty log. */
  readonly head: AuditHead | undefined
  /** What is wrong, in words; empty where the chain holds. */
  readonly faults: readonly string[]
}

const pageSize = 1_000
const mostFaults = 20

/**
 * Computes the seal of every entry anew, outside of the database, and compares.
 * @param expected an entry that was noted earlier: it has to be there as it was
 */
export async function verifyAudit(
  sql: Queryable,
  { expected }: { expected?: AuditHead } = {},
): Promise<AuditVerification> {
  const faults: string[] = []
  let head: AuditHead = { number: 0, hash: '' }
  let entries = 0
  let isExpectedSeen = expected === undefined
  for (;;) {
    const rows = await readPage(sql, head.number)
    for (const { hash, ...row } of rows) {
      const number = Number(row.number)
      if (number !== head.number + 1) faults.push(gap(head.number + 1, number - 1))
      else if (sealOf(head.hash, row) !== hash)
        faults.push(`Entry ${number} is not as it was sealed, or the one before it is not.`)
      if (expected?.number === number) {
        isExpectedSeen = true
        if (expected.hash !== hash) faults.push(`Entry ${number} has not the seal that was noted.`)
      }
      head = { number, hash }
      entries++
    }
    if (rows.length < pageSize || faults.length >= mostFaults) break
  }
  if (!isExpectedSeen && faults.length < mostFaults)
    faults.push(`Entry ${expected?.number} is missing: the log was cut off at its end.`)
  return { entries, head: entries === 0 ? undefined : head, faults }
}

function gap(from: number, to: number): string {
  return from === to ? `Entry ${from} is missing.` : `Entries ${from} to ${to} are missing.`
}

async function readPage(sql: Queryable, after: number): Promise<(SealedRow & { hash: string })[]> {
  return (await sql.unsafe(
    `select ${sealedSelection}, a.hash from _audit a where a.number > $1::bigint order by a.number limit ${pageSize}`,
    [after],
    { prepare: true },
  )) as unknown as (SealedRow & { hash: string })[]
}
