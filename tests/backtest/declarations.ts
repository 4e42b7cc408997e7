import type { modelFromDocuments } from '../../platform/definitions/index.ts'

export type Documents = Parameters<typeof modelFromDocuments>[0]

const when = (expression: string) => ({ type: 'when', params: { expression } })

/** Offers that are approved above 1000, answered by the customer, or expire after two weeks. */
export const declarations = {
  object: {
    customer: {
      name: 'customer',
      label: 'Customer',
      plural: 'Customers',
      name_field: 'name',
      fields: {
        name: { type: 'text', required: true },
        level: { type: 'choice', choices: { key: {}, plain: {} } },
        offers: { type: 'rollup', of: 'offer.customer', function: 'count', returns: 'integer' },
      },
    },
    offer: {
      name: 'offer',
      label: 'Offer',
      plural: 'Offers',
      name_field: 'title',
      lifecycle: 'offering',
      fields: {
        title: { type: 'text', required: true },
        state: { type: 'state' },
        amount: { type: 'money' },
        customer: { type: 'reference', to: 'customer' },
        rank: { type: 'integer' },
        rows: { type: 'lines', of: 'offer_row.offer' },
        size: { type: 'rollup', of: 'offer_row.offer', function: 'count', returns: 'integer' },
        value: { type: 'rollup', of: 'offer_row.offer', function: 'sum', field: 'price', returns: 'money' },
        doubled: { type: 'formula', returns: 'money', expression: 'record.amount * 2' },
      },
    },
    offer_row: {
      name: 'offer_row',
      label: 'Row',
      plural: 'Rows',
      name_field: 'text',
      parent: 'offer',
      ownership: 'none',
      fields: {
        offer: { type: 'reference', to: 'offer', required: true },
        text: { type: 'text' },
        price: { type: 'money' },
      },
    },
  },
  role: {
    seller: {
      name: 'seller',
      label: 'Seller',
      objects: { '*': { create: true, read: 'all', update: 'all', delete: 'all' } },
    },
    boss: { name: 'boss', label: 'Boss', objects: { '*': { create: true, read: 'all', update: 'all' } } },
  },
  process: {
    offering: {
      name: 'offering',
      label: 'Offering',
      object: 'offer',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'boss',
      context: { rounds: 0 },
      events: {
        submit: { label: 'Submit' },
        extend: { label: 'Extend' },
        answer: { label: 'Answer', form: { accepted: { type: 'boolean', required: true } } },
      },
      entries: { legacy: { label: 'Legacy', states: ['sent'], allowed_roles: { seller: true } } },
      machine: {
        initial: 'draft',
        states: {
          draft: {
            meta: { label: 'Draft' },
            on: {
              extend: {
                actions: [
                  {
                    type: 'create',
                    params: {
                      object: 'offer_row',
                      values: { offer: 'record', text: "'extra'", price: '10' },
                    },
                  },
                  { type: 'set', params: { values: { rank: 'record.rank == null ? 1 : record.rank + 1' } } },
                ],
              },
              submit: [
                {
                  guard: when('record.amount > 1000'),
                  target: 'in_approval',
                  actions: [{ type: 'assign', params: { values: { rounds: 'context.rounds + 1' } } }],
                },
                { target: 'sent' },
              ],
            },
          },
          in_approval: {
            meta: { label: 'In approval' },
            invoke: {
              id: 'approve',
              src: 'approval',
              input: { title: 'Approve', candidate_role: 'boss' },
              onDone: [
                { guard: when("event.output.outcome == 'approved'"), target: 'sent' },
                { target: 'draft' },
              ],
            },
          },
          sent: {
            meta: { label: 'Sent' },
            entry: [{ type: 'set', params: { values: { rank: '1' } } }],
            on: { answer: [{ guard: when('event.accepted'), target: 'won' }, { target: 'lost' }] },
            after: { P14D: 'lost' },
          },
          won: { type: 'final', meta: { label: 'Won' } },
          lost: { type: 'final', meta: { label: 'Lost' } },
        },
      },
    },
  },
} satisfies Documents
