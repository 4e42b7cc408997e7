import { describe, expect, it } from 'vitest'
import {
  addToWorkItem,
  claimWorkItem,
  completeWorkItem,
  removeFromWorkItem,
} from '../../platform/processes/index.ts'
import type { Principal } from '../../platform/access/principal.ts'
import { openDesk } from './desk.ts'

const desk = await openDesk()
const {
  tenant,
  client,
  ann,
  bob,
  cid,
  outsider,
  as,
  approved,
  filed,
  id,
  inbox,
  logOf,
  stateOf,
  work,
  workOf,
} = desk

const add = (by: Principal, item: string, to: Principal, place: 'before' | 'after') =>
  as(by, (unit) => addToWorkItem(unit, { id: item, to: id(to), place }))
const decide = (by: Principal, item: string, outcome = 'approved', values: Record<string, unknown> = {}) =>
  as(by, (unit) => completeWorkItem(unit, { id: item, outcome, values }))
const partOf = async (who: Principal, claim: string) =>
  (await work(who)).find(({ record, place }) => record.id === claim && place !== null)?.id as string
const taken = async () => {
  const found = await filed()
  await as(ann, (unit) => claimWorkItem(unit, found.item))
  return found
}

describe('somebody added before', () => {
  it('acts first; the holder waits, and goes on when all have acted', async () => {
    const { claim, item } = await taken()
    const waiting = await add(ann, item, bob, 'before')
    expect(waiting).toMatchObject({
      status: 'waiting',
      added: [{ place: 'before', person: { name: 'Bob' } }],
    })
    expect(waiting.can).not.toContain('approve')
    await add(ann, item, outsider, 'before')
    await expect(decide(ann, item)).rejects.toMatchObject({ code: 'conflict' })
    await decide(bob, await partOf(bob, claim))
    expect((await workOf(ann, item))?.status).toBe('waiting')
    await decide(outsider, await partOf(outsider, claim))
    expect(await workOf(ann, item)).toMatchObject({
      status: 'claimed',
      can: expect.arrayContaining(['release']),
    })
    expect(await stateOf(claim)).toBe('approving')
    await decide(ann, item, 'approved', { amount: 3 })
    expect(await stateOf(claim)).toBe('checking')
    expect(await logOf(ann, item)).toEqual([
      'claim Ann - Ann',
      'add_before Ann - Bob',
      'add_before Ann - Otto',
      'approve Bob - -',
      'approve Otto - -',
      'go_on Otto - Ann',
      'approve Ann - -',
    ])
    expect(await inbox(bob)).toEqual(['Ann added you to “Approve the claim”.'])
    expect(await inbox(ann)).toEqual([
      'Those who were added before you have acted on “Approve the claim”; it is yours again.',
    ])
  })

  it('ends an approval at once with a rejection', async () => {
    const { claim, item } = await taken()
    await add(ann, item, bob, 'before')
    await add(ann, item, cid, 'before')
    await decide(bob, await partOf(bob, claim), 'rejected')
    expect(await stateOf(claim)).toBe('closed')
    expect(await workOf(ann, item)).toBeUndefined()
    expect(await partOf(cid, claim)).toBeUndefined()
  })
})

describe('somebody added after', () => {
  it('acts when the holder has; the process hears of the result when all have acted', async () => {
    const { claim, item } = await taken()
    const told = (await inbox(bob)).length
    await add(ann, item, bob, 'after')
    await add(ann, item, cid, 'after')
    expect(await partOf(bob, claim)).toBeUndefined()
    expect(await inbox(bob)).toHaveLength(told)
    await decide(ann, item, 'approved', { amount: 7 })
    expect(await stateOf(claim)).toBe('approving')
    expect(await workOf(ann, item)).toBeUndefined()
    expect(await inbox(bob)).toHaveLength(told + 1)
    await decide(bob, await partOf(bob, claim))
    expect(await stateOf(claim)).toBe('approving')
    await decide(cid, await partOf(cid, claim))
    expect(await stateOf(claim)).toBe('checking')
    const [row] = await tenant.sql`select paid from claim where id = ${claim}`
    expect(row?.paid).toBe(7)
  })

  it('moves the process once when the last two act at the same moment', async () => {
    const { claim, item } = await taken()
    await add(ann, item, bob, 'after')
    await add(ann, item, cid, 'after')
    await decide(ann, item, 'approved', { amount: 1 })
    const [bobs, cids] = [await partOf(bob, claim), await partOf(cid, claim)]
    await Promise.all([decide(bob, bobs), decide(cid, cids)])
    expect(await stateOf(claim)).toBe('checking')
    const steps = await tenant.sql`
      select s.event from _step s join _instance i on i.id = s.instance where i.record = ${claim} and s.event = 'approval approved'`
    expect(steps).toHaveLength(1)
  })

  it('is not asked when the holder rejects', async () => {
    const { claim, item } = await taken()
    await add(ann, item, bob, 'after')
    await decide(ann, item, 'rejected')
    expect(await stateOf(claim)).toBe('closed')
    expect(await partOf(bob, claim)).toBeUndefined()
  })
})

describe('removing', () => {
  it('lets the work go on, and ends it where only the removed was left', async () => {
    const { claim, item } = await taken()
    const [before] = (await add(ann, item, bob, 'before')).added
    const remove = (by: Principal, added = '') =>
      as(by, (unit) => removeFromWorkItem(unit, { id: item, added }))
    await expect(remove(cid, before?.id)).rejects.toMatchObject({ code: 'not_found' })
    await remove(ann, before?.id)
    expect((await workOf(ann, item))?.status).toBe('claimed')
    expect(await partOf(bob, claim)).toBeUndefined()
    const [after] = (await add(ann, item, cid, 'after')).added
    await decide(ann, item, 'approved', { amount: 2 })
    await remove(ann, after?.id)
    expect(await stateOf(claim)).toBe('checking')
    await expect(remove(ann, after?.id)).rejects.toMatchObject({ code: 'conflict' })
  })
})

it('is refused for the one who asked, for who has the work, and for whom it would be the second time', async () => {
  const { item } = await taken()
  await add(ann, item, bob, 'after')
  for (const [person, code] of [
    [client, 'requester'],
    [ann, 'same_person'],
    [bob, 'same_person'],
  ] as const)
    await expect(add(ann, item, person, 'after')).rejects.toMatchObject({ faults: [{ field: 'to', code }] })
})

it('is nothing for those who were added themselves', async () => {
  const { claim, item } = await approved()
  await add(ann, item, bob, 'before')
  const part = await partOf(bob, claim)
  await expect(add(bob, part, cid, 'after')).rejects.toMatchObject({ code: 'conflict' })
  await as(bob, (unit) => completeWorkItem(unit, { id: part }))
  expect((await workOf(ann, item))?.can).toContain('complete')
})
