import { expect, test } from 'vitest'
import { isRecordKey } from '../recipes/record-key.ts'
import type { DemoDocument } from './document.ts'
import { planDemo } from './plan-demo.ts'
import type { PlannedAction } from './plan.ts'

const now = new Date('2026-06-30T12:00:00.000Z')

const library: DemoDocument = {
  lists: { authors: ['Ibsen', 'Lu Xun', 'Woolf'], shelves: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] },
  objects: {
    person: {
      days_ago: [400, 400],
      records: { anna: { name: 'Anna', roles: ['clerk'] }, ben: { name: 'Ben' } },
    },
    book: {
      count: 20,
      days_ago: [0, 300],
      as: { reference: 'person', where: { roles: 'clerk' } },
      draw: { author: 'authors' },
      fields: {
        author: '{author}',
        price: { amount: [5, 20], step: 0.5, currency: 'EUR' },
        deposit: { of: 'record.price', times: [0.5, 0.5], step: 0.25 },
        kind: { weights: { novel: 3, play: 1 } },
      },
    },
    loan: {
      count: 30,
      days_ago: [0, 200],
      fields: {
        book: { reference: 'book' },
        due_on: { days: [14, 14] },
        author: { of: 'record.book.author' },
      },
      journeys: {
        returned: {
          steps: [
            { event: 'remind', after: [5, 10] },
            { event: 'return', after: [1, 20] },
          ],
        },
        lost: { steps: [{ event: 'report', after: [10, 40], created: { fine: 'paid' } }] },
      },
    },
    fine: { journeys: { paid: { weight: 0, steps: [{ update: { paid: true }, after: [1, 90] }] } } },
  },
}

const plan = (document: DemoDocument = library, seed = 7) => planDemo({ documents: [document], seed, now })
const madeOf = (actions: readonly PlannedAction[], object: string) =>
  actions.filter((action) => action.kind === 'create' && action.object === object)

test('the same seed and moment give the same plan, another seed another one', () => {
  expect(plan()).toEqual(plan())
  expect(plan(library, 8)).not.toEqual(plan())
})

test('things happen in the order of time and not after the end', () => {
  const moments = plan().map(({ at }) => at.getTime())
  expect(moments).toEqual([...moments].sort((a, b) => a - b))
  expect(moments.at(-1)).toBeLessThanOrEqual(now.getTime())
})

test('nothing refers to a record that does not exist yet', () => {
  const known = new Set<string>()
  for (const action of plan()) {
    const named = Object.values(action.values)
      .filter(isRecordKey)
      .map(({ $record }) => $record)
    for (const key of action.kind === 'create' ? named : [...named, action.record])
      expect(known).toContain(key)
    known.add(action.record)
    if (action.kind === 'send') for (const key of Object.values(action.created)) known.add(key)
  }
  expect(known.size).toBeGreaterThan(50)
})

test('as many records are made as declared, with the values that the recipes give', () => {
  const books = madeOf(plan(), 'book')
  expect(books).toHaveLength(20)
  for (const { values, as } of books) {
    expect(as).toBe('person.anna')
    const { amount } = values.price as { amount: string }
    expect(Number(amount) % 0.5).toBe(0)
    expect(values.deposit).toEqual({ amount: String(Number(amount) / 2), currency: 'EUR' })
  }
  expect(new Set(books.map(({ values }) => values.author))).toEqual(new Set(['Ibsen', 'Lu Xun', 'Woolf']))
})

test('a number is drawn between two, in steps', () => {
  const documents: DemoDocument = {
    objects: {
      scale: { count: 40, fields: { fine: { number: [1, 2] }, coarse: { number: [0, 1], step: 0.5 } } },
    },
  }
  const made = madeOf(plan(documents), 'scale').map(
    ({ values }) => values as { fine: number; coarse: number },
  )
  expect(new Set(made.map(({ coarse }) => coarse))).toEqual(new Set([0, 0.5, 1]))
  for (const { fine } of made)
    expect(fine >= 1 && fine <= 2 && Math.round(fine * 100) / 100 === fine).toBe(true)
  expect(new Set(made.map(({ fine }) => fine)).size).toBeGreaterThan(20)
})

test('a value is read through a reference, and a day counts from the moment of the record', () => {
  const actions = plan()
  const authors = new Map(madeOf(actions, 'book').map(({ record, values }) => [record, values.author]))
  for (const { at, values } of madeOf(actions, 'loan')) {
    expect(values.author).toBe(authors.get((values.book as { $record: string }).$record))
    expect(values.due_on).toBe(new Date(at.getTime() + 14 * 86_400_000).toISOString().slice(0, 10))
  }
})

test('a journey goes on with the record that its event created, and breaks off at the end', () => {
  const actions = plan()
  const reports = actions.filter((action) => action.kind === 'send' && action.event === 'report')
  const fines = reports.map((action) => (action.kind === 'send' ? action.created.fine : undefined))
  const paid = actions.filter((action) => action.kind === 'update').map(({ record }) => record)
  expect(paid.length).toBeGreaterThan(0)
  expect(paid.length).toBeLessThan(fines.length)
  for (const key of paid) expect(fines).toContain(key)
})

test('people work from Monday to Friday, eight to six', () => {
  for (const { at } of plan().filter(({ kind }) => kind === 'send')) {
    expect([1, 2, 3, 4, 5]).toContain(at.getUTCDay())
    expect(at.getUTCHours()).toBeGreaterThanOrEqual(8)
    expect(at.getUTCHours()).toBeLessThan(18)
  }
})

test('distinct fields are, and asking for more than there can be says so', () => {
  const shelves = (count: number): DemoDocument => ({
    ...library,
    objects: { shelf: { count, draw: { name: 'shelves' }, fields: { name: '{name}' }, distinct: ['name'] } },
  })
  const names = madeOf(plan(shelves(8)), 'shelf').map(({ values }) => values.name)
  expect(new Set(names).size).toBe(8)
  expect(() => plan(shelves(9))).toThrow(/shelf.9 still has a name that another record has/)
})

test.each([
  [
    'an unknown list',
    { draw: { x: 'nowhere' }, fields: {} },
    /no list "nowhere"; known are authors, shelves/,
  ],
  ['a blank in a text', { fields: { a: '{record.b}' } }, /\{record.b\} in "\{record.b\}" is not a text/],
  ['a reference to nothing', { fields: { a: { reference: 'ghost' } } }, /There is no ghost/],
  ['an unknown named record', { fields: { a: { record: 'ghost.one' } } }, /There is no record "ghost.one"/],
])('%s is refused with its place', (_, object, message) => {
  const broken = { lists: library.lists, objects: { thing: { count: 1, ...object } } } as DemoDocument
  expect(() => plan(broken)).toThrow(message)
  expect(() => plan(broken)).toThrow(/Demonstration data of thing/)
})
