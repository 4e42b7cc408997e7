import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const waitsIn = (queue: string) => ({
  meta: { label: 'Waiting' },
  invoke: {
    id: queue,
    src: 'task',
    input: { title: { en: 'Answer', 'zh-CN': '答复' }, queue },
    onDone: 'closed',
  },
  on: { withdraw: 'closed' },
})

/** Questions of customers, each of which waits in the queue that it names. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  choice_set: {
    skill: { name: 'skill', choices: { german: {}, law: {}, telex: { retired: true } } },
  },
  object: {
    customer: {
      name: 'customer',
      label: 'Customer',
      plural: 'Customers',
      name_field: 'name',
      fields: { name: { type: 'text', required: true }, level: { type: 'integer' } },
    },
    question: {
      name: 'question',
      label: 'Question',
      plural: 'Questions',
      name_field: 'title',
      lifecycle: 'answering',
      fields: {
        title: { type: 'text', required: true },
        state: { type: 'state' },
        queue: { type: 'text' },
        customer: { type: 'reference', to: 'customer' },
        language: { type: 'text' },
        urgency: { type: 'integer' },
        size: { type: 'integer' },
      },
    },
  },
  role: {
    asker: {
      name: 'asker',
      label: 'Asker',
      objects: {
        question: { create: true, read: 'own', update: 'own' },
        customer: { create: true, read: 'all' },
      },
    },
    agent: { name: 'agent', label: 'Agent', objects: { question: { read: 'all' }, user: { read: 'all' } } },
    expert: { name: 'expert', label: 'Expert', objects: { question: { read: 'all' } } },
    robot: { name: 'robot', label: 'Robot', objects: { question: { read: 'all', update: 'all' } } },
  },
  queue: {
    desk: {
      name: 'desk',
      label: 'Desk',
      object: 'question',
      members: { roles: { agent: true } },
      assignment: 'pull',
      priority: 'record.customer.level == 1 ? 10 : record.urgency',
      ageing: { points: 1, every: 'PT1H' },
      weight: 'record.size',
      capacity: 5,
      rules: {
        german: { when: "record.language == 'de'", skills: { german: 3 } },
        legal: { when: "record.language == 'law'", queue: 'line' },
      },
    },
    line: {
      name: 'line',
      label: 'Line',
      object: 'question',
      members: { roles: { agent: true } },
      assignment: 'round_robin',
      capacity: 3,
      rules: { german: { when: "record.language == 'de'", skills: { german: 3 } } },
      overflow: { to: 'experts', after: 'PT2H', when_nobody: true },
    },
    experts: {
      name: 'experts',
      label: 'Experts',
      object: 'question',
      members: { roles: { expert: true }, teams: { Board: true }, people: { 'zoe@example.com': true } },
      assignment: 'least_loaded',
    },
    friends: {
      name: 'friends',
      label: 'Friends',
      object: 'question',
      members: { roles: { agent: true } },
      assignment: 'sticky',
      sticky_by: 'record.customer',
      otherwise: 'round_robin',
    },
  },
  process: {
    answering: {
      name: 'answering',
      label: 'Answering',
      object: 'question',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: { withdraw: { label: 'Withdraw' } },
      machine: {
        initial: 'sorting',
        states: {
          sorting: {
            meta: { label: 'Sorting' },
            always: [
              ...['desk', 'line', 'friends', 'late'].map((queue) => ({
                guard: { type: 'when', params: { expression: `record.queue == '${queue}'` } },
                target: queue,
              })),
              { target: 'experts' },
            ],
          },
          desk: waitsIn('desk'),
          line: waitsIn('line'),
          friends: waitsIn('friends'),
          experts: waitsIn('experts'),
          late: {
            meta: { label: 'Late' },
            invoke: {
              id: 'late',
              src: 'task',
              input: {
                title: 'Hurry',
                candidate_role: 'agent',
                priority: 'record.urgency',
                due: 'PT1H',
                overdue: {
                  remind: { after: 'PT0S', do: { type: 'notify', params: {} } },
                  tell: {
                    after: 'PT0S',
                    do: { type: 'notify', params: { to: 'record.owner', text: "record.title + ' is late'" } },
                  },
                  urgent: { after: 'PT1H', do: { type: 'raise_priority', params: { by: 20 } } },
                  boss: { after: 'PT2H', do: { type: 'transfer', params: {} } },
                  give_up: { after: 'PT4H', do: { type: 'raise_event', params: { event: 'withdraw' } } },
                },
              },
              onDone: 'closed',
            },
            on: { withdraw: 'closed' },
          },
          closed: { type: 'final', meta: { label: 'Closed' } },
        },
      },
    },
  },
}
