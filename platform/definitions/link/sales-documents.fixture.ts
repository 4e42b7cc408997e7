import type { GivenDocuments } from './complete-documents.ts'

/** A small, sound tenant: accounts, opportunities, a process, a role, a view and an app. */
export const salesDocuments: GivenDocuments = {
  object: {
    account: {
      name: 'account',
      label: 'Account',
      plural: 'Accounts',
      name_field: 'name',
      fields: {
        name: { type: 'text', required: true, unique: true },
        sector: { type: 'choice', choices: { retail: {}, industry: {} } },
        won: {
          type: 'rollup',
          of: 'opportunity.account',
          function: 'sum',
          field: 'amount',
          returns: 'money',
          where: "record.stage == 'won'",
        },
      },
    },
    opportunity: {
      name: 'opportunity',
      label: 'Opportunity',
      plural: 'Opportunities',
      name_field: 'title',
      lifecycle: 'pipeline',
      fields: {
        title: { type: 'text', required: true },
        account: { type: 'reference', to: 'account' },
        amount: { type: 'money' },
        probability: { type: 'percent', minimum: 0, maximum: 100 },
        expected: {
          type: 'formula',
          returns: 'money',
          expression: 'record.amount * record.probability / 100',
        },
        account_sector: { type: 'formula', returns: 'text', expression: 'record.account.sector' },
        close_on: { type: 'date', required_when: "record.stage == 'won'" },
        stage: { type: 'state' },
      },
      validations: {
        future: {
          invalid_when: 'record.close_on < date(record.created_at)',
          at: 'close_on',
          message: 'Closes before it opened.',
        },
      },
    },
  },
  role: {
    seller: {
      name: 'seller',
      label: 'Seller',
      objects: {
        opportunity: {
          create: true,
          read: { where: 'record.owner == user || record.owner == user.id' },
          update: 'own',
          fields: { probability: 'read' },
        },
        '*': { read: 'all' },
      },
    },
  },
  view: {
    open_opportunities: {
      name: 'open_opportunities',
      object: 'opportunity',
      label: 'Open',
      type: 'list',
      columns: ['title', 'account.name', 'owner.team.name'],
      filter: "record.stage == 'open'",
      sort: [{ field: 'amount', direction: 'descending' }],
      totals: { amount: 'sum' },
    },
  },
  app: {
    sales: {
      name: 'sales',
      label: 'Sales',
      roles: { seller: true },
      items: { opportunities: { object: 'opportunity', view: 'open_opportunities' } },
    },
  },
  process: {
    pipeline: {
      name: 'pipeline',
      label: 'Pipeline',
      object: 'opportunity',
      state_field: 'stage',
      starts: 'on_create',
      run_as: 'seller',
      events: {
        win: { label: 'Win', form: { amount: { type: 'decimal', required: true } } },
        lose: { label: 'Lose', allowed_roles: { seller: true } },
      },
      machine: {
        initial: 'open',
        states: {
          open: {
            meta: { label: 'Open' },
            on: {
              win: [
                { guard: { type: 'when', params: { expression: 'event.amount > 1000' } }, target: 'review' },
                { target: 'won', actions: [{ type: 'set', params: { values: { probability: '100' } } }] },
              ],
              lose: 'lost',
            },
            after: { P30D: 'lost' },
          },
          review: {
            meta: { label: 'Review' },
            invoke: {
              id: 'approve',
              src: 'approval',
              input: {
                title: 'Approve the win',
                assignee: 'record.owner.manager',
                form: { comment: { type: 'long_text' } },
              },
              onDone: [
                {
                  guard: { type: 'when', params: { expression: "event.output.outcome == 'approved'" } },
                  target: 'won',
                },
                { target: 'open', actions: [{ type: 'note', params: { text: 'event.output.comment' } }] },
              ],
            },
          },
          won: { type: 'final', meta: { label: 'Won' } },
          lost: { type: 'final', meta: { label: 'Lost' } },
        },
      },
    },
  },
}
