import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Turn } from '../../platform/definitions/model/queue.ts'
import {
  handOut,
  type Turns,
  type WaitingWork,
  type Worker,
} from '../../platform/processes/queues/choose-person.ts'
import { agedPriority, rankOf } from '../../platform/processes/queues/rank.ts'

const numRuns = Number(process.env.TESSERA_PROPERTY_RUNS ?? 12) * 10
const start: Turns = { turn: 0, pass: 0 }

const worker = (id: string, more: Partial<Worker> = {}): Worker => ({
  id,
  load: 0,
  capacity: undefined,
  share: 1,
  turn: 0,
  pass: 0,
  ...more,
})
const item = (id: string, more: Partial<WaitingWork> = {}): WaitingWork => ({
  id,
  units: 1,
  last: undefined,
  isFor: () => true,
  ...more,
})
const some = (count: number) => Array.from({ length: count }, (_, at) => item(`i${at}`))
const countsOf = (given: readonly { person: string }[]) =>
  new Map([...Map.groupBy(given, ({ person }) => person)].map(([person, list]) => [person, list.length]))

const methods = fc.constantFrom<Turn>('round_robin', 'least_loaded', 'weighted')
const crew = fc
  .array(
    fc.record({
      capacity: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
      load: fc.integer({ min: 0, max: 6 }),
      share: fc.integer({ min: 1, max: 5 }),
      turn: fc.integer({ min: 0, max: 50 }),
      pass: fc.integer({ min: 0, max: 40 }),
      skill: fc.integer({ min: 0, max: 5 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((people) => people.map(({ skill, ...rest }, at) => ({ ...worker(`p${at}`, rest), skill })))
const pile = fc.array(
  fc.record({
    units: fc.integer({ min: 1, max: 4 }),
    level: fc.integer({ min: 0, max: 5 }),
    last: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  }),
  { maxLength: 30 },
)

test('what is given exceeds no capacity, goes to who has the skill, and to one person', () => {
  fc.assert(
    fc.property(crew, pile, methods, (people, work, method) => {
      const levels = new Map(people.map(({ id, skill }) => [id, skill]))
      const items = work.map(({ units, level, last }, at) =>
        item(`i${at}`, {
          units,
          last: last === undefined ? undefined : `p${last}`,
          isFor: (id) => (levels.get(id) ?? 0) >= level,
        }),
      )
      const { given, changed, forNobody } = handOut({ workers: people, items, method, turns: start })
      expect(new Set(given.map((each) => each.item)).size).toBe(given.length)
      for (const { load, capacity, id } of changed) {
        if (capacity !== undefined) expect(load).toBeLessThanOrEqual(capacity)
        const got = given.filter(({ person }) => person === id).map((each) => Number(each.item.slice(1)))
        const before = people.find((each) => each.id === id)?.load ?? 0
        expect(load - before).toBe(got.reduce((sum, at) => sum + (work[at]?.units ?? 0), 0))
      }
      for (const { item: id, person } of given) {
        const { level = 0 } = work[Number(id.slice(1))] ?? {}
        expect(levels.get(person)).toBeGreaterThanOrEqual(level)
        expect(forNobody).not.toContain(id)
      }
    }),
    { numRuns },
  )
})

test('nobody who could take what comes first is given what ranks behind it', () => {
  fc.assert(
    fc.property(crew, pile, methods, (people, work, method) => {
      const items = work.map(({ units }, at) => item(`i${at}`, { units }))
      const { given, forNobody } = handOut({ workers: people, items, method, turns: start })
      const got = new Set(given.map((each) => each.item))
      const firstLeft = items.findIndex(({ id }) => !got.has(id) && !forNobody.includes(id))
      if (firstLeft < 0) return
      const { units } = items[firstLeft] as WaitingWork
      for (const { item: id, person } of given) {
        const isBehind = Number(id.slice(1)) > firstLeft
        const { capacity } = people.find((each) => each.id === person) as Worker
        // Who could never take it may take what comes after.
        if (isBehind) expect(capacity).toBeLessThan(units)
      }
    }),
    { numRuns },
  )
})

test('round robin gives everybody the same, one more or less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 200 }), (people, work) => {
      const workers = Array.from({ length: people }, (_, at) => worker(`p${at}`, { load: at * 3 }))
      const { given } = handOut({ workers, items: some(work), method: 'round_robin', turns: start })
      const counts = workers.map(({ id }) => countsOf(given).get(id) ?? 0)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }),
    { numRuns },
  )
})

test('weighted gives by share, never more than one piece off for each person', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 400 }),
      (shares, work) => {
        const workers = shares.map((share, at) => worker(`p${at}`, { share }))
        const { given } = handOut({ workers, items: some(work), method: 'weighted', turns: start })
        const all = shares.reduce((sum, share) => sum + share, 0)
        for (const { id, share } of workers)
          expect(Math.abs((countsOf(given).get(id) ?? 0) - (work * share) / all)).toBeLessThanOrEqual(
            workers.length,
          )
      },
    ),
    { numRuns },
  )
})

