import type { modelFromDocuments } from '../../platform/definitions/index.ts'
import type { ApprovalInput, DeclaredLevel } from '../../platform/definitions/link/process/link-approval.ts'

type Documents = Parameters<typeof modelFromDocuments>[0]
type Declared = Omit<ApprovalInput, 'title'>

const checkers = { role: 'checker' } as const
const level = (rest: object = {}) =>
  ({ approvers: { checkers }, nobody: { do: 'refuse' }, ...rest }) as DeclaredLevel
const people = (text: string, rest: object = {}) => level({ approvers: { named: { people: text } }, ...rest })

/** What is asked for, by kind: each an object of its own whose process is one approval. */
export const approvals = {
  all: { levels: { one: level() } },
  any: { levels: { one: level({ decide: 'any' }) } },
  first: { levels: { one: level({ decide: 'first' }) } },
  share: { levels: { one: level({ decide: { share: 0.6 } }) } },
  weight: {
    levels: {
      one: {
        approvers: { boss: { people: 'record.reviewer', weight: 2 }, checkers: { role: 'checker' } },
        decide: { weight: 3 },
      },
    },
  },
  in_turn: { levels: { one: level({ in_turn: true }) } },
  form: { levels: { one: level(), two: people('record.reviewer') }, form: { limit: { type: 'integer' } } },
  when: { levels: { big: level({ when: 'record.amount > 100' }), one: people('record.reviewer') } },
  team: { levels: { one: { approvers: { team: { role: 'checker', team: 'record.reviewer.team' } } } } },
  superior: {
    levels: { one: { approvers: { boss: { superior: 2 } } } },
    nobody: { do: 'ask', role: 'finance' },
  },
  chain: {
    levels: { one: level({ approvers: { line: { superiors: 3, of: 'record.reviewer' } }, in_turn: true }) },
  },
  chosen: { levels: { one: level({ approvers: { mine: { chosen: 'approvers' } } }) } },
  nobody_approve: { levels: { one: people('record.reviewer', { nobody: { do: 'approve' } }) } },
  nobody_reject: { levels: { one: people('record.reviewer', { nobody: { do: 'reject' } }) } },
  nobody_refuse: { levels: { one: people('record.reviewer') } },
  nobody_ask: {
    levels: { one: { approvers: { named: { people: 'record.reviewer' } } } },
    nobody: { do: 'ask', people: 'record.other' },
  },
  requester_left_out: { levels: { one: people('[record.reviewer, record.other]') } },
  requester_manager: { levels: { one: people('record.reviewer') }, requester: 'manager' },
  requester_may: { levels: { one: people('record.reviewer') }, requester: 'may_approve' },
  requester_refuse: { levels: { one: people('record.reviewer') }, requester: 'refuse' },
  requested_by: {
    levels: { one: level({ approvers: { boss: { superior: 1 } } }) },
    requested_by: 'record.reviewer',
  },
  ask_once: {
    levels: { one: people('record.reviewer'), two: people('[record.reviewer, record.other]') },
    repeated: 'ask_once',
  },
  ask_last: {
    levels: { one: people('[record.reviewer, record.other]'), two: people('record.reviewer') },
    repeated: 'ask_last',
  },
  ask_every_time: { levels: { one: people('record.reviewer'), two: people('record.reviewer') } },
  acts: {
    levels: { one: level({ decide: 'any' }), two: people('record.reviewer'), three: people('record.other') },
    return: { to_requester: true, to_levels: true },
    withdraw: 'before_first_act',
    take_back: true,
    copies: {
      told: { at: 'start', people: 'record.other' },
      ended: { at: 'end', role: 'finance' },
      no: { at: 'rejection', people: 'record.reviewer' },
    },
  },
  jumping: {
    levels: { one: level({ decide: 'any' }), two: people('record.reviewer'), three: people('record.other') },
    return: { to_requester: true, to_levels: true, then: 'jump_back' },
    withdraw: 'any_time',
  },
  deadline: {
    levels: {
      one: level({ deadline: { after: 'PT9H@office', do: 'pass_on' } }),
      two: people('record.reviewer', { deadline: { after: 'P1D', do: 'approve' } }),
    },
    deadline: { after: 'P14D', do: 'reject' },
  },
  deadline_to: {
    levels: {
      one: level({ decide: 'any', deadline: { after: 'P1D', do: 'pass_on', to: 'record.reviewer' } }),
    },
  },
} as const satisfies Record<string, Declared>

