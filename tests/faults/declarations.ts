import type { modelFromDocuments } from '../../platform/definitions/index.ts'

/** Leaves a mark of the passage: numbered by the instance's own count, with the key that the sender gave. */
function passage(kind: string, key = 'null') {
  return [
    { type: 'assign', params: { values: { count: 'context.count + 1' } } },
    { type: 'set', params: { values: { hits: 'context.count', last_kind: `'${kind}'` } } },
    {
      type: 'create',
      params: {
        object: 'mark',
        values: { parcel: 'record.id', number: 'context.count', kind: `'${kind}'`, key },
      },
    },
    { type: 'note', params: { text: `'${kind} ' + string(context.count)` } },
  ]
}

/** Where the carrier of the tests listens; nobody does where no request is to be sent. */
const nobody = 'http://127.0.0.1:9/'

/**
 * Parcels that are sent out, looked at by a clerk or given up after a second, rest for a second and begin anew. Every
 * transition writes the record, a mark, a note and a step, and one asks a carrier outside, so whatever happens twice or by
 * half is seen. Guards read
 * only the event and the memory: a log of steps can be replayed without the record.
 */
export const declarationsFor = (carrier: string = nobody): Parameters<typeof modelFromDocuments>[0] => ({
  connection: {
    carrier: {
      name: 'carrier',
      label: 'Carrier',
      base_url: carrier,
      methods: ['POST'],
      private_addresses: true,
      timeout: 'PT2S',
      retry: { attempts: 50, first: 'PT1S', longest: 'PT1S' },
    },
  },
  object: {
    parcel: {
      name: 'parcel',
      label: 'Parcel',
      plural: 'Parcels',
      name_field: 'title',
      lifecycle: 'shipping',
      fields: {
        title: { type: 'text', required: true },
        state: { type: 'state' },
        hits: { type: 'integer', read_only: true },
        last_kind: { type: 'text', read_only: true },
      },
    },
    mark: {
      name: 'mark',
      label: 'Mark',
      plural: 'Marks',
      name_field: 'kind',
      fields: {
        parcel: { type: 'reference', to: 'parcel', required: true },
        number: { type: 'integer', required: true },
        kind: { type: 'text', required: true },
        key: { type: 'text' },
      },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      objects: {
        parcel: { create: true, read: 'all', update: 'all' },
        mark: { read: 'all' },
        user: { read: 'all' },
      },
    },
    robot: {
      name: 'robot',
      label: 'Robot',
      objects: { parcel: { read: 'all', update: 'all' }, mark: { create: true, read: 'all' } },
    },
  },
  process: {
    shipping: {
      name: 'shipping',
      label: 'Shipping',
      object: 'parcel',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      context: { count: 0 },
      events: {
        go: { label: 'Go', form: { key: { type: 'text', required: true }, size: { type: 'integer' } } },
        recall: { label: 'Recall', form: { key: { type: 'text', required: true } } },
      },
      machine: {
        initial: 'idle',
        states: {
          idle: {
            meta: { label: 'Idle' },
            on: {
              go: {
                guard: { type: 'when', params: { expression: 'event.size >= 0' } },
                target: 'looked_at',
                actions: [
                  ...passage('go', 'event.key'),
                  {
                    type: 'request',
                    params: {
                      connection: 'carrier',
                      method: 'POST',
                      path: 'pick-ups',
                      body: { key: 'event.key', parcel: 'record.id' },
                    },
                  },
                ],
              },
            },
            after: { P30D: 'lost' },
          },
          looked_at: {
            meta: { label: 'Looked at' },
            invoke: {
              id: 'look',
              src: 'task',
              input: { title: 'Look at it', candidate_role: 'clerk' },
              onDone: { target: 'resting', actions: passage('done') },
            },
            on: { recall: { target: 'idle', actions: passage('recall', 'event.key') } },
            after: { PT1S: { target: 'idle', actions: passage('given_up') } },
          },
          resting: {
            meta: { label: 'Resting' },
            after: { PT1S: { target: 'idle', actions: passage('rested') } },
          },
          lost: { type: 'final', meta: { label: 'Lost' } },
        },
      },
    },
  },
})
