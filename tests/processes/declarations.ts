import type { modelFromDocuments } from '../../platform/definitions/index.ts'

/** Offers that are approved above an amount, sent, answered or expire; an answer makes a job with the rows. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
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
        reviewer: { type: 'user' },
        job: { type: 'reference', to: 'job', read_only: true },
        sent_on: { type: 'date', read_only: true },
        rows: { type: 'lines', of: 'offer_row.offer' },
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
        text: { type: 'text', required: true },
        quantity: { type: 'decimal', required: true },
      },
    },
    job: {
      name: 'job',
      label: 'Job',
      plural: 'Jobs',
      name_field: 'title',
      lifecycle: 'working',
      fields: {
        title: { type: 'text', required: true },
        state: { type: 'state' },
        rows: { type: 'lines', of: 'job_row.job' },
      },
    },
    job_row: {
      name: 'job_row',
      label: 'Row',
      plural: 'Rows',
      name_field: 'text',
      parent: 'job',
      ownership: 'none',
      fields: {
        job: { type: 'reference', to: 'job', required: true },
        text: { type: 'text', required: true },
        quantity: { type: 'decimal', required: true },
      },
    },
  },
  role: {
    seller: {
      name: 'seller',
      label: 'Seller',
      objects: {
        offer: { create: true, read: 'all', update: 'own' },
        job: { read: 'all' },
        user: { read: 'all' },
      },
    },
    boss: {
      name: 'boss',
      label: 'Boss',
      objects: {
        offer: { create: true, read: 'all', update: 'all' },
        job: { read: 'all', update: 'all', create: true },
        user: { read: 'all' },
      },
    },
    robot: {
      name: 'robot',
      label: 'Robot',
      objects: {
        offer: { read: 'all', update: 'all' },
        job: { create: true, read: 'all', update: 'all' },
        user: { read: 'all' },
      },
    },
    looker: { name: 'looker', label: 'Looker', objects: { offer: { read: 'all' } } },
  },
  process: {
    offering: {
      name: 'offering',
      label: { en: 'Offering', 'zh-CN': '报价' },
      object: 'offer',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      context: { rounds: 0 },
      events: {
        submit: { label: 'Submit', allowed_when: 'record.amount != null' },
        answer: {
          label: 'Answer',
          form: {
            accepted: { type: 'boolean', required: true },
            reason: { type: 'text', required_when: '!event.accepted', visible_when: '!event.accepted' },
          },
        },
        discard: { label: 'Discard', allowed_roles: { boss: true } },
      },
      entries: {
        legacy: { label: 'Legacy', states: ['sent', 'won', 'lost'], allowed_roles: { boss: true } },
      },
      machine: {
        initial: 'draft',
        on: { discard: '.lost' },
        states: {
          draft: {
            meta: { label: 'Draft' },
            on: {
              submit: [
                {
                  guard: { type: 'when', params: { expression: 'record.amount > 1000' } },
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
              id: 'approve_offer',
              src: 'approval',
              input: {
                title: 'Approve the offer',
                candidate_role: 'boss',
                due: 'P2D',
                form: { limit: { type: 'integer' } },
              },
              onDone: [
                {
                  guard: { type: 'when', params: { expression: "event.output.outcome == 'approved'" } },
                  target: 'sent',
                },
                {
                  target: 'draft',
                  actions: [
                    { type: 'note', params: { text: "'Rejected: ' + event.output.comment" } },
                    {
                      type: 'notify',
                      params: { to: 'record.owner', text: "'Rejected in round ' + string(context.rounds)" },
                    },
                  ],
                },
              ],
            },
          },
          sent: {
            meta: { label: 'Sent' },
            entry: [{ type: 'set', params: { values: { sent_on: 'today()' } } }],
            on: {
              answer: [
                {
                  guard: { type: 'when', params: { expression: 'event.accepted' } },
                  target: 'won',
                  actions: [
                    {
                      type: 'create',
                      params: {
                        object: 'job',
                        as: 'job',
                        values: { title: "'Job for ' + record.title", owner: 'record.owner' },
                        lines: {
                          field: 'rows',
                          from: 'record.rows',
                          values: { text: 'row.text', quantity: 'row.quantity' },
                        },
                      },
                    },
                    { type: 'set', params: { values: { job: 'created.job' } } },
                    { type: 'send', params: { target: 'created.job', event: 'plan', values: {} } },
                  ],
                },
                { target: 'lost', actions: [{ type: 'note', params: { text: 'event.reason' } }] },
              ],
            },
            after: { P14D: { target: 'lost', actions: [{ type: 'note', params: { text: "'Expired'" } }] } },
          },
          won: { type: 'final', meta: { label: 'Won' } },
          lost: { type: 'final', meta: { label: 'Lost' } },
        },
      },
    },
    working: {
      name: 'working',
      label: 'Working',
      object: 'job',
      state_field: 'state',
      starts: 'on_create',
      events: { plan: { label: 'Plan' }, finish: { label: 'Finish' } },
      machine: {
        initial: 'new',
        states: {
          new: { meta: { label: 'New' }, on: { plan: 'planned' } },
          planned: { meta: { label: 'Planned' }, on: { finish: 'done' } },
          done: { type: 'final', meta: { label: 'Done' } },
        },
      },
    },
  },
}
