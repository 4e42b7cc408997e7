import { afterAll, expect, it } from 'vitest'
import { buildModel, describeProblem } from '../../platform/definitions/index.ts'
import { openTheatre } from '../../platform/background/stage/index.ts'
import { simulation } from './declarations.ts'

const state = (label: string, more: object = {}) => ({ meta: { label }, ...more })
const onError = 'lost'
const clerk = { roles: ['clerk'] }

/**
 * Parcels that are packed and weighed side by side, whose fee an outside system tells, which wait for their payment, go
 * through the hands of a part, and are sent off by a plugin.
 */
const { model, problems } = buildModel({
  plugins: { actions: ['post.send'] },
  documents: {
    object: {
      parcel: {
        name: 'parcel',
        label: 'Parcel',
        plural: 'Parcels',
        name_field: 'title',
        lifecycle: 'shipping',
        fields: {
          title: { type: 'text', required: true },
          is_paid: { type: 'boolean' },
          fee: { type: 'integer' },
          state: { type: 'state' },
        },
      },
    },
    connection: {
      rates: { name: 'rates', label: 'Rates', base_url: 'https://rates.invalid/', methods: ['GET'] },
    },
    role: {
      clerk: {
        name: 'clerk',
        label: 'Clerk',
        objects: { parcel: { create: true, read: 'all', update: 'all' }, user: { read: 'all' } },
      },
    },
    process: {
      customs: {
        name: 'customs',
        label: 'Customs',
        object: 'parcel',
        run_as: 'clerk',
        events: { clear: { label: 'Clear' } },
        machine: {
          initial: 'held',
          states: {
            held: state('Held', { on: { clear: 'cleared' } }),
            cleared: { type: 'final', ...state('Cleared') },
          },
        },
      },
      shipping: {
        name: 'shipping',
        label: 'Shipping',
        object: 'parcel',
        state_field: 'state',
        starts: 'on_create',
        run_as: 'clerk',
        events: { pack: { label: 'Pack' }, weigh: { label: 'Weigh' } },
        machine: {
          initial: 'preparing',
          states: {
            preparing: state('Preparing', {
              type: 'parallel',
              onDone: 'priced',
              states: {
                packing: {
                  initial: 'loose',
                  states: {
                    loose: state('Loose', { on: { pack: 'packed' } }),
                    packed: { type: 'final', ...state('Packed') },
                  },
                },
                weighing: {
                  initial: 'unknown',
                  states: {
                    unknown: state('Unknown', { on: { weigh: 'known' } }),
                    known: { type: 'final', ...state('Known') },
                  },
                },
              },
            }),
            priced: state('Priced', {
              invoke: {
                id: 'rate',
                src: 'request',
                input: { connection: 'rates', method: 'GET', path: 'rate' },
                onDone: {
                  target: 'unpaid',
                  actions: [{ type: 'set', params: { values: { fee: 'int(event.output.body.fee)' } } }],
                },
                onError,
              },
            }),
            unpaid: state('Unpaid', {
              invoke: {
                id: 'payment',
                src: 'wait_for',
                input: { until: 'record.is_paid == true' },
                onDone: 'border',
                onError,
              },
            }),
            border: state('Border', {
              invoke: {
                id: 'customs',
                src: 'process',
                input: { process: 'customs' },
                onDone: 'leaving',
                onError,
              },
            }),
            leaving: state('Leaving', {
              invoke: {
                id: 'send',
                src: 'call',
                input: { action: 'post.send', values: { fee: 'record.fee' } },
                onDone: 'sent',
                onError,
              },
            }),
            sent: { type: 'final', ...state('Sent') },
            lost: { type: 'final', ...state('Lost') },
          },
        },
      },
    },
  },
})
if (model === undefined) throw new Error(problems.map(describeProblem).join('\n'))

const theatre = await openTheatre({
  model,
  callAction: (_, { values }) =>
    values.fee === 13 ? Promise.reject(new Error('No stamps.')) : Promise.resolve({}),
})
afterAll(() => theatre.close())
const play = simulation(theatre, 'shipping', model)

const hour = 3_600_000
const calm = {
  people: { ann: clerk },
  cases: { every: 'PT1H', values: { is_paid: false } },
  events: { pack: { after: 'PT2H' }, weigh: { after: 'PT3H' }, clear: { after: 'PT1H' } },
} as const

it('regions go on side by side, answers and changes come, parts are played, and plugins called', async () => {
  const { report, paths } = await play(
    {
      ...calm,
      people: { ann: clerk, bob: clerk },
      cases: { ...calm.cases, by: ['ann'] },
      invoked: {
        rate: {
          ...{ after: 'PT1H', outcomes: { done: 1 } },
          answer: { status: 201, body: { fee: { integer: [1, 12] } } },
        },
        payment: { after: 'PT5H', update: { is_paid: true }, by: ['bob'] },
      },
    },
    { cases: 6, shown: 4 },
  )
  expect(report.ends).toEqual([
    { state: 'sent', cases: 6, share: 1, duration: { count: 6, median_ms: 10 * hour, p90_ms: 10 * hour } },
  ])
  expect(report.states.find((each) => each.process === 'customs' && each.state === 'held')).toMatchObject({
    visits: 6,
  })
  const path = paths[0]?.path ?? []
  expect(path.find(({ what }) => what === 'rate done')?.values).toMatchObject({ status: 201 })
  expect(path.find(({ what }) => what === 'change for payment')).toMatchObject({
    by: 'bob',
    values: { is_paid: true },
  })
  const never = report.transitions.filter(({ taken }) => taken === 0).map(({ from, on }) => `${from} ${on}`)
  expect(never).toEqual([
    'priced rate failed',
    'unpaid payment failed',
    'border customs failed',
    'leaving send failed',
  ])
})

it('a request fails as often as it says, and what nobody changes is waited for', async () => {
  const { report } = await play(
    { ...calm, invoked: { rate: { after: 'PT1H', outcomes: { done: 1, failed: 3 } } } },
    { cases: 40, days: 30 },
  )
  expect(report.ends.map(({ state }) => state)).toEqual(['lost'])
  expect(report.cases.ended).toBeGreaterThan(22)
  expect(report.cases.ended).toBeLessThan(38)
  expect(report.open).toMatchObject([{ state: 'unpaid', why: 'payment is waited for' }])
})

it('what a plugin cannot do is a failure of the process, which hears of it', async () => {
  const { report } = await play(
    {
      ...calm,
      invoked: {
        rate: { outcomes: { done: 1 }, answer: { body: { fee: 13 } } },
        payment: { update: { is_paid: true } },
      },
    },
    { cases: 2 },
  )
  expect(report.ends).toMatchObject([{ state: 'lost', cases: 2 }])
})
