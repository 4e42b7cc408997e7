import type { EffectiveRights } from '../../access/rights.ts'
import { getRecord, listRecords, type UnitOfWork } from '../../records/index.ts'
import { ifVisible } from '../routes/records/as-seen.ts'
import type { Change } from './change-tail.ts'

/** The newest change of each record, of those that the reader may see: each is read again under the reader's rights. */
export async function visibleChanges(
  unit: UnitOfWork,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const newest = new Map(changes.map((change) => [`${change.object}/${change.record}`, change]))
  const readable = [...newest.values()].filter(({ object }) => unit.rights.object(object).read.length > 0)
  const gone = readable.filter(({ action }) => action === 'delete')
  const [seen, seenGone] = await Promise.all([
    Promise.all(readable.filter((change) => !gone.includes(change)).map((change) => ifSeen(unit, change))),
    visibleDeletions(unit, gone),
  ])
  return [...seen.flatMap((change) => change ?? []), ...seenGone].sort((a, b) => a.id - b.id)
}

async function ifSeen(unit: UnitOfWork, change: Change): Promise<Change | undefined> {
  const { object, record } = change
  const found = await ifVisible(() =>
    getRecord(unit, { object, id: record, fields: ['id'], hasLines: false }),
  )
  return found === undefined ? undefined : change
}

/** Deleted records that the reader could read until then. */
async function visibleDeletions(unit: UnitOfWork, changes: readonly Change[]): Promise<readonly Change[]> {
  const byObject = Map.groupBy(changes, ({ object }) => object)
  const seen = await Promise.all(
    [...byObject].map(async ([object, deletions]) => {
      const ids = deletions.map(({ record }) => JSON.stringify(record)).join(', ')
      const { rows } = await listRecords(
        { ...unit, rights: readingDeleted(unit.rights) },
        { object, fields: ['id'], filter: `record.id in [${ids}]`, deleted: true, limit: deletions.length },
      )
      const found = new Set(rows.map(({ id }) => id))
      return deletions.filter(({ record }) => found.has(record))
    }),
  )
  return seen.flat()
}

/** Deleted records are listed to those who may restore them; here, to those who could read them. */
function readingDeleted(rights: EffectiveRights): EffectiveRights {
  return {
    ...rights,
    key: `${rights.key}|deleted`,
    object(name) {
      const granted = rights.object(name)
      return { ...granted, delete: granted.read }
    },
  }
}
