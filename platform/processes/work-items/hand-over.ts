import { invalid, TesseraError } from '../../access/errors.ts'
import { isRecordId } from '../../records/read/get.ts'
import { readingWork, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import { eachAlone, type WorkResult } from './bulk.ts'
import { changeItem } from './change.ts'
import { readItem } from './find.ts'
import { mustBeAbleToDo, rolesOfActive } from './person.ts'
import { isAdministrator, isBarred } from './rights.ts'
import { tellPeople } from './tell.ts'

/**
 * Moves all open work of a person, and what he has delegated, to another: each item for itself, since the other may not
 * be the one for each. For administrators, when somebody leaves.
 * @throws TesseraError forbidden, validation for people who are not there
 */
export async function handOverWork(
  work: WorkOptions,
  { from, to, comment }: { from: string; to: string; comment?: string | undefined },
): Promise<readonly WorkResult[]> {
  const reading = readingWork(work)
  if (!isAdministrator(reading))
    throw new TesseraError('forbidden', 'None of your roles has the feature "administer".')
  if (!isRecordId(from)) throw invalid([{ field: 'from', code: 'person', message: 'is nobody here' }])
  if (from === to || (await rolesOfActive(reading, to)) === undefined)
    throw invalid([{ field: 'to', code: 'person', message: 'is nobody else who is active here' }])
  const items = (await reading.sql.unsafe(
    `select id from _work_item where completed_at is null and $1::uuid in (assignee, delegated_by) order by id`,
    [from],
  )) as unknown as { id: string }[]
  const results = await eachAlone(
    work,
    items.map(({ id }) => id),
    (unit, id) => handOver(unit, { id, from, to, comment }),
  )
  const count = results.filter(({ ok }) => ok).length
  if (count > 0)
    await writingWork(work, (unit) => tellPeople(unit, { text: 'hand_over', people: [to], count }))
  return results
}

async function handOver(
  unit: UnitOfWork,
  { id, from, to, comment }: { id: string; from: string; to: string; comment: string | undefined },
): Promise<void> {
  const item = await readItem(unit, id)
  const isHolder = item.assignee === from
  if (isHolder)
    await mustBeAbleToDo(unit, { item, to, needsRole: item.parent === null && item.delegated_by === null })
  else if (isBarred(item, to))
    throw invalid([{ field: 'to', code: 'requester', message: 'asked for this approval himself' }])
  const assignee = isHolder ? to : item.assignee
  const delegator = item.delegated_by === from ? to : item.delegated_by
  await changeItem(unit, {
    item,
    // Who would delegate to himself has the work.
    set: { assignee, delegated_by: delegator === assignee ? null : delegator },
    event: { act: 'hand_over', from, to, comment },
  })
}
