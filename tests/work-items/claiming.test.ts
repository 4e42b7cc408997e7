import { expect, it } from 'vitest'
import {
  claimWorkItem,
  completeWorkItem,
  countWorkItems,
  releaseWorkItem,
  sendEvent,
} from '../../platform/processes/index.ts'
import { openDesk } from './desk.ts'

const desk = await openDesk()
const { tenant, client, ann, bob, cid, outsider, as, filed, logOf, workOf } = desk

it('has one winner among twenty who claim at the same moment', async () => {
  const { item } = await filed()
  const clerks = await Promise.all(
    Array.from({ length: 20 }, (_, at) => tenant.person(`Clerk ${at}`, { roles: ['clerk'] })),
  )
  const outcomes = await Promise.allSettled(
    clerks.map((clerk) => as(clerk, (unit) => claimWorkItem(unit, item))),
  )
  const winners = clerks.filter((_, at) => outcomes[at]?.status === 'fulfilled')
  expect(winners).toHaveLength(1)
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' })
  const winner = winners[0] as (typeof clerks)[number]
  expect(await workOf(winner, item)).toMatchObject({ status: 'claimed', assignee: { id: winner.userId } })
  expect(await logOf(winner, item)).toEqual([`claim ${winner.name} - ${winner.name}`])
})

it('shows an act on the item to those who may do it, and only to them', async () => {
  const { item } = await filed()
  expect((await workOf(ann, item))?.can).toEqual(['claim', 'approve', 'reject', 'attach', 'comment'])
  await as(ann, (unit) => claimWorkItem(unit, item))
  expect((await workOf(ann, item))?.can).toEqual([
    ...['release', 'approve', 'reject', 'delegate', 'transfer', 'add', 'attach', 'comment'],
  ])
  expect(await workOf(bob, item)).toBeUndefined()
  await expect(as(bob, (unit) => releaseWorkItem(unit, item))).rejects.toMatchObject({ code: 'conflict' })
  await expect(as(outsider, (unit) => claimWorkItem(unit, item))).rejects.toMatchObject({ code: 'not_found' })
})

it('goes back to the role when it is released', async () => {
  const { item } = await filed()
  await as(ann, (unit) => claimWorkItem(unit, item))
  await as(ann, (unit) => releaseWorkItem(unit, item))
  await as(bob, (unit) => claimWorkItem(unit, item))
  expect(await logOf(bob, item)).toEqual(['claim Ann - Ann', 'release Ann Ann -', 'claim Bob - Bob'])
})

it('does not offer an approval to the one who asked for it, nor count it', async () => {
  const asker = await tenant.person('Clara', { roles: ['clerk', 'client'] })
  const before = await tenant.read(cid, (unit) => countWorkItems(unit))
  const own = await tenant.read(asker, (unit) => countWorkItems(unit))
  const { item } = await filed(ann, asker)
  expect(await tenant.read(cid, (unit) => countWorkItems(unit))).toBe(before + 1)
  expect(await tenant.read(asker, (unit) => countWorkItems(unit))).toBe(own)
  expect(await workOf(asker, item)).toBeUndefined()
  await expect(
    as(asker, (unit) => completeWorkItem(unit, { id: item, outcome: 'approved' })),
  ).rejects.toMatchObject({ code: 'not_found' })
})

it('is closed and logged when the process leaves the state', async () => {
  const { claim, item } = await filed()
  await as(client, (unit) => sendEvent(unit, { object: 'claim', id: claim, event: 'withdraw', values: {} }))
  expect(await logOf(ann, item)).toEqual(['close Cleo - -'])
  await expect(as(ann, (unit) => claimWorkItem(unit, item))).rejects.toMatchObject({ code: 'conflict' })
})
