import type { modelFromDocuments } from '../../../platform/definitions/index.ts'

/** Tickets of clients: an event with a guard writes both and sets a timer; the chief approves. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    client: {
      name: 'client',
      label: 'Client',
      plural: 'Clients',
      name_field: 'name',
      ownership: 'none',
      fields: { name: { type: 'text', required: true }, active: { type: 'integer' } },
    },
    ticket: {
      name: 'ticket',
      label: 'Ticket',
      plural: 'Tickets',
      name_field: 'title',
      lifecycle: 'handling',
      ownership: 'none',
      fields: {
        title: { type: 'text', required: true },
        state: { type: 'state' },
        amount: { type: 'integer' },
        client: { type: 'reference', to: 'client' },
      },
    },
  },
  role: {
    agent: {
      name: 'agent',
      label: 'Agent',
      objects: {
        ticket: { create: true, read: 'all', update: 'all' },
        client: { read: 'all', update: 'all' },
      },
    },
  },
  process: {
    handling: {
      name: 'handling',
      label: 'Handling',
      object: 'ticket',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'agent',
      events: { work: { label: 'Work', form: { amount: { type: 'integer', required: true } } } },
      machine: {
        initial: 'open',
        states: {
          open: {
            meta: { label: 'Open' },
            on: {
              work: {
                guard: { type: 'when', params: { expression: 'event.amount > 0' } },
                target: 'active',
                actions: [
                  { type: 'set', params: { values: { amount: 'event.amount' } } },
                  {
                    type: 'update',
                    params: { target: 'record.client', values: { active: 'event.amount' } },
                  },
                ],
              },
            },
          },
          active: { meta: { label: 'Active' }, after: { P2D: 'asking' } },
          asking: {
            meta: { label: 'Asking' },
            invoke: {
              id: 'ask',
              src: 'approval',
              input: { title: 'May it be closed?', candidate_role: 'agent' },
              onDone: 'closed',
            },
          },
          closed: { type: 'final', meta: { label: 'Closed' } },
        },
      },
    },
  },
}
