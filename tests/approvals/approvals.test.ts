import { describe, expect, it } from 'vitest'
import {
  addToWorkItem,
  answerWorkItem,
  completeWorkItem,
  createAbsence,
  delegateWorkItem,
  fireTimer,
  removeFromWorkItem,
  returnWorkItem,
  sendEvent,
  transferWorkItem,
  urgeWorkItem,
  withdrawApproval,
} from '../../platform/processes/index.ts'
import { openOffice } from './office.ts'

const office = await openOffice()
const { tenant, dora, mona, rita, ann, bob, cid, fay, admin, as, id } = office
const { asked, back, draft, inbox, moveTo, resultOf, seen, set, stateOf, submit, vote, waiting, workOf } =
  office

describe('a level is decided', () => {
  it('by all, and by the first rejection; the others are told', async () => {
    const one = await asked('all')
    expect(await waiting(one)).toBe('Ann,Bob,Cid')
    await vote(ann, one)
    await vote(bob, one)
    expect(await stateOf(one)).toBe('deciding')
    await vote(cid, one, 'approved', { comment: 'Fine' })
    expect([await stateOf(one), await resultOf(one)]).toEqual(['approved', 'approved at one: Fine'])
    const two = await asked('all')
    await vote(bob, two, 'rejected', { comment: 'No' })
    expect([await stateOf(two), await waiting(two)]).toEqual(['rejected', ''])
    expect(await inbox(ann, two)).toEqual([
      '“The request” waits for your decision.',
      '“The request” is decided; nothing is left for you to do.',
    ])
  })

  it('by any one who approves; it takes all to reject', async () => {
    const one = await asked('any')
    await vote(ann, one, 'rejected')
    await vote(bob, one)
    expect([await stateOf(one), await waiting(one)]).toEqual(['approved', ''])
    const two = await asked('any')
    for (const who of [ann, bob]) await vote(who, two, 'rejected')
    expect(await stateOf(two)).toBe('deciding')
    await vote(cid, two, 'rejected')
    expect(await stateOf(two)).toBe('rejected')
  })

  it('by the first who speaks', async () => {
    const one = await asked('first')
    await vote(cid, one, 'rejected')
    expect(await stateOf(one)).toBe('rejected')
  })

  it('by a share, as soon as it is certain', async () => {
    const one = await asked('share')
    await vote(ann, one)
    await vote(bob, one)
    expect([await stateOf(one), await waiting(one)]).toEqual(['approved', ''])
    const two = await asked('share')
    await vote(ann, two, 'rejected')
    expect(await stateOf(two)).toBe('deciding')
    await vote(bob, two, 'rejected')
    expect(await stateOf(two)).toBe('rejected')
  })

  it('by weight', async () => {
    const one = await asked('weight', { reviewer: id(dora) })
    await vote(dora, one)
    await vote(ann, one)
    expect(await stateOf(one)).toBe('approved')
    const two = await asked('weight', { reviewer: id(dora) })
    await vote(dora, two, 'rejected')
    expect(await stateOf(two)).toBe('deciding')
    await vote(ann, two, 'rejected')
    expect(await stateOf(two)).toBe('rejected')
  })

  it('in turn, one after the other', async () => {
    const one = await asked('in_turn')
    const order = []
    for (const who of [ann, bob, cid]) {
      order.push(await waiting(one))
      await vote(who, one)
    }
    expect([order, await stateOf(one)]).toEqual([['Ann', 'Bob', 'Cid'], 'approved'])
  })
})

