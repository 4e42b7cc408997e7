import { describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import {
  addToWorkItem,
  claimWorkItem,
  completeAlone,
  completeWorkItem,
  createAbsence,
  listWorkItems,
} from '../../platform/processes/index.ts'
import { openDesk } from './desk.ts'

const desk = await openDesk()
const { tenant, ann, bob, cid, as, approved, filed, id, logOf, stateOf, work } = desk

const approving = { outcome: 'approved', values: { amount: 7 } }
const doneBy = async (who: Principal, item: string) =>
  (await tenant.read(who, (unit) => listWorkItems(unit, { status: 'done' }))).find((each) => each.id === item)

it('has one winner among ten who decide at the same moment, and tells the others that it is done', async () => {
  const { claim, item } = await filed()
  const clerks = await Promise.all(
    Array.from({ length: 10 }, (_, at) => tenant.person(`Decider ${at}`, { roles: ['clerk'] })),
  )
  const outcomes = await Promise.allSettled(
    clerks.map((clerk, at) =>
      completeAlone(tenant.work(clerk), { id: item, outcome: at % 2 === 0 ? 'approved' : 'rejected' }),
    ),
  )
  const winner = clerks.find((_, at) => outcomes[at]?.status === 'fulfilled') as Principal
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(9)
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: 'conflict', message: 'This work has been done already.' })
  const outcome = (await doneBy(winner, item))?.outcome
  expect(await stateOf(claim)).toBe(outcome === 'approved' ? 'checking' : 'closed')
  expect(await logOf(winner, item)).toEqual([
    `${outcome === 'approved' ? 'approve' : 'reject'} ${winner.name} - -`,
  ])
})

describe('the answer is the item as it is read afterwards', () => {
  it('of work that nobody had', async () => {
    const { item } = await filed()
    const answer = await completeAlone(tenant.work(bob), { id: item, ...approving })
    expect(answer).toMatchObject({ status: 'done', assignee: { name: 'Bob' }, can: [] })
    expect(answer).toEqual(await doneBy(bob, item))
  })

  it('of work that somebody had', async () => {
    const { item } = await filed()
    await as(bob, (unit) => claimWorkItem(unit, item))
    const answer = await completeAlone(tenant.work(bob), { id: item, ...approving })
    expect(answer).toEqual(await doneBy(bob, item))
  })

  it('of work to which others were added', async () => {
    const { claim, item } = await filed()
    await as(bob, (unit) => claimWorkItem(unit, item))
    await as(bob, (unit) => addToWorkItem(unit, { id: item, to: id(cid), place: 'before' }))
    await as(bob, (unit) => addToWorkItem(unit, { id: item, to: id(ann), place: 'after' }))
    const part = (await work(cid)).find(({ record, place }) => record.id === claim && place !== null)
    await completeAlone(tenant.work(cid), { id: String(part?.id), outcome: 'approved' })
    const answer = await completeAlone(tenant.work(bob), { id: item, outcome: 'rejected' })
    expect(answer).toMatchObject({ outcome: 'rejected', added: [{ status: 'done' }] })
    expect(answer).toEqual(await doneBy(bob, item))
  })

  it('of the work of somebody for whom one stands in', async () => {
    const { item } = await approved(ann)
    await as(ann, (unit) =>
      createAbsence(unit, {
        ...{ person: id(ann), substitute: id(bob) },
        ...{ startsAt: new Date(Date.UTC(2026, 10, 1)), endsAt: new Date(Date.UTC(2026, 10, 30)) },
      }),
    )
    const answer = await completeAlone(tenant.work(bob), { id: item })
    expect(answer).toMatchObject({ assignee: { name: 'Ann' }, is_substitute: true })
    expect(answer).toEqual(await doneBy(bob, item))
  })
})

it('changes nothing where what was filled in is refused', async () => {
  const { claim, item } = await filed()
  const values = { amount: 'much' }
  await expect(
    completeAlone(tenant.work(bob), { id: item, outcome: 'approved', values }),
  ).rejects.toMatchObject({ code: 'validation', faults: [{ field: 'amount' }] })
  expect(await stateOf(claim)).toBe('approving')
  expect(await logOf(bob, item)).toEqual([])
  await as(bob, (unit) => completeWorkItem(unit, { id: item, ...approving }))
  expect(await stateOf(claim)).toBe('checking')
})
