import { describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import {
  cancelAbsence,
  completeWorkItem,
  countWorkItems,
  createAbsence,
  listAbsences,
  transferWorkItem,
} from '../../platform/processes/index.ts'
import { openDesk } from './desk.ts'

const desk = await openDesk()
const { tenant, client, ann, bob, cid, admin, as, approved, filed, id, inbox, logOf, stateOf, workOf } = desk

const day = (number: number) => new Date(Date.UTC(2026, 10, number))
const absent = (who: Principal, substitute: Principal, { from = 1, until = 30, by = who } = {}) =>
  as(by, (unit) =>
    createAbsence(unit, {
      person: id(who),
      substitute: id(substitute),
      startsAt: day(from),
      endsAt: day(until),
    }),
  )
const back = async (who: Principal) => {
  for (const { id: absence, person } of await tenant.read(who, (unit) => listAbsences(unit)))
    if (person.id === id(who)) await as(who, (unit) => cancelAbsence(unit, absence))
}

describe('the substitute of somebody who is away', () => {
  it('sees the work and does it, and the log says for whom', async () => {
    const { claim, item } = await approved(ann)
    expect(await workOf(bob, item)).toBeUndefined()
    const waiting = await tenant.read(bob, (unit) => countWorkItems(unit))
    await absent(ann, bob)
    expect(await tenant.read(bob, (unit) => countWorkItems(unit))).toBe(waiting + 1)
    expect(await workOf(bob, item)).toMatchObject({ is_substitute: true, assignee: { name: 'Ann' } })
    expect(await workOf(ann, item)).toMatchObject({ is_substitute: false })
    await as(bob, (unit) => completeWorkItem(unit, { id: item }))
    expect(await stateOf(claim)).toBe('closed')
    expect(await logOf(bob, item)).toEqual(['complete Bob - - for Ann'])
    await back(ann)
  })

  it('has nothing to do before, after, or once the absence is taken back', async () => {
    const { item } = await approved(ann)
    await absent(ann, bob, { from: 24, until: 26 })
    expect(await workOf(bob, item)).toBeUndefined()
    tenant.setClock('2026-11-25T08:00:00Z')
    expect((await workOf(bob, item))?.can).toContain('complete')
    tenant.setClock('2026-11-26T00:00:00Z')
    expect(await workOf(bob, item)).toBeUndefined()
    await expect(as(bob, (unit) => completeWorkItem(unit, { id: item }))).rejects.toMatchObject({
      code: 'not_found',
    })
    tenant.setClock('2026-11-22T08:00:00Z')
    await back(ann)
    await absent(ann, bob)
    await back(ann)
    expect(await workOf(bob, item)).toBeUndefined()
  })

  it('is followed by his own substitute where he is away as well, and only then', async () => {
    const { item } = await approved(ann)
    await absent(ann, bob)
    expect(await workOf(cid, item)).toBeUndefined()
    await absent(bob, cid)
    expect((await workOf(cid, item))?.can).toContain('complete')
    await as(cid, (unit) => completeWorkItem(unit, { id: item }))
    expect(await logOf(ann, item)).toEqual(['complete Cid - - for Ann'])
    await Promise.all([back(ann), back(bob)])
  })

  it('is found in a circle of absences without end', async () => {
    const { item } = await approved(ann)
    await absent(ann, bob)
    await absent(bob, ann)
    expect((await workOf(ann, item))?.is_substitute).toBe(false)
    expect((await workOf(bob, item))?.can).toContain('complete')
    expect(await workOf(cid, item)).toBeUndefined()
    await Promise.all([back(ann), back(bob)])
  })

  it('does not approve what he asked for himself, nor for the one who asked', async () => {
    const asker = await tenant.person('Clara', { roles: ['clerk', 'client'] })
    const { item } = await filed(ann, asker)
    await tenant.sql`update _work_item set assignee = ${id(ann)}, status = 'claimed' where id = ${item}`
    await absent(ann, asker)
    expect(await workOf(asker, item)).toBeUndefined()
    await back(ann)
    await tenant.sql`update _work_item set assignee = ${id(asker)} where id = ${item}`
    await absent(asker, bob)
    expect(await workOf(bob, item)).toBeUndefined()
    await back(asker)
  })

  it('is told along with the one who is away, each once', async () => {
    await absent(ann, bob)
    const { item } = await approved(cid)
    const before = [(await inbox(ann)).length, (await inbox(bob)).length]
    await as(cid, (unit) => transferWorkItem(unit, { id: item, to: id(ann) }))
    expect([(await inbox(ann)).length, (await inbox(bob)).length]).toEqual(before.map((count) => count + 1))
    await back(ann)
  })
})

describe('an absence', () => {
  it('is said by the person or an administrator, and by nobody else', async () => {
    await expect(absent(ann, bob, { by: bob })).rejects.toMatchObject({ code: 'forbidden' })
    const absence = await absent(ann, bob, { by: admin })
    expect(absence).toMatchObject({ person: { name: 'Ann' }, substitute: { name: 'Bob' } })
    const seen = (who: Principal) => tenant.read(who, (unit) => listAbsences(unit))
    expect(await seen(ann)).toMatchObject([{ id: absence.id, can_cancel: true }])
    expect(await seen(bob)).toMatchObject([{ id: absence.id, can_cancel: false }])
    expect(await seen(cid)).toEqual([])
    await expect(tenant.read(bob, (unit) => listAbsences(unit, { everyone: true }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await tenant.read(admin, (unit) => listAbsences(unit, { everyone: true }))).toHaveLength(1)
    await expect(as(bob, (unit) => cancelAbsence(unit, absence.id))).rejects.toMatchObject({
      code: 'not_found',
    })
    await as(admin, (unit) => cancelAbsence(unit, absence.id))
    expect(await seen(ann)).toEqual([])
  })

  it.each([
    ['without another person', () => absent(ann, ann), { faults: [{ field: 'substitute' }] }],
    [
      'that ends before it begins',
      () => absent(ann, bob, { from: 29, until: 28 }),
      { faults: [{ field: 'ends_at' }] },
    ],
    ['that is over', () => absent(ann, bob, { until: 2 }), { faults: [{ field: 'ends_at' }] }],
  ])('%s is refused', async (_, make, problem) => {
    await expect(make()).rejects.toMatchObject({ code: 'validation', ...problem })
  })

  it('cannot overlap with another one of the same person, even at the same moment', async () => {
    const outcomes = await Promise.allSettled([absent(client, bob), absent(client, cid)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(absent(client, bob, { from: 29, until: 31 })).rejects.toMatchObject({ code: 'conflict' })
  })
})