describe('levels', () => {
  it('come one after the other, and the process hears of all votes and of the form', async () => {
    const one = await asked('form', { reviewer: id(dora) })
    await vote(ann, one, 'approved', { values: { limit: 5 } })
    for (const who of [bob, cid]) await vote(who, one)
    expect(await waiting(one)).toBe('Dora')
    await vote(dora, one, 'approved', { comment: 'Go' })
    expect([await resultOf(one), await office.field(one, 'limit')]).toEqual(['approved at two: Go', 5])
    const [step] = await tenant.sql`select s.payload from _step s join _instance i on i.id = s.instance
      where i.record = ${one.id} and s.event = 'approval approved'`
    expect(step?.payload).toMatchObject({
      outcome: 'approved',
      by: id(dora),
      levels: [
        { name: 'one', outcome: 'approved', votes: [{ by: id(ann) }, { by: id(bob) }, { by: id(cid) }] },
        { name: 'two', outcome: 'approved', votes: [{ by: id(dora), comment: 'Go' }] },
      ],
    })
  })

  it('are left out where their condition does not hold', async () => {
    expect(await waiting(await asked('when', { amount: 101, reviewer: id(dora) }))).toBe('Ann,Bob,Cid')
    expect(await waiting(await asked('when', { amount: 100, reviewer: id(dora) }))).toBe('Dora')
  })
})

describe('approvers are found', () => {
  it('by team and role', async () => {
    const team = await as(admin, async (unit) => {
      const { createRecord } = await import('../../platform/records/index.ts')
      return createRecord(unit, { object: 'team', values: { name: 'East' } })
    })
    for (const who of [ann, dora]) await set(who, { team: team.id })
    expect(await waiting(await asked('team', { reviewer: id(dora) }))).toBe('Ann')
  })

  it('up the reporting line: the second superior, or the chain, the nearest first', async () => {
    expect(await waiting(await asked('superior'))).toBe('Dora')
    const one = await asked('chain', { reviewer: id(ann) })
    expect(await waiting(one)).toBe('Mona')
    await vote(mona, one)
    expect(await waiting(one)).toBe('Dora')
    await vote(dora, one)
    expect(await stateOf(one)).toBe('approved')
  })

  it('by the choice of the requester', async () => {
    const one = await asked('chosen', {}, { approvers: [id(fay), id(cid)] })
    expect(await waiting(one)).toBe('Cid,Fay')
    await expect(asked('chosen')).rejects.toMatchObject({ code: 'event_refused' })
  })
})

describe('where nobody is found', () => {
  it('the level is approved, rejected, refused, or others are asked', async () => {
    expect(await stateOf(await asked('nobody_approve'))).toBe('approved')
    const no = await asked('nobody_reject')
    expect([await stateOf(no), await resultOf(no)]).toEqual(['rejected', 'rejected at one'])
    const refused = await draft('nobody_refuse')
    await expect(submit(refused)).rejects.toMatchObject({
      code: 'event_refused',
      message: 'Nobody is found who could decide “One” of “The request”.',
      members: { reason: 'no_approver', level: 'one' },
    })
    expect(await stateOf(refused)).toBe('draft')
    expect(await waiting(await asked('nobody_ask', { other: id(fay) }))).toBe('Fay')
    await expect(asked('nobody_ask')).rejects.toMatchObject({ code: 'event_refused' })
  })

  it('counts people who have left as nobody', async () => {
    await set(fay, { is_active: false })
    await expect(asked('nobody_refuse', { reviewer: id(fay) })).rejects.toMatchObject({
      code: 'event_refused',
    })
    await set(fay, { is_active: true })
  })
})

describe('the requester as an approver', () => {
  it('is left out, asked, or asked for by his manager, or the step is refused', async () => {
    const both = { reviewer: id(rita), other: id(fay) }
    expect(await waiting(await asked('requester_left_out', both))).toBe('Fay')
    await expect(asked('requester_left_out', { reviewer: id(rita) })).rejects.toMatchObject({
      members: { reason: 'no_approver' },
    })
    expect(await waiting(await asked('requester_manager', both))).toBe('Mona')
    const may = await asked('requester_may', both)
    await vote(rita, may)
    expect(await stateOf(may)).toBe('approved')
    await expect(asked('requester_refuse', both)).rejects.toMatchObject({ members: { reason: 'requester' } })
  })

  it('is whom the declaration names', async () => {
    expect(await waiting(await asked('requested_by', { reviewer: id(mona) }))).toBe('Dora')
  })
})

