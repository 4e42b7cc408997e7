import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import {
  carryOutOverdue,
  changeDueTime,
  claimWorkItem,
  completeWorkItem,
  createAbsence,
  handOutWork,
  listNotifications,
  releaseWorkItem,
  renewPlaces,
  sendEvent,
  setPresence,
  takeNext,
  transferWorkItem,
} from '../../platform/processes/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import { createRecord, updateRecord, writingWork } from '../../platform/records/index.ts'
import { declarations } from './declarations.ts'
import { openHall } from './hall.ts'

const hall = await openHall()
const { tenant, admin, asker, agent, as, ask, id, settle, setClock, holderOf, queueOf, work } = hall

beforeEach(async () => {
  setClock('2026-11-22T08:00:00Z')
  await tenant.sql`update _work_item set status = 'cancelled', completed_at = now() where completed_at is null`
  await tenant.sql`update _work_person set presence = 'away', capacity = null`
  await tenant.sql`update _absence set cancelled_at = now()`
  await hall.database.platform`delete from graphile_worker._private_jobs`
})

describe('taking the next', () => {
  it('gives the most urgent first, by customer, urgency and age', async () => {
    const ann = await agent('Ann')
    const great = await as(asker, (unit) =>
      createRecord(unit, { object: 'customer', values: { name: 'Great', level: 1 } }),
    )
    const old = await ask({ queue: 'desk', urgency: 2, size: 1 })
    setClock('2026-11-22T11:00:00Z')
    const young = await ask({ queue: 'desk', urgency: 4, size: 1 })
    const dear = await ask({ queue: 'desk', customer: great.id, size: 1 })
    const next = async () => (await as(ann, (unit) => takeNext(unit, 'desk')))?.id
    expect([await next(), await next(), await next(), await next()]).toEqual([
      dear.item,
      old.item,
      young.item,
      undefined,
    ])
    expect((await work(ann)).map(({ queue, priority }) => [queue?.name, priority])).toContainEqual([
      'desk',
      10,
    ])
  })

  it('has one winner for each among twenty who ask at the same moment', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, (_, at) => agent(`Clerk ${at}`)))
    const asked = await Promise.all(Array.from({ length: 25 }, () => ask({ queue: 'desk' })))
    const taken = await Promise.all(people.map((person) => as(person, (unit) => takeNext(unit, 'desk'))))
    const ids = taken.map((item) => item?.id)
    expect(new Set(ids).size).toBe(20)
    expect(ids).toEqual(ids.filter((each) => asked.some(({ item }) => item === each)))
  })

  it('follows a change of the record, and asks for skills and room', async () => {
    const ann = await agent('Ann')
    const hans = await agent('Hans', { skills: { german: 4 } })
    const small = await ask({ queue: 'desk', urgency: 5, size: 1 })
    const big = await ask({ queue: 'desk', urgency: 1, size: 5 })
    const german = await ask({ queue: 'desk', language: 'de', urgency: 9 })
    await as(admin, (unit) =>
      updateRecord(unit, { object: 'question', id: big.question, values: { urgency: 8 } }),
    )
    expect((await as(ann, (unit) => takeNext(unit, 'desk')))?.id).toBe(big.item)
    await expect(as(ann, (unit) => claimWorkItem(unit, small.item))).rejects.toMatchObject({
      code: 'conflict',
      members: { reason: 'capacity' },
    })
    await expect(as(await agent('Eva'), (unit) => claimWorkItem(unit, german.item))).rejects.toMatchObject({
      members: { reason: 'skills' },
    })
    expect((await as(hans, (unit) => takeNext(unit, 'desk')))?.id).toBe(german.item)
  })

  it('does not give back what one has given back, and is for members of queues that are pulled', async () => {
    const ann = await agent('Ann')
    const { item } = await ask({ queue: 'desk' })
    await as(ann, (unit) => takeNext(unit, 'desk'))
    await as(ann, (unit) => releaseWorkItem(unit, item))
    expect(await as(ann, (unit) => takeNext(unit, 'desk'))).toBeUndefined()
    const bob = await agent('Bob')
    expect((await as(bob, (unit) => takeNext(unit, 'desk')))?.id).toBe(item)
    await expect(as(ann, (unit) => takeNext(unit, 'line'))).rejects.toMatchObject({ code: 'conflict' })
    await expect(as(ann, (unit) => takeNext(unit, 'experts'))).rejects.toMatchObject({ code: 'not_found' })
  })

  it('leaves what waits out of the own work, and lets it be passed on to members alone', async () => {
    const ann = await agent('Ann')
    const { item, question } = await ask({ queue: 'desk' })
    expect((await work(ann)).map((each) => each.id)).not.toContain(item)
    const outsider = await tenant.person('Otto')
    await expect(
      as(admin, (unit) => transferWorkItem(unit, { id: item, to: id(outsider) })),
    ).rejects.toMatchObject({ faults: [{ code: 'member' }] })
    await as(admin, (unit) => transferWorkItem(unit, { id: item, to: id(ann) }))
    expect((await work(ann)).map((each) => each.id)).toContain(item)
    await as(asker, (unit) =>
      sendEvent(unit, { object: 'question', id: question, event: 'withdraw', values: {} }),
    )
    expect((await work(ann)).map((each) => each.id)).not.toContain(item)
  })
})

