import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { mustFit } from '../queues/fit.ts'
import { letWaitAgain } from '../queues/wait.ts'
import { changeItem } from './change.ts'
import { itemFor, readItem, taken } from './find.ts'
import { presentItem, type WorkItem } from './work-item.ts'

/**
 * Takes open work for oneself; of several who try at once one wins.
 * @throws TesseraError not_found, conflict for all but the winner
 */
export async function claimWorkItem(unit: UnitOfWork, id: string): Promise<WorkItem> {
  const item = await itemFor(unit, id, 'claim')
  const me = unit.principal.userId as string
  if (item.queue !== null) await mustFit(unit, { ...item, queue: item.queue })
  await changeItem(unit, {
    item,
    set: { status: 'claimed', assignee: me, claimed_at: unit.moment.now.toISOString() },
    event: { act: 'claim', to: me },
    lost: () => taken({ status: 'claimed' }),
  })
  return presentItem(unit, await readItem(unit, id))
}

/**
 * Gives claimed work back to those who may take it.
 * @throws TesseraError not_found, conflict where it was not claimed from a role
 */
export async function releaseWorkItem(unit: UnitOfWork, id: string): Promise<WorkItem> {
  const item = await itemFor(unit, id, 'release')
  await changeItem(unit, {
    item,
    set: { status: 'open', assignee: null, claimed_at: null },
    event: { act: 'release', from: item.assignee },
  })
  if (item.queue !== null) await letWaitAgain(unit, { id, queue: item.queue })
  return presentItem(unit, await readItem(unit, id))
}
