import { v7 as uuidv7 } from 'uuid'
import { invalid } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import { changeItem } from './change.ts'
import { goOnAfterAdded } from './complete.ts'
import { itemFor, readItem } from './find.ts'
import { lockWork } from './lock.ts'
import { mustBeAbleToDo } from './person.ts'
import { tellPeople } from './tell.ts'
import type { GivingWork } from './transfer.ts'
import { presentItem, type WorkItem, type WorkPlace } from './work-item.ts'

/**
 * Adds a person who acts before the holder, who waits meanwhile, or after him; the process hears of the result when all
 * have acted.
 * @throws TesseraError not_found, conflict, validation at `to` for a person who may not take part
 */
export async function addToWorkItem(
  unit: UnitOfWork,
  { id, to, place, comment }: GivingWork & { place: WorkPlace },
): Promise<WorkItem> {
  await lockWork(unit, await itemFor(unit, id, 'add'))
  const item = await itemFor(unit, id, 'add')
  await mustBeAbleToDo(unit, { item, to, needsRole: false })
  if ((item.added ?? []).some(({ person, status }) => person.id === to && status !== 'done'))
    throw invalid([{ field: 'to', code: 'same_person', message: 'was added already' }])
  const isBefore = place === 'before'
  await changeItem(unit, {
    item,
    set: isBefore ? { status: 'waiting' } : {},
    event: { act: `add_${place}`, to, comment },
  })
  await unit.sql.unsafe(
    `insert into _work_item (id, kind, instance, invocation, token, object, record, title, assignee, due_at, priority, form, status, created_at, parent, place, added_by)
     select $1::uuid, kind, instance, invocation, $1::uuid, object, record, title, $3::uuid, due_at, priority, form, $4::text, $5::timestamptz, id, $6::text, $7::uuid
     from _work_item where id = $2::uuid`,
    [
      uuidv7(),
      id,
      to,
      isBefore ? 'open' : 'waiting',
      unit.moment.now.toISOString(),
      place,
      unit.principal.userId ?? null,
    ],
    { prepare: true },
  )
  // Who comes after is told when it is his turn.
  if (isBefore) await tellPeople(unit, { text: 'add', people: [to], item })
  return presentItem(unit, await readItem(unit, id))
}

/**
 * Takes back a person who was added and has not acted; the work goes on where it waited for that person alone.
 * @param added the part that was added
 * @throws TesseraError not_found, conflict, validation at `added`
 */
export async function removeFromWorkItem(
  unit: UnitOfWork,
  { id, added, comment }: { id: string; added: string; comment?: string | undefined },
  ports: ProcessPorts = {},
): Promise<WorkItem> {
  const locked = await lockWork(unit, await itemFor(unit, id, 'remove'))
  const item = await itemFor(unit, id, 'remove')
  const part = (item.added ?? []).find((each) => each.id === added)
  if (part === undefined || part.status === 'done')
    throw invalid([
      { field: 'added', code: 'not_added', message: 'is no part of this work that is left to do' },
    ])
  await unit.sql.unsafe(
    `update _work_item set status = 'cancelled', completed_at = $2::timestamptz, version = version + 1 where id = $1::uuid`,
    [part.id, unit.moment.now.toISOString()],
  )
  await changeItem(unit, { item, set: {}, event: { act: 'remove', from: part.person.id, comment } })
  await goOnAfterAdded(unit, { parent: await readItem(unit, id), locked, ports })
  return presentItem(unit, await readItem(unit, id))
}
