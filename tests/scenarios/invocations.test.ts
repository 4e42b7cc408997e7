import { afterAll, expect, it } from 'vitest'
import { openTheatre } from '../../platform/background/scenarios/index.ts'
import { buildModel, describeProblem } from '../../platform/definitions/index.ts'

const { model, problems } = buildModel({
  plugins: { actions: ['post.label'] },
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
          track: { type: 'text' },
          state: { type: 'state' },
        },
      },
    },
    role: {
      clerk: {
        name: 'clerk',
        label: 'Clerk',
        objects: { parcel: { create: true, read: 'all', update: 'all' } },
      },
    },
    process: {
      shipping: {
        name: 'shipping',
        label: 'Shipping',
        object: 'parcel',
        state_field: 'state',
        starts: 'on_create',
        run_as: 'clerk',
        machine: {
          initial: 'unpaid',
          states: {
            unpaid: {
              meta: { label: 'Unpaid' },
              invoke: {
                id: 'payment',
                src: 'wait_for',
                input: { until: 'record.is_paid == true' },
                onDone: 'packing',
                onError: 'lost',
              },
            },
            packing: {
              meta: { label: 'Packing' },
              invoke: {
                id: 'label',
                src: 'call',
                input: { action: 'post.label', values: { title: 'record.title' } },
                onDone: {
                  target: 'sent',
                  actions: [{ type: 'set', params: { values: { track: 'string(event.output.track)' } } }],
                },
                onError: 'lost',
              },
            },
            sent: { type: 'final', meta: { label: 'Sent' } },
            lost: { type: 'final', meta: { label: 'Lost' } },
          },
        },
      },
    },
  },
})
if (model === undefined) throw new Error(problems.map(describeProblem).join('\n'))
const theatre = await openTheatre({
  model,
  callAction: (_, { values }) => Promise.resolve({ track: `track of ${String(values.title)}` }),
})
afterAll(() => theatre.close())

it('a process hears at once of what it waited for, and of what a plugin did', async () => {
  const departure = await theatre.play({
    label: 'Test',
    people: { ann: { roles: ['clerk'] } },
    steps: [
      { do: 'create', by: 'ann', object: 'parcel', as: 'box', values: { title: 'Box' } },
      { do: 'expect', record: 'box', state: 'unpaid' },
      { do: 'update', by: 'ann', record: 'box', values: { is_paid: true } },
      { do: 'expect', record: 'box', state: 'sent', values: { track: 'track of Box' } },
    ],
  })
  expect(departure).toBeUndefined()
})
