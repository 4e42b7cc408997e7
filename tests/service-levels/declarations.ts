const notify = (text: string) => ({ type: 'notify', params: { to: 'record.owner', text: `'${text}'` } })
const count = { type: 'set', params: { values: { escalations: 'record.escalations + 1' } } }

/** Tickets of customers, with a promise of an answer, one of a solution and one of each next answer. */
export const declarations = {
  calendar: {
    office: {
      name: 'office',
      label: 'Office',
      time_zone: 'UTC',
      shifts: {
        day: {
          days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
          from: '09:00',
          to: '17:00',
        },
      },
    },
  },
  object: {
    customer: {
      name: 'customer',
      label: 'Customer',
      name_field: 'name',
      fields: { name: { type: 'text' }, level: { type: 'choice', choices: { gold: {}, plain: {} } } },
    },
    ticket: {
      name: 'ticket',
      label: 'Ticket',
      name_field: 'title',
      fields: {
        title: { type: 'text' },
        customer: { type: 'reference', to: 'customer' },
        priority: { type: 'choice', choices: { normal: {}, urgent: {} } },
        status: {
          type: 'choice',
          choices: { draft: {}, open: {}, waiting: {}, solved: {} },
          default: 'open',
        },
        received_at: { type: 'datetime' },
        answered_at: { type: 'datetime' },
        reset: { type: 'boolean' },
        asked_by: { type: 'choice', choices: { them: {}, us: {} } },
        escalations: { type: 'integer', default: 0 },
      },
      validations: {
        few: { invalid_when: 'record.escalations > 5', at: 'escalations', message: 'Too many escalations.' },
      },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      objects: { '*': { create: true, read: 'all', update: 'all', delete: 'all' } },
    },
    stranger: { name: 'stranger', label: 'Stranger', objects: { ticket: { read: 'own' } } },
    robot: { name: 'robot', label: 'Robot', objects: { ticket: { read: 'all', update: 'all' } } },
  },
  service_level: {
    gold: {
      name: 'gold',
      label: 'Gold',
      object: 'ticket',
      order: 1,
      applies_when: "record.customer.level == 'gold'",
      promises: {
        answer: {
          label: 'First answer',
          target: 'PT1H',
          starts_when: "record.status != 'draft'",
          stops_when: 'record.answered_at != null',
        },
      },
    },
    care: {
      name: 'care',
      label: 'Care',
      object: 'ticket',
      order: 2,
      calendar: 'office',
      run_as: 'robot',
      promises: {
        answer: {
          label: 'First answer',
          target: 'PT4H',
          targets: { urgent: { when: "record.priority == 'urgent'", target: 'PT2H' } },
          starts_when: "record.status != 'draft'",
          starts_at: 'record.received_at',
          stops_when: 'record.answered_at != null',
          resets_when: 'record.reset',
          warnings: { half: { type: 'share', percent: 50, actions: [notify('Half of the time')] } },
          escalations: {
            late: { type: 'breach', label: 'Owner told', actions: [notify('Late'), count] },
            later: { type: 'after', amount: 'P1D', actions: [notify('A day late'), count] },
          },
        },
        solution: {
          label: 'Solution',
          target: 'P2D',
          starts_when: "record.status != 'draft'",
          pauses_when: "record.status == 'waiting'",
          stops_when: "record.status == 'solved'",
          again: 'continue',
        },
        next_answer: {
          label: 'Next answer',
          target: 'PT2H',
          starts_when: "record.asked_by == 'them'",
          stops_when: "record.asked_by == 'us'",
          again: 'anew',
        },
      },
    },
  },
}
