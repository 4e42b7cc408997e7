import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { logAct } from './change.ts'
import { itemFor } from './find.ts'
import { tellPeople } from './tell.ts'

const pauseMs = 60 * 60 * 1_000

/**
 * Reminds who has the work, or all who may take it: at most once an hour by the same person.
 * @throws TesseraError not_found, conflict, rate_limited with the time of the next possible one
 */
export async function urgeWorkItem(
  unit: UnitOfWork,
  { id, comment }: { id: string; comment?: string | undefined },
): Promise<void> {
  const item = await itemFor(unit, id, 'urge')
  // Two urges of one person at the same moment come one after the other.
  await unit.sql.unsafe('select 1 from _work_item where id = $1::uuid for no key update', [id], {
    prepare: true,
  })
  const [last] = (await unit.sql.unsafe(
    `select at from _work_event where item = $1::uuid and act = 'urge' and by = $2::uuid order by id desc limit 1`,
    [id, unit.principal.userId ?? null],
    { prepare: true },
  )) as unknown as { at: string }[]
  const next = last === undefined ? 0 : new Date(last.at).getTime() + pauseMs
  const wait = next - unit.moment.now.getTime()
  if (wait > 0)
    throw new TesseraError(
      'rate_limited',
      `You have urged this work already; again from ${new Date(next).toISOString()}.`,
      { members: { retryAfterSeconds: wait / 1_000 } },
    )
  await logAct(unit, item, { act: 'urge', to: item.assignee, comment })
  await tellPeople(unit, {
    text: 'urge',
    people: [item.assignee],
    roles: item.assignee === null ? item.candidate_roles : [],
    item,
  })
}
