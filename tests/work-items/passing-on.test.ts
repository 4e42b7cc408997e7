import { describe, expect, it } from 'vitest'
import {
  answerWorkItem,
  claimWorkItem,
  commentWorkItem,
  completeWorkItem,
  delegateWorkItem,
  listWorkLog,
  recallWorkItem,
  transferWorkItem,
} from '../../platform/processes/index.ts'
import { openDesk } from './desk.ts'

const desk = await openDesk()
const {
  tenant,
  client,
  ann,
  bob,
  cid,
  outsider,
  admin,
  as,
  approved,
  filed,
  id,
  inbox,
  logOf,
  stateOf,
  workOf,
} = desk

describe('a transfer', () => {
  it('gives the work away for good, and says who did', async () => {
    const { claim, item } = await approved()
    const after = await as(ann, (unit) => transferWorkItem(unit, { id: item, to: id(bob), comment: 'Yours' }))
    expect(after).toMatchObject({ assignee: { id: id(bob), name: 'Bob' }, can: ['comment'] })
    expect(await workOf(ann, item)).toBeUndefined()
    await expect(as(ann, (unit) => completeWorkItem(unit, { id: item }))).rejects.toMatchObject({
      code: 'not_found',
    })
    await as(bob, (unit) => completeWorkItem(unit, { id: item }))
    expect(await stateOf(claim)).toBe('closed')
    expect(await logOf(bob, item)).toEqual(['transfer Ann Ann Bob', 'complete Bob - -'])
    expect(await inbox(bob)).toEqual(['Ann passed “Check the claim” on to you.'])
    expect(await inbox(ann)).toEqual([])
  })

  it.each([
    ['to somebody without the role', () => outsider.userId, 'role'],
    ['to the one who asked', () => client.userId, 'requester'],
    ['to the one who has it', () => ann.userId, 'same_person'],
    ['to nobody', () => '018f0000-0000-7000-8000-000000000000', 'person'],
  ])('of an approval is refused %s', async (_, to, code) => {
    const { item } = await filed()
    await as(ann, (unit) => claimWorkItem(unit, item))
    await expect(
      as(ann, (unit) => transferWorkItem(unit, { id: item, to: String(to()) })),
    ).rejects.toMatchObject({ code: 'validation', faults: [{ field: 'to', code }] })
  })

  it('is for who has the work, for administrators and for those above in the line', async () => {
    const { item } = await approved()
    const chief = await tenant.person('Chief')
    const middle = await tenant.person('Middle')
    await expect(
      as(chief, (unit) => transferWorkItem(unit, { id: item, to: id(bob) })),
    ).rejects.toMatchObject({ code: 'not_found' })
    await desk.set(middle, { manager: id(chief) })
    await desk.set(ann, { manager: id(middle) })
    await as(chief, (unit) => transferWorkItem(unit, { id: item, to: id(bob) }))
    await as(admin, (unit) => transferWorkItem(unit, { id: item, to: id(cid) }))
    expect(await logOf(cid, item)).toEqual(['transfer Chief Ann Bob', 'transfer Ada Bob Cid'])
  })
})

describe('delegated work', () => {
  it('comes back with the answer and is completed by its owner', async () => {
    const { claim, item } = await filed()
    await as(ann, (unit) => claimWorkItem(unit, item))
    await as(ann, (unit) => delegateWorkItem(unit, { id: item, to: id(outsider), comment: 'Is this true?' }))
    expect(await workOf(outsider, item)).toMatchObject({
      delegated_by: { name: 'Ann' },
      can: ['answer', 'attach', 'comment'],
      record: { title: null },
    })
    expect(await workOf(ann, item)).toMatchObject({ can: ['recall', 'urge', 'comment'] })
    await expect(
      as(outsider, (unit) => completeWorkItem(unit, { id: item, outcome: 'approved' })),
    ).rejects.toMatchObject({ code: 'conflict' })
    await as(outsider, (unit) => answerWorkItem(unit, { id: item, comment: 'It is.' }))
    expect(await workOf(outsider, item)).toBeUndefined()
    await as(ann, (unit) => completeWorkItem(unit, { id: item, outcome: 'approved', values: { amount: 1 } }))
    expect(await stateOf(claim)).toBe('checking')
    expect(await logOf(ann, item)).toEqual([
      'claim Ann - Ann',
      'delegate Ann Ann Otto',
      'answer Otto Otto Ann',
      'approve Ann - -',
    ])
    expect(await inbox(outsider)).toEqual(['Ann asks for your answer on “Approve the claim”.'])
    expect(await inbox(ann)).toEqual(['Otto answered on “Approve the claim”; it is yours again.'])
  })

  it('can be taken back before the answer', async () => {
    const { item } = await approved()
    await as(ann, (unit) => delegateWorkItem(unit, { id: item, to: id(bob) }))
    await expect(as(cid, (unit) => recallWorkItem(unit, item))).rejects.toMatchObject({ code: 'not_found' })
    await as(ann, (unit) => recallWorkItem(unit, item))
    await expect(
      as(bob, (unit) => answerWorkItem(unit, { id: item, comment: 'Late' })),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect((await workOf(ann, item))?.can).toContain('complete')
  })
})

describe('a comment', () => {
  it('stands in the log, for all who may see the work and for nobody else', async () => {
    const { item } = await filed()
    await as(client, (unit) => commentWorkItem(unit, { id: item, comment: 'Please hurry' }))
    const [entry] = await tenant.read(ann, (unit) => listWorkLog(unit, item))
    expect(entry).toMatchObject({ act: 'comment', comment: 'Please hurry', by: { name: 'Cleo' } })
    const refused = { code: 'not_found' }
    await expect(
      as(outsider, (unit) => commentWorkItem(unit, { id: item, comment: 'x' })),
    ).rejects.toMatchObject(refused)
    await expect(tenant.read(outsider, (unit) => listWorkLog(unit, item))).rejects.toMatchObject(refused)
  })

  it('is refused on what is done', async () => {
    const { item } = await filed()
    await as(ann, (unit) => completeWorkItem(unit, { id: item, outcome: 'rejected' }))
    await expect(as(ann, (unit) => commentWorkItem(unit, { id: item, comment: 'x' }))).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

it('never changes what the log says', async () => {
  await expect(tenant.sql`update _work_event set comment = 'x'`).rejects.toMatchObject({ code: '42501' })
  await expect(tenant.sql`delete from _work_event`).rejects.toMatchObject({ code: '42501' })
})