describe('somebody who comes twice', () => {
  const both = { reviewer: id(ann), other: id(bob) }

  it('is asked once: his word counts for the later levels', async () => {
    const one = await asked('ask_once', both)
    await vote(ann, one)
    expect(await waiting(one)).toBe('Bob')
    await vote(bob, one)
    expect(await stateOf(one)).toBe('approved')
  })

  it('is asked at the last level', async () => {
    const one = await asked('ask_last', both)
    expect(await waiting(one)).toBe('Bob')
    await vote(bob, one)
    expect(await waiting(one)).toBe('Ann')
  })

  it('is asked every time', async () => {
    const one = await asked('ask_every_time', both)
    await vote(ann, one)
    expect([await waiting(one), await stateOf(one)]).toEqual(['Ann', 'deciding'])
  })
})

describe('returning', () => {
  const both = { reviewer: id(dora), other: id(mona) }
  const until = async (kind: 'acts' | 'jumping', level: 'two' | 'three') => {
    const request = await asked(kind, both)
    await vote(ann, request)
    if (level === 'three') await vote(dora, request)
    return request
  }

  it('to an earlier level asks it and those after it anew', async () => {
    const one = await until('acts', 'three')
    expect((await workOf(mona, one))?.can).toContain('return')
    await back(mona, one, 'one')
    expect(await waiting(one)).toBe('Ann,Bob,Cid')
    await vote(bob, one)
    expect(await waiting(one)).toBe('Dora')
    await expect(back(dora, one, 'three')).rejects.toMatchObject({
      code: 'validation',
      faults: [{ field: 'to' }],
    })
  })

  it('jumps back to who returned it', async () => {
    const one = await until('jumping', 'three')
    await back(mona, one, 'one')
    await vote(cid, one)
    expect(await waiting(one)).toBe('Mona')
    await vote(mona, one)
    expect(await stateOf(one)).toBe('approved')
  })

  it('to the requester ends it; it begins anew, or where it was returned', async () => {
    const fresh = await until('acts', 'two')
    await back(dora, fresh)
    expect([await stateOf(fresh), await resultOf(fresh)]).toEqual(['draft', 'returned at two: Look again'])
    expect(await inbox(rita, fresh)).toContain('Dora returned “The request”.')
    await submit(fresh)
    expect(await waiting(fresh)).toBe('Ann,Bob,Cid')
    const jumping = await until('jumping', 'two')
    await back(dora, jumping)
    await submit(jumping)
    expect(await waiting(jumping)).toBe('Dora')
    await vote(dora, jumping)
    expect(await waiting(jumping)).toBe('Mona')
  })

  it('is for those alone who are asked, where it is declared', async () => {
    const one = await asked('all')
    const item = (await workOf(ann, one))?.id as string
    await expect(as(ann, (unit) => returnWorkItem(unit, { id: item, comment: 'No' }))).rejects.toMatchObject({
      code: 'conflict',
    })
    const two = await until('acts', 'two')
    const other = (await workOf(dora, two))?.id as string
    await expect(as(ann, (unit) => returnWorkItem(unit, { id: other, comment: 'No' }))).rejects.toMatchObject(
      { code: 'not_found' },
    )
  })
})

