import { invalid, TesseraError } from '../../../../access/errors.ts'
import { handOverWork } from '../../../../processes/index.ts'
import { readingWork, updateRecord, writingWork, type WorkOptions } from '../../../../records/index.ts'
import { endSessions } from '../../../identity/end-sessions.ts'
import type { ServerParts } from '../../../parts.ts'
import { followPeople } from '../../records/follow-people.ts'
import { listPeople } from './list-people.ts'

/**
 * Takes the access of a person away: the row is no longer active, sessions end, and the open work goes to another
 * where one is named.
 * @throws TesseraError conflict for oneself and for the last who may administer, validation for who gets the work
 */
export async function deactivate(
  parts: ServerParts,
  work: WorkOptions,
  { id, handOverTo }: { id: string; handOverTo: string | undefined },
): Promise<{ handed_over: number; kept: number }> {
  if (id === work.principal.userId)
    throw new TesseraError('conflict', 'Nobody deactivates himself; ask another administrator.')
  if (handOverTo !== undefined) await mustTakeWork(parts, work, { id, to: handOverTo })
  await writingWork(work, (unit) => updateRecord(unit, { object: 'user', id, values: { is_active: false } }))
  await followPeople(parts, work, { object: 'user', ids: [id] })
  await endSessions(parts, { tenant: work.tenant, member: id })
  if (handOverTo === undefined) return { handed_over: 0, kept: 0 }
  const results = await handOverWork(work, { from: id, to: handOverTo })
  parts.live.tellWork(work.tenant)
  const done = results.filter(({ ok }) => ok).length
  return { handed_over: done, kept: results.length - done }
}

/** Known before anything is done: who has lost his access must not be left with work that nobody gets. */
async function mustTakeWork(
  { database }: ServerParts,
  work: WorkOptions,
  { id, to }: { id: string; to: string },
): Promise<void> {
  const { items } = await listPeople(database, readingWork(work), { id: to })
  if (to === id || items[0] === undefined || items[0].state === 'deactivated')
    throw invalid([{ field: 'hand_over_to', code: 'person', message: 'is nobody else who is active here' }])
}