export type ApprovalKind = keyof typeof approvals

const when = (outcome: string) => ({
  type: 'when',
  params: { expression: `event.output.outcome == '${outcome}'` },
})
const ended = (outcome: string, target: string) => ({
  guard: when(outcome),
  target,
  actions: [{ type: 'set', params: { values: { result } } }],
})
const place = "event.output.outcome + ' at ' + event.output.level"
const result = `event.output.comment == null ? ${place} : ${place} + ': ' + event.output.comment`

function processOf(name: string, input: Declared) {
  const { form } = input
  const limit = form === undefined ? {} : { limit: 'event.output.limit' }
  return {
    name,
    label: name,
    object: `ask_${name}`,
    state_field: 'state',
    starts: 'on_create',
    run_as: 'robot',
    events: {
      submit: {
        label: 'Submit',
        ...(name === 'chosen' ? { form: { approvers: { type: 'references', to: 'user' } } } : {}),
      },
      drop: { label: 'Drop' },
    },
    machine: {
      initial: 'draft',
      states: {
        draft: { meta: { label: 'Draft' }, on: { submit: 'deciding', drop: 'rejected' } },
        deciding: {
          meta: { label: 'Deciding' },
          invoke: {
            id: 'decide',
            src: 'approval',
            input: { title: 'The request', ...input },
            onDone: [
              {
                ...ended('approved', 'approved'),
                actions: [{ type: 'set', params: { values: { result, ...limit } } }],
              },
              ended('returned', 'draft'),
              ended('withdrawn', 'draft'),
              { ...ended('rejected', 'rejected'), guard: undefined },
            ].map((branch) => JSON.parse(JSON.stringify(branch)) as object),
          },
          on: { drop: 'rejected' },
        },
        approved: { type: 'final', meta: { label: 'Approved' } },
        rejected: { type: 'final', meta: { label: 'Rejected' } },
      },
    },
  }
}

const objectOf = (name: string) => ({
  name: `ask_${name}`,
  label: name,
  plural: name,
  name_field: 'title',
  lifecycle: name,
  fields: {
    title: { type: 'text', required: true },
    state: { type: 'state' },
    amount: { type: 'integer' },
    limit: { type: 'integer' },
    reviewer: { type: 'user' },
    other: { type: 'user' },
    result: { type: 'text' },
  },
})

const role = (name: string, rights: object) => ({ name, label: name, objects: { '*': rights } })

/** The declarations of these kinds of approval, with roles and a calendar. */
export const only = (...kinds: readonly ApprovalKind[]): Documents => ({
  object: Object.fromEntries(kinds.map((name) => [`ask_${name}`, objectOf(name)])),
  process: Object.fromEntries(kinds.map((name) => [name, processOf(name, approvals[name] as Declared)])),
  role: {
    asker: role('asker', { create: true, read: 'all', update: 'all' }),
    checker: role('checker', { read: 'all' }),
    finance: role('finance', { read: 'all' }),
    robot: role('robot', { read: 'all', update: 'all' }),
  },
  calendar: {
    office: {
      name: 'office',
      label: 'Office',
      time_zone: 'UTC',
      shifts: {
        day: { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '09:00', to: '18:00' },
      },
    },
  },
})

export const declarations = only(...(Object.keys(approvals) as ApprovalKind[]))
