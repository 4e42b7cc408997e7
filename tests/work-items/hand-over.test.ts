import { expect, it } from 'vitest'
import {
  claimWorkItem,
  delegateWorkItem,
  handOverWork,
  listWorkItems,
} from '../../platform/processes/index.ts'
import { openDesk } from './desk.ts'

const desk = await openDesk()
const { tenant, ann, bob, cid, admin, as, approved, filed, id, inbox, logOf, workOf } = desk

it('finds the work of those who left, and moves all of it to another person', async () => {
  const checks = [await approved(ann), await approved(ann)]
  const pooled = await filed(bob)
  await as(ann, (unit) => claimWorkItem(unit, pooled.item))
  const given = await approved(ann)
  await as(ann, (unit) => delegateWorkItem(unit, { id: given.item, to: id(cid) }))
  const orphaned = () => tenant.read(admin, (unit) => listWorkItems(unit, { heldBy: 'inactive' }))
  expect(await orphaned()).toEqual([])
  await desk.set(ann, { is_active: false })
  expect((await orphaned()).map((item) => item.id).toSorted()).toEqual(
    [...checks.map(({ item }) => item), pooled.item].toSorted(),
  )
  const theirs = await tenant.read(admin, (unit) => listWorkItems(unit, { heldBy: { person: id(ann) } }))
  expect(theirs).toHaveLength(4)

  const results = await handOverWork(tenant.work(admin), { from: id(ann), to: id(bob), comment: 'Left' })
  expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true])
  expect(await orphaned()).toEqual([])
  for (const { item } of [...checks, pooled])
    expect(await workOf(bob, item)).toMatchObject({ assignee: { name: 'Bob' } })
  expect(await workOf(bob, given.item)).toMatchObject({ delegated_by: { name: 'Bob' } })
  expect(await logOf(bob, pooled.item)).toEqual(['claim Ann - Ann', 'hand_over Ada Ann Bob'])
  expect(await inbox(bob)).toEqual(['Ada handed 4 pieces of work over to you.'])
})

it('answers each item that the other person may not do with the reason, and moves the rest', async () => {
  const dan = await tenant.person('Dan', { roles: ['clerk'] })
  const outsider = await tenant.person('Otto')
  const { item } = await filed(bob)
  await as(dan, (unit) => claimWorkItem(unit, item))
  const check = await approved(dan)
  const results = await handOverWork(tenant.work(admin), { from: id(dan), to: id(outsider) })
  expect(results).toMatchObject([
    { id: item, ok: false, error: { faults: [{ code: 'role' }] } },
    { id: check.item, ok: true },
  ])
  expect(await workOf(dan, item)).toBeDefined()
})

it('is for administrators', async () => {
  await expect(handOverWork(tenant.work(bob), { from: id(cid), to: id(bob) })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(
    tenant.read(bob, (unit) => listWorkItems(unit, { heldBy: { person: id(cid) } })),
  ).rejects.toMatchObject({ code: 'forbidden' })
})