describe('withdrawing', () => {
  const both = { reviewer: id(dora), other: id(mona) }

  it('is for the requester, before anybody has acted or at any time', async () => {
    const one = await asked('acts', both)
    await expect(office.withdraw(ann, one)).rejects.toMatchObject({ code: 'not_found' })
    expect((await seen(one, rita))[0]?.can).toEqual(['withdraw'])
    await office.withdraw(rita, one)
    expect([await stateOf(one), await waiting(one)]).toEqual(['draft', ''])
    expect(await inbox(bob, one)).toContain('Rita withdrew “The request”.')
    const late = await asked('acts', both)
    await vote(ann, late)
    await expect(office.withdraw(rita, late)).rejects.toMatchObject({ code: 'conflict' })
    const free = await asked('jumping', both)
    await vote(ann, free)
    await office.withdraw(rita, free)
    expect(await stateOf(free)).toBe('draft')
    await expect(office.withdraw(rita, await asked('all'))).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('taking one’s word back', () => {
  const both = { reviewer: id(dora), other: id(mona) }

  it('opens the level again, for the others too, until the next has acted', async () => {
    const one = await asked('acts', both)
    await vote(ann, one)
    expect(await waiting(one)).toBe('Dora')
    await office.takeBack(ann, one)
    expect(await waiting(one)).toBe('Ann,Bob,Cid')
    expect(await inbox(dora, one)).toContain('Ann decides on “The request” anew.')
    await vote(bob, one)
    await vote(dora, one)
    await expect(office.takeBack(bob, one)).rejects.toMatchObject({ code: 'conflict' })
    await expect(office.takeBack(cid, one)).rejects.toMatchObject({ code: 'not_found' })
    await office.takeBack(dora, one)
    expect(await waiting(one)).toBe('Dora')
    await expect(office.takeBack(ann, await asked('jumping', both))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('a deadline', () => {
  it('passes on to the manager in working time, then decides the level, and in the end the whole', async () => {
    // Sunday; the office opens on Monday.
    tenant.setClock('2026-11-22T08:00:00.000Z')
    await set(cid, { manager: null })
    const one = await asked('deadline', { reviewer: id(fay) })
    expect((await workOf(ann, one))?.due_at).toBe('2026-11-23T18:00:00.000Z')
    await vote(ann, one)
    await moveTo('2026-11-23T17:00:00.000Z')
    const bobs = (await workOf(bob, one))?.id as string
    await as(bob, (unit) => delegateWorkItem(unit, { id: bobs, to: id(dora) }))
    expect(await waiting(one)).toBe('Cid,Dora')
    await moveTo('2026-11-23T18:00:00.000Z')
    expect(await waiting(one)).toBe('Cid,Mona')
    expect(await inbox(bob, one)).toContain('The time for “The request” is over; it was passed on.')
    await vote(mona, one)
    await vote(cid, one)
    await moveTo('2026-11-24T19:00:00.000Z')
    expect([await stateOf(one), await resultOf(one)]).toEqual(['approved', 'approved at two'])
    const two = await asked('deadline', { reviewer: id(fay) })
    await moveTo('2026-12-10T00:00:00.000Z')
    expect(await stateOf(two)).toBe('rejected')
    const timers = await tenant.sql`select 1 from _timer t join _instance i on i.id = t.instance
      where t.status = 'pending' and i.record = any(${[one.id, two.id]})`
    expect(timers).toHaveLength(0)
  })

  it('passes everything on to one person, who then has all votes', async () => {
    const one = await asked('deadline_to', { reviewer: id(dora) })
    await moveTo('2026-12-12T00:00:00.000Z')
    expect(await waiting(one)).toBe('Dora')
    await vote(dora, one, 'rejected')
    expect(await stateOf(one)).toBe('rejected')
  })

  it('is void when the process has left the state', async () => {
    const one = await asked('deadline', { reviewer: id(fay) })
    await as(rita, (unit) => sendEvent(unit, { ...one, event: 'drop', values: {} }))
    expect((await seen(one))[0]?.status).toBe('closed')
    await moveTo('2027-02-01T00:00:00.000Z')
    expect(await waiting(one)).toBe('')
  })
})

it('tells those who get copies: at the start, at the end, at a rejection', async () => {
  const both = { reviewer: id(dora), other: id(mona) }
  const one = await asked('acts', both)
  expect(await inbox(mona, one)).toEqual(['For your information: Rita asks for “The request”.'])
  await vote(ann, one)
  await vote(dora, one, 'rejected', { comment: 'No' })
  expect(await inbox(fay, one)).toEqual(['For your information: “The request” was rejected.'])
  expect((await inbox(dora, one)).filter((text) => text.startsWith('For'))).toEqual([])
  const two = await asked('acts', both)
  await vote(ann, two)
  await vote(dora, two)
  await vote(mona, two, 'rejected')
  expect(await inbox(dora, two)).toContain('For your information: “The request” was rejected.')
})

describe('what people do with a part of an approval', () => {
  const itemOf = async (...of: Parameters<typeof workOf>) => (await workOf(...of))?.id as string

  it('is transferred to who holds the role and has no seat there, and votes for it', async () => {
    const one = await asked('all')
    const item = await itemOf(ann, one)
    const give = (to: typeof ann) => as(ann, (unit) => transferWorkItem(unit, { id: item, to: id(to) }))
    await expect(give(bob)).rejects.toMatchObject({ faults: [{ code: 'same_person' }] })
    await expect(give(dora)).rejects.toMatchObject({ faults: [{ code: 'role' }] })
    await expect(give(rita)).rejects.toMatchObject({ faults: [{ code: 'requester' }] })
    const dan = await tenant.person('Dan', { roles: ['checker'] })
    await give(dan)
    for (const who of [bob, cid, dan]) await vote(who, one)
    expect(await stateOf(one)).toBe('approved')
    await set(dan, { roles: [] })
  })

  it('is delegated and comes back; who is added acts before or after; a rejection of his is one vote', async () => {
    const one = await asked('any')
    const anns = await itemOf(ann, one)
    await as(ann, (unit) => delegateWorkItem(unit, { id: anns, to: id(fay) }))
    expect((await workOf(fay, one))?.can).not.toContain('approve')
    await as(fay, (unit) => answerWorkItem(unit, { id: anns, comment: 'Hm' }))
    const bobs = await itemOf(bob, one)
    const add = (place: 'before' | 'after') =>
      as(bob, (unit) => addToWorkItem(unit, { id: bobs, to: id(fay), place }))
    const { added } = await add('before')
    await as(bob, (unit) => removeFromWorkItem(unit, { id: bobs, added: added[0]?.id as string }))
    await add('before')
    expect((await workOf(fay, one))?.can).not.toContain('return')
    await vote(fay, one, 'rejected', { comment: 'No' })
    expect([await stateOf(one), await waiting(one)]).toEqual(['deciding', 'Ann,Cid'])
    const cids = await itemOf(cid, one)
    await as(cid, (unit) => addToWorkItem(unit, { id: cids, to: id(fay), place: 'after' }))
    await vote(cid, one)
    expect(await stateOf(one)).toBe('deciding')
    await vote(fay, one)
    expect([await stateOf(one), await waiting(one)]).toEqual(['approved', ''])
  })

  it('is urged by the requester, and done by a substitute in the name of the approver', async () => {
    const one = await asked('in_turn')
    const item = await itemOf(ann, one)
    await as(rita, (unit) => urgeWorkItem(unit, { id: item }))
    expect(await inbox(ann, one)).toContain('Rita asks you to see to “The request”.')
    await as(ann, (unit) =>
      createAbsence(unit, {
        substitute: id(fay),
        startsAt: new Date('2027-01-01T00:00:00Z'),
        endsAt: new Date('2027-03-01T00:00:00Z'),
      }),
    )
    await vote(fay, one)
    expect((await seen(one))[0]?.levels[0]?.seats[0]).toMatchObject({
      person: { name: 'Ann' },
      by: { name: 'Fay' },
      status: 'approved',
    })
  })
})

it('shows levels, votes and what comes to whoever may read the record', async () => {
  const one = await asked('acts', { reviewer: id(dora), other: id(mona) })
  await vote(bob, one, 'approved', { comment: 'Fine' })
  const [approval] = await seen(one, ann)
  expect(approval).toMatchObject({
    status: 'running',
    requested_by: { name: 'Rita' },
    levels: [
      {
        label: 'One',
        status: 'approved',
        rule: { kind: 'any' },
        seats: [
          { status: 'closed' },
          { status: 'approved', comment: 'Fine', person: { name: 'Bob' } },
          { status: 'closed' },
        ],
      },
      { status: 'open', seats: [{ person: { name: 'Dora' }, status: 'asked' }] },
      { status: 'ahead', seats: [{ person: { name: 'Mona' }, status: 'ahead' }] },
    ],
    returns: { requester: true, levels: [{ name: 'one', label: 'One' }] },
    copies: [{ name: 'Mona' }, { name: 'Fay' }, { name: 'Dora' }],
    can: [],
  })
  expect((await workOf(dora, one))?.approval?.id).toBe(approval?.id)
})

describe('at the same moment', () => {
  const settled = async (...acts: Promise<unknown>[]) => {
    const outcomes = await Promise.allSettled(acts)
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    for (const error of lost) expect(error).toMatchObject({ code: 'conflict' })
    return lost.length
  }
  const endsOf = async ({ id: record }: { id: string }) =>
    (
      await tenant.sql`select s.event from _step s join _instance i on i.id = s.instance
        where i.record = ${record} and s.event like 'approval %'`
    ).map(({ event }) => String(event))
  const voting = async (who: typeof ann, request: { object: string; id: string }, outcome = 'approved') => {
    const item = (await workOf(who, request))?.id as string
    return () => as(who, (unit) => completeWorkItem(unit, { id: item, outcome }))
  }

  it('two approvers are both counted, and the process moves once', async () => {
    for (let round = 0; round < 3; round++) {
      const one = await asked('all')
      await vote(cid, one)
      const [anns, bobs] = [await voting(ann, one), await voting(bob, one)]
      expect(await settled(anns(), bobs())).toBe(0)
      expect([await stateOf(one), await endsOf(one)]).toEqual(['approved', ['approval approved']])
    }
  })

  it('the first of two decides where one is enough; the other gets a conflict', async () => {
    const one = await asked('any')
    const [anns, bobs] = [await voting(ann, one), await voting(bob, one)]
    expect(await settled(anns(), bobs())).toBe(1)
    expect(await endsOf(one)).toEqual(['approval approved'])
  })

  it('a vote or a withdrawal wins, never both', async () => {
    for (let round = 0; round < 3; round++) {
      const one = await asked('jumping', { reviewer: id(dora), other: id(mona) })
      for (const who of [ann, dora]) await vote(who, one)
      const [monas, current] = [await voting(mona, one), await office.current(one)]
      const lost = await settled(
        monas(),
        as(rita, (unit) => withdrawApproval(unit, { id: current })),
      )
      expect(lost).toBe(1)
      expect(await endsOf(one)).toHaveLength(1)
      expect(await waiting(one)).toBe('')
    }
  })

  it('a vote or a deadline wins, never both', async () => {
    for (let round = 0; round < 3; round++) {
      const one = await asked('deadline', { reviewer: id(dora) })
      for (const who of [ann, bob, cid]) await vote(who, one)
      const [timer] =
        await tenant.sql`select t.id, t.due_at as at from _timer t join _instance i on i.id = t.instance
        where i.record = ${one.id} and t.status = 'pending' order by t.due_at limit 1`
      const doras = await voting(dora, one, 'rejected')
      tenant.setClock(String(timer?.at))
      await settled(doras(), fireTimer(tenant.work(admin), String(timer?.id)))
      expect(await endsOf(one)).toHaveLength(1)
      expect(await waiting(one)).toBe('')
    }
  })
})
