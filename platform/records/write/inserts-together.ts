import type { ObjectModel } from '../../definitions/model/model.ts'
import { readRow } from '../read/statement-cache.ts'
import type { InsertGathering, UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { permittedRecord, runRows, runWrite } from './outgoing.ts'
import { insertManyStatement, insertStatement, rowSlots } from './statements.ts'

type Environment = Readonly<Record<string, unknown>>

interface Insertion {
  readonly unit: UnitOfWork
  readonly object: ObjectModel
  readonly environment: Environment
  resolve(record: RecordValues): void
  reject(error: unknown): void
}

/** Statements for more rows are not faster, and each size is a statement of its own. */
const most = 32

/** Inserts one record with its history, together with others that are under way where there are any. */
export function insertRow(
  unit: UnitOfWork,
  insertion: { object: ObjectModel; environment: Environment },
): Promise<RecordValues> {
  return unit.gatheredInserts === undefined
    ? runWrite(unit, { ...insertion, compiled: insertStatement(unit, insertion.object) })
    : unit.gatheredInserts.insert(unit, insertion)
}

/**
 * Lets creations that are under way at the same time in one transaction share statements: those that have come to their
 * insertion when all others wait for the database go as one. Where one of them fails the statement, all of it fail.
 */
export function insertsTogether<T>(unit: UnitOfWork, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  return work({ ...unit, gatheredInserts: new GatheredInserts() })
}

class GatheredInserts implements InsertGathering {
  #waiting: Insertion[] = []

  insert(
    unit: UnitOfWork,
    insertion: { object: ObjectModel; environment: Environment },
  ): Promise<RecordValues> {
    // What the last answers of the database have set going has come to its next statement by then.
    if (this.#waiting.length === 0) setImmediate(() => this.#send())
    return new Promise((resolve, reject) => this.#waiting.push({ unit, ...insertion, resolve, reject }))
  }

  #send(): void {
    const groups = Map.groupBy(this.#waiting, ({ unit, object }) => `${unit.rights.key} ${object.name}`)
    this.#waiting = []
    for (const group of groups.values())
      for (let from = 0; from < group.length;) {
        const size = Math.min(most, 2 ** Math.floor(Math.log2(group.length - from)))
        void insertAll(group.slice(from, from + size))
        from += size
      }
  }
}

async function insertAll(insertions: readonly Insertion[]): Promise<void> {
  const { unit, object } = insertions[0] as Insertion
  const compiled = insertManyStatement(unit, object, insertions.length)
  const environment = Object.assign(
    { action: 'create' },
    ...insertions.map((each, at) => rowSlots({ cause: each.unit.cause ?? null, ...each.environment }, at)),
  ) as Environment
  try {
    const rows = await runRows(unit, { object, compiled, environment })
    const byId = new Map(rows.map((row) => [String(readRow(compiled.readers, row).id), row]))
    for (const { unit: own, environment: given, resolve, reject } of insertions)
      try {
        resolve(
          permittedRecord(own, { object, compiled, row: byId.get(String(given.id)) as readonly unknown[] }),
        )
      } catch (error) {
        reject(error)
      }
  } catch (error) {
    for (const { reject } of insertions) reject(error)
  }
}
