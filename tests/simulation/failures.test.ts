import { afterAll, expect, it } from 'vitest'
import { openTheatre } from '../../platform/background/stage/index.ts'
import { buildModel, describeProblem } from '../../platform/definitions/index.ts'
import { simulation } from './declarations.ts'

const call = { type: 'call', params: { action: 'bell.ring', values: { name: 'record.title' } } }

const { model, problems } = buildModel({
  plugins: { actions: ['bell.ring'] },
  documents: {
    object: {
      door: {
        name: 'door',
        label: 'Door',
        plural: 'Doors',
        name_field: 'title',
        lifecycle: 'visiting',
        fields: {
          title: { type: 'text', required: true },
          rings: { type: 'integer' },
          state: { type: 'state' },
        },
      },
    },
    role: {
      guest: {
        name: 'guest',
        label: 'Guest',
        objects: { door: { create: true, read: 'all', update: 'all' }, user: { read: 'all' } },
      },
    },
    process: {
      visiting: {
        name: 'visiting',
        label: 'Visiting',
        object: 'door',
        state_field: 'state',
        starts: 'on_create',
        run_as: 'guest',
        context: { turns: 0 },
        events: { ring: { label: 'Ring' }, wait: { label: 'Wait' }, turn: { label: 'Turn' } },
        machine: {
          initial: 'closed',
          states: {
            closed: {
              meta: { label: 'Closed' },
              on: { ring: { target: 'open', actions: [call] }, wait: 'waiting', turn: 'turning' },
            },
            waiting: { meta: { label: 'Waiting' }, after: { PT1H: { target: 'open', actions: [call] } } },
            turning: {
              meta: { label: 'Turning' },
              always: {
                guard: { type: 'when', params: { expression: 'record.rings == null' } },
                target: 'round',
              },
              on: { ring: 'open' },
            },
            round: {
              meta: { label: 'Round' },
              always: {
                guard: { type: 'when', params: { expression: 'record.rings == null' } },
                target: 'turning',
              },
              on: { ring: 'open' },
            },
            open: { type: 'final', meta: { label: 'Open' } },
          },
        },
      },
    },
  },
})
if (model === undefined) throw new Error(problems.map(describeProblem).join('\n'))

/** The bell of every third door is broken. */
const theatre = await openTheatre({
  model,
  callAction: (_, { values }) =>
    String(values.name).endsWith('3')
      ? Promise.reject(new Error('The bell is broken.'))
      : Promise.resolve({}),
})
afterAll(() => theatre.close())
const play = simulation(theatre, 'visiting', model)

const doors = (event: string) => ({
  people: { ann: { roles: ['guest'] } },
  cases: { every: 'PT1H', values: { title: 'Door {index}', rings: null } },
  events: Object.fromEntries(
    ['ring', 'wait', 'turn'].map((name) => [name, { weight: name === event ? 1 : 0, after: 'PT1H' }]),
  ),
})

it.each([
  ['an event', 'ring', 'event ring'],
  ['a timer', 'wait', 'timer'],
])('%s that fails ends its case, whose path is shown', async (_, event, what) => {
  const { report, paths } = await play(doors(event), { cases: 5, days: 10 })
  expect(report.cases).toMatchObject({ begun: 5, ended: 4, open: 0, failed: 1 })
  expect(report.failed).toMatchObject([{ case: 3, what, message: 'The bell is broken.' }])
  expect(paths.map((each) => each.case)).toEqual([3])
  expect(paths[0]?.path.at(-1)).toMatchObject({ refused: 'failed: The bell is broken.' })
})

it('a machine that does not come to rest fails its case', async () => {
  const { report } = await play(doors('turn'), { cases: 1 })
  expect(report.failed).toMatchObject([
    { case: 1, what: 'event turn', message: expect.stringContaining('does not come to rest') },
  ])
})
