import { afterAll, describe, expect, it } from 'vitest'
import { openTheatre } from '../../platform/background/stage/index.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import { simulation } from './declarations.ts'

const when = (expression: string) => ({ type: 'when', params: { expression } })
const ended = (label: string) => ({ type: 'final', meta: { label } })

/** Papers that two superiors approve in turn, or that somebody at a desk reads, who has one at a time. */
const model = modelFromDocuments({
  object: {
    paper: {
      name: 'paper',
      label: 'Paper',
      plural: 'Papers',
      name_field: 'title',
      lifecycle: 'publishing',
      fields: { title: { type: 'text', required: true }, state: { type: 'state' } },
    },
  },
  role: {
    author: {
      name: 'author',
      label: 'Author',
      objects: { paper: { create: true, read: 'all', update: 'all' }, user: { read: 'all' } },
    },
    reader: { name: 'reader', label: 'Reader', objects: { paper: { read: 'all' } } },
  },
  queue: {
    desk: {
      ...{ name: 'desk', label: 'Desk', object: 'paper', members: { roles: { reader: true } } },
      ...{ assignment: 'pull', capacity: 1 },
    },
    counter: {
      ...{ name: 'counter', label: 'Counter', object: 'paper', members: { roles: { reader: true } } },
      ...{ assignment: 'round_robin', capacity: 1 },
    },
  },
  process: {
    publishing: {
      name: 'publishing',
      label: 'Publishing',
      object: 'paper',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'author',
      events: { ask: { label: 'Ask' }, pull: { label: 'Pull' }, hand: { label: 'Hand' } },
      machine: {
        initial: 'draft',
        states: {
          draft: { meta: { label: 'Draft' }, on: { ask: 'asked', pull: 'pulled', hand: 'handed' } },
          asked: {
            meta: { label: 'Asked' },
            invoke: {
              id: 'superiors',
              src: 'approval',
              input: {
                title: 'Approve',
                levels: {
                  line: { label: 'Line', approvers: { line: { superiors: 2 } }, in_turn: true },
                  last: { label: 'Last', approvers: { readers: { role: 'reader' } }, decide: 'any' },
                },
                deadline: { after: 'P5D', do: 'reject' },
                return: { to_requester: true, to_levels: true },
                withdraw: 'any_time',
              },
              onDone: [
                { guard: when("event.output.outcome == 'approved'"), target: 'printed' },
                { guard: when("event.output.outcome == 'returned'"), target: 'draft' },
                { guard: when("event.output.outcome == 'withdrawn'"), target: 'draft' },
                { target: 'burnt' },
              ],
            },
          },
          pulled: {
            meta: { label: 'Pulled' },
            invoke: { id: 'read', src: 'task', input: { title: 'Read', queue: 'desk' }, onDone: 'printed' },
          },
          handed: {
            meta: { label: 'Handed' },
            invoke: {
              id: 'look',
              src: 'task',
              input: { title: 'Look', queue: 'counter' },
              onDone: 'printed',
            },
          },
          printed: ended('Printed'),
          burnt: ended('Burnt'),
        },
      },
    },
  },
})

const theatre = await openTheatre({ model })
afterAll(() => theatre.close())
const play = simulation(theatre, 'publishing', model)

const hour = 3_600_000
const people = {
  top: { roles: ['reader'] },
  mid: { roles: ['reader'], manager: 'top' },
  ann: { roles: ['author'], manager: 'mid' },
}
const only = (event: string) => ({
  people,
  cases: { every: 'PT1H', by: ['ann'] },
  events: Object.fromEntries(
    ['ask', 'pull', 'hand'].map((name) => [name, { weight: name === event ? 1 : 0, after: 'PT1H' }]),
  ),
  states: { asked: { nothing: 0 } },
})

describe('an approval in levels', () => {
  it('goes up the line and to the last level, each asked in his turn', async () => {
    const { report } = await play(
      {
        ...only('ask'),
        invoked: { superiors: { after: 'PT2H', outcomes: { approved: 1 } } },
      },
      { cases: 4 },
    )
    expect(report.ends).toMatchObject([{ state: 'printed', cases: 4, duration: { median_ms: 7 * hour } }])
    expect(report.work).toMatchObject([
      { invocation: 'superiors', role: 'reader', items: 16, done: 12, closed: 4 },
    ])
  })

  it.each([
    ['returned', 'returned', { returned: expect.any(Number) }],
    ['withdrawn', 'withdrawn', {}],
  ])('is %s as often as it says, which leads back', async (_, outcome, done) => {
    const { report } = await play(
      { ...only('ask'), invoked: { superiors: { after: 'PT2H', outcomes: { [outcome]: 1, rejected: 0 } } } },
      { cases: 2, days: 3 },
    )
    expect(report.refused).toEqual([])
    expect(report.states.find(({ state }) => state === 'draft')?.visits).toBeGreaterThan(6)
    expect(report.work.reduce((all, work) => ({ ...all, ...work.outcomes }), {})).toEqual(done)
  })

  it('is over at its deadline where nobody acts', async () => {
    const { report } = await play(
      { ...only('ask'), states: { asked: { work: 0, nothing: 1 } } },
      { cases: 2 },
    )
    expect(report.ends).toMatchObject([{ state: 'burnt', cases: 2, duration: { median_ms: 121 * hour } }])
  })
})

it.each([
  ['pulled from a queue', 'pull', 'read'],
  ['handed out by a queue', 'hand', 'look'],
])('work is %s, by each as much as he has room for', async (_, event, invocation) => {
  const { report } = await play(
    {
      ...only(event),
      cases: { every: 'PT0S', by: ['ann'] },
      invoked: { [invocation]: { after: 'PT1H', takes: 'PT2H' } },
    },
    { cases: 6 },
  )
  expect(report.cases).toMatchObject({ ended: 6, failed: 0 })
  expect(report.refused).toEqual([])
  expect(report.people.map(({ done, busy_ms: busy }) => [done, busy])).toEqual([
    [3, 6 * hour],
    [3, 6 * hour],
  ])
})