describe('pushing', () => {
  it('hands out in turn to those who are here, up to their capacity, and goes on when one is free', async () => {
    const [ann, bob] = [await agent('Ann'), await agent('Bob', { capacity: 2 })]
    await agent('Cid')
    await as(await agent('Cid'), (unit) => setPresence(unit, { presence: 'busy' }))
    const items = []
    for (let count = 0; count < 7; count++) items.push((await ask({ queue: 'line' })).item)
    await settle()
    const holders = await Promise.all(items.map(holderOf))
    expect(holders.filter((name) => name === 'Ann')).toHaveLength(3)
    expect(holders.filter((name) => name === 'Bob')).toHaveLength(2)
    expect(holders.slice(-2)).toEqual([null, null])
    const own = items[holders.indexOf('Bob')] as string
    await as(bob, (unit) => completeWorkItem(unit, { id: own }))
    await settle()
    expect(await holderOf(items[5] as string)).toBe('Bob')
    await as(await agent('Cid'), (unit) => setPresence(unit, { presence: 'available' }))
    await settle()
    expect(await holderOf(items[6] as string)).toBe('Cid')
    expect((await work(ann)).length).toBe(3)
  })

  it('has one winner and no overload when twenty complete and twenty come at the same moment', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, at) => agent(`Clerk ${at}`, { capacity: 1 })),
    )
    const first = await Promise.all(people.map(() => ask({ queue: 'line' })))
    await settle()
    const holders = new Map(
      await Promise.all(first.map(async ({ item }) => [await holderOf(item), item] as const)),
    )
    expect(holders.size).toBe(20)
    const run = (work: Promise<unknown>) =>
      work.then(() => handOutWork(tenant.work(admin), { queue: 'line' }))
    const [second] = await Promise.all([
      Promise.all(people.map(() => ask({ queue: 'line' }))),
      ...people.map((person) =>
        run(as(person, (unit) => completeWorkItem(unit, { id: holders.get(person.name) as string }))),
      ),
    ])
    await settle()
    const loads = await tenant.sql<{ name: string; open: number }[]>`
      select u.name, count(*)::int as open from _work_item w join "user" u on u.id = w.assignee
      where w.completed_at is null group by u.name`
    expect(loads.map(({ open }) => open)).toEqual(people.map(() => 1))
    const events = await tenant.sql`
      select item from _work_event where act = 'assign' and item = any(${second.map(({ item }) => item)}) group by item having count(*) > 1`
    expect(events).toEqual([])
    expect((await Promise.all(second.map(({ item }) => holderOf(item)))).every((name) => name !== null)).toBe(
      true,
    )
  })

  it('goes to who had the customer last, and to another while he is away', async () => {
    const [ann, bob] = [await agent('Ann'), await agent('Bob')]
    const customer = String(
      (await as(asker, (unit) => createRecord(unit, { object: 'customer', values: { name: 'Loyal' } }))).id,
    )
    const asked = async (of: string | null) => {
      const { item } = await ask({ queue: 'friends', customer: of })
      await settle()
      return { item, name: await holderOf(item) }
    }
    const { item, name } = await asked(customer)
    const [who, other] = name === 'Ann' ? [ann, bob] : [bob, ann]
    await as(who, (unit) => completeWorkItem(unit, { id: item }))
    await asked(null)
    await asked(null)
    expect([(await asked(customer)).name, (await asked(customer)).name]).toEqual([who.name, who.name])
    setClock('2026-11-22T08:10:00Z')
    await as(admin, (unit) =>
      createAbsence(unit, {
        person: id(who),
        substitute: id(other),
        startsAt: new Date('2026-11-22T08:00:00Z'),
        endsAt: new Date('2026-11-22T18:00:00Z'),
      }),
    )
    expect((await asked(customer)).name).toBe(other.name)
  })

  it('gives nothing to who has not been seen for a quarter of an hour', async () => {
    await agent('Dan')
    setClock('2026-11-22T08:15:00Z')
    const { item } = await ask({ queue: 'friends' })
    await settle()
    expect(await holderOf(item)).toBeNull()
    const dan = await agent('Dan')
    await settle()
    expect(await holderOf(item)).toBe(dan.name)
  })
})

