import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { changeItem } from './change.ts'
import { itemFor, readItem } from './find.ts'
import { mustBeAbleToDo } from './person.ts'
import { isPooled } from './rights.ts'
import { tellPeople } from './tell.ts'
import { presentItem, type WorkItem } from './work-item.ts'

export interface GivingWork {
  readonly id: string
  /** The person who gets it. */
  readonly to: string
  readonly comment?: string | undefined
}

/**
 * Gives work to another person for good: by who has it, by those above in the reporting line, or by an administrator.
 * @throws TesseraError not_found, conflict, validation at `to` for a person who may not do it
 */
export async function transferWorkItem(unit: UnitOfWork, { id, to, comment }: GivingWork): Promise<WorkItem> {
  const item = await itemFor(unit, id, 'transfer')
  await mustBeAbleToDo(unit, { item, to, needsRole: item.parent === null })
  await changeItem(unit, {
    item,
    set: {
      assignee: to,
      ...(isPooled(item) ? { status: 'claimed', claimed_at: unit.moment.now.toISOString() } : {}),
    },
    event: { act: 'transfer', from: item.assignee, to, comment },
  })
  await tellPeople(unit, { text: 'transfer', people: [to], item })
  return presentItem(unit, await readItem(unit, id))
}

/**
 * Asks another person for an answer; the work comes back with it, and is completed by the one who gave it.
 * @throws TesseraError not_found, conflict, validation at `to`
 */
export async function delegateWorkItem(unit: UnitOfWork, { id, to, comment }: GivingWork): Promise<WorkItem> {
  const item = await itemFor(unit, id, 'delegate')
  await mustBeAbleToDo(unit, { item, to, needsRole: false })
  await changeItem(unit, {
    item,
    set: { assignee: to, delegated_by: item.assignee },
    event: { act: 'delegate', from: item.assignee, to, comment },
  })
  await tellPeople(unit, { text: 'delegate', people: [to], item })
  return presentItem(unit, await readItem(unit, id))
}

/** The delegate's answer, with which the work goes back. */
export async function answerWorkItem(
  unit: UnitOfWork,
  { id, comment }: { id: string; comment: string },
): Promise<WorkItem> {
  const item = await itemFor(unit, id, 'answer')
  const owner = item.delegated_by
  await changeItem(unit, {
    item,
    set: { assignee: owner, delegated_by: null },
    event: { act: 'answer', from: item.assignee, to: owner, comment },
  })
  await tellPeople(unit, { text: 'answer', people: [owner], item })
  return presentItem(unit, await readItem(unit, id))
}

/** The owner takes delegated work back without an answer. */
export async function recallWorkItem(unit: UnitOfWork, id: string): Promise<WorkItem> {
  const item = await itemFor(unit, id, 'recall')
  await changeItem(unit, {
    item,
    set: { assignee: item.delegated_by, delegated_by: null },
    event: { act: 'recall', from: item.assignee, to: item.delegated_by },
  })
  return presentItem(unit, await readItem(unit, id))
}
