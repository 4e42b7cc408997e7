import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const role = (name: string, ticket: object) => ({
  name,
  label: name,
  objects: { ticket: { create: true, read: 'all', ...ticket }, note: {}, user: { read: 'all' } },
})

/** Tickets that everybody sees, and that some may change: the own ones, those of the team, the urgent ones. */
export const mayDeclarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    ticket: {
      name: 'ticket',
      label: 'Ticket',
      plural: 'Tickets',
      name_field: 'title',
      lifecycle: 'handling',
      fields: {
        title: { type: 'text', required: true },
        urgent: { type: 'boolean', default: false },
        state: { type: 'state' },
        notes: { type: 'lines', of: 'note.ticket' },
      },
    },
    note: {
      name: 'note',
      label: 'Note',
      plural: 'Notes',
      name_field: 'text',
      parent: 'ticket',
      ownership: 'none',
      fields: { ticket: { type: 'reference', to: 'ticket', required: true }, text: { type: 'text' } },
    },
  },
  role: {
    own: role('own', { update: 'own', delete: 'own' }),
    team: role('team', { update: 'team' }),
    checker: role('checker', { update: { where: 'record.urgent' } }),
    robot: role('robot', { update: 'all' }),
  },
  process: {
    handling: {
      name: 'handling',
      label: 'Handling',
      object: 'ticket',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: {
        close: { label: 'Close' },
        ask: { label: 'Ask' },
        watch: { label: 'Watch', needs: 'read' },
        peek: { label: 'Peek', needs: 'read', allowed_when: 'record.urgent' },
      },
      machine: {
        initial: 'open',
        states: {
          open: {
            meta: { label: 'Open' },
            on: { close: 'closed', ask: 'asked', watch: {}, peek: {} },
          },
          asked: {
            meta: { label: 'Asked' },
            invoke: {
              id: 'asking',
              src: 'process',
              input: { process: 'asking' },
              onDone: 'open',
              onError: 'open',
            },
            on: { close: 'closed', watch: {} },
          },
          closed: { type: 'final', meta: { label: 'Closed' } },
        },
      },
    },
    asking: {
      name: 'asking',
      label: 'Asking',
      object: 'ticket',
      events: { answer: { label: 'Answer' } },
      machine: {
        initial: 'waiting',
        states: {
          waiting: { meta: { label: 'Waiting' }, on: { answer: 'answered' } },
          answered: { type: 'final', meta: { label: 'Answered' } },
        },
      },
    },
  },
}