test('least loaded levels the load', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 }), (loads) => {
      const workers = loads.map((load, at) => worker(`p${at}`, { load }))
      const { changed } = handOut({
        workers,
        items: some(loads.length * 21),
        method: 'least_loaded',
        turns: start,
      })
      const after = changed.map(({ load }) => load)
      expect(Math.max(...after) - Math.min(...after)).toBeLessThanOrEqual(1)
    }),
    { numRuns },
  )
})

test('who had it last gets it again, as long as he has room', () => {
  const workers = [worker('ann', { load: 4, capacity: 5 }), worker('bob', { load: 0, capacity: 5 })]
  const items = [
    item('first', { last: 'ann' }),
    item('second', { last: 'ann' }),
    item('third', { last: 'zoe' }),
  ]
  const { given } = handOut({ workers, items, method: 'least_loaded', turns: start })
  expect(given).toEqual([
    { item: 'first', person: 'ann' },
    { item: 'second', person: 'bob' },
    { item: 'third', person: 'bob' },
  ])
})

test('who comes back does not make up for the time', () => {
  const shared = [worker('ann'), worker('bob')]
  const alone = handOut({ workers: [shared[0] as Worker], items: some(50), method: 'weighted', turns: start })
  const workers = [alone.changed[0] as Worker, shared[1] as Worker]
  const { given } = handOut({ workers, items: some(10), method: 'weighted', turns: alone.turns })
  expect(countsOf(given)).toEqual(
    new Map([
      ['bob', 5],
      ['ann', 5],
    ]),
  )
})

test('work that is too heavy for everybody is for nobody; what is heavy now is waited for', () => {
  const workers = [worker('ann', { capacity: 3, load: 2 })]
  const items = [item('huge', { units: 4 }), item('big', { units: 2 }), item('small')]
  const { given, forNobody } = handOut({ workers, items, method: 'round_robin', turns: start })
  expect([given, forNobody]).toEqual([[], ['huge']])
})

test('the order by rank is the order by priority with age, at every moment', () => {
  const work = fc.record({
    priority: fc.integer({ min: -100, max: 100 }),
    since: fc.integer({ min: 0, max: 10_000_000 }),
  })
  const ageings = fc.option(
    fc.record({ points: fc.integer({ min: 1, max: 10 }), everyMs: fc.constantFrom(60_000, 3_600_000) }),
    { nil: undefined },
  )
  fc.assert(
    fc.property(
      work,
      work,
      ageings,
      fc.integer({ min: 0, max: 1_000_000_000 }),
      (one, other, ageing, later) => {
        const now = 10_000_000 + later
        const difference = agedPriority({ ...one, now, ageing }) - agedPriority({ ...other, now, ageing })
        if (Math.abs(difference) < 1e-6) return
        expect(rankOf({ ...one, ageing }) < rankOf({ ...other, ageing })).toBe(difference > 0)
      },
    ),
    { numRuns },
  )
})