describe('overflow', () => {
  it('moves work on after a time, with its age, and from there it is handed out', async () => {
    await agent('Ann', { capacity: 1 })
    const [first, second] = [await ask({ queue: 'line' }), await ask({ queue: 'line' })]
    await settle()
    expect([await holderOf(first.item), await holderOf(second.item)]).toEqual(['Ann', null])
    setClock('2026-11-22T10:00:00Z')
    await agent('Xaver', { roles: ['expert'] })
    await settle()
    expect([await queueOf(second.item), await holderOf(second.item)]).toEqual(['experts', 'Xaver'])
    expect(await queueOf(first.item)).toBe('line')
    const acts = await tenant.sql`select act from _work_event where item = ${second.item} order by id`
    expect(acts.map(({ act }) => act)).toEqual(['overflow', 'assign'])
  })

  it('moves work on at once where nobody who is here can do it', async () => {
    await agent('Ann')
    await agent('Xaver', { roles: ['expert'] })
    const german = await ask({ queue: 'line', language: 'de' })
    const plain = await ask({ queue: 'line' })
    await settle()
    expect([await queueOf(german.item), await holderOf(german.item)]).toEqual(['experts', 'Xaver'])
    expect([await queueOf(plain.item), await holderOf(plain.item)]).toEqual(['line', 'Ann'])
  })

  it('goes by a rule to another queue from the start, whose members are people by role, team and address', async () => {
    await agent('Zoe', { roles: [] })
    const { item } = await ask({ queue: 'desk', language: 'law' })
    expect(await queueOf(item)).toBe('line')
    await settle()
    expect([await queueOf(item), await holderOf(item)]).toEqual(['experts', 'Zoe'])
  })
})

describe('another version of a queue', () => {
  it('places what waits anew, by a job of the worker', async () => {
    const [ann, eva] = [await agent('Ann'), await agent('Eva')]
    const [low, high] = [await ask({ queue: 'desk', urgency: 1 }), await ask({ queue: 'desk', urgency: 5 })]
    const desk = { ...declarations.queue?.desk, priority: '0 - record.urgency' }
    const model = modelFromDocuments({ ...declarations, queue: { ...declarations.queue, desk } })
    await publishModel({ database: hall.database, tenant: 'test', model, settleMs: 0 })
    const jobs = await hall.database.platform`
      select 1 from graphile_worker.jobs where task_identifier = 'renew_queues'`
    expect(jobs).toHaveLength(1)
    await renewPlaces({ ...tenant.work(admin), model })
    const next = (who: Principal) =>
      writingWork({ ...tenant.work(who), model }, (unit) => takeNext(unit, 'desk'))
    expect([(await next(ann))?.id, (await next(eva))?.id]).toEqual([low.item, high.item])
    await publishModel({ database: hall.database, tenant: 'test', model: tenant.model, settleMs: 0 })
  })
})

describe('late work', () => {
  const late = async (urgency: number) => ask({ queue: 'late', urgency })
  const overdue = (item: string) => carryOutOverdue(tenant.work(admin), item)
  const rowOf = async (item: string) =>
    (await tenant.sql`select status, priority, overdue_done from _work_item where id = ${item}`)[0]
  const inbox = async (who: Principal) =>
    (await tenant.read(who, (unit) => listNotifications(unit))).items.map(({ text }) => text)

  it('is shown by its priority first', async () => {
    const ann = await agent('Ann')
    const [low, high] = [await late(1), await late(7)]
    expect((await work(ann)).map(({ id: item, priority }) => [item, priority])).toEqual([
      [high.item, 7],
      [low.item, 1],
    ])
  })

  it('is escalated step by step, each once, also when jobs come early or twice', async () => {
    const [lea, leo] = [await agent('Lea'), await agent('Leo')]
    await as(admin, (unit) =>
      updateRecord(unit, { object: 'user', id: id(leo), values: { manager: id(lea) } }),
    )
    const { item, question } = await late(3)
    const told = (await inbox(lea)).length
    await overdue(item)
    expect(await rowOf(item)).toMatchObject({ overdue_done: [] })
    setClock('2026-11-22T09:00:00Z')
    await Promise.all([overdue(item), overdue(item)])
    expect((await inbox(lea)).slice(0, (await inbox(lea)).length - told)).toEqual(['“Hurry” is late.'])
    expect(await inbox(asker)).toEqual(['Why? is late'])
    await as(leo, (unit) => claimWorkItem(unit, item))
    setClock('2026-11-22T11:30:00Z')
    await overdue(item)
    expect(await rowOf(item)).toMatchObject({
      status: 'claimed',
      priority: 23,
      overdue_done: ['remind', 'tell', 'urgent', 'boss'],
    })
    expect(await holderOf(item)).toBe('Lea')
    setClock('2026-11-22T13:00:00Z')
    await Promise.all([overdue(item), overdue(item)])
    expect(await rowOf(item)).toMatchObject({ status: 'cancelled' })
    const [steps] = await tenant.sql`
      select count(*)::int as count from _step s join _instance i on i.id = s.instance
      where i.record = ${question} and s.event = 'withdraw'`
    expect(steps?.count).toBe(1)
    await overdue(item)
  })

  it('follows another due time, and is left alone when it is done', async () => {
    const ann = await agent('Ann')
    const { item } = await late(1)
    await as(admin, (unit) => changeDueTime(unit, { id: item, due: new Date('2026-11-22T12:00:00Z') }))
    setClock('2026-11-22T09:00:00Z')
    await overdue(item)
    expect(await rowOf(item)).toMatchObject({ overdue_done: [] })
    await as(ann, (unit) => completeWorkItem(unit, { id: item }))
    setClock('2026-11-22T12:00:00Z')
    await overdue(item)
    expect(await rowOf(item)).toMatchObject({ status: 'done', overdue_done: [] })
  })
})
