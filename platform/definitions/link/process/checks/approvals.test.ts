import { expect, test } from 'vitest'
import { faultsAfter, withProcess, withStates } from '../../fault-table.fixture.ts'

const at = (pointer: string) => `processes/pipeline/machine/states/review/invoke${pointer}`
const when = (outcome: string) => ({
  type: 'when',
  params: { expression: `event.output.outcome == '${outcome}'` },
})
const taking = (...outcomes: string[]) => [
  ...outcomes.map((outcome) => ({ guard: when(outcome), target: 'won' })),
  { target: 'lost' },
]
const sound = { approvers: { boss: { role: 'seller' } } }
const owner = { people: 'record.owner' }

/** The review as an approval in levels. */
const inLevels = (input: object, onDone: unknown = taking('approved')) =>
  withStates({
    review: {
      invoke: { input: { assignee: null, candidate_role: null, levels: { one: sound }, ...input }, onDone },
    },
  })
const oneLevel = (level: object, input: object = {}) =>
  inLevels({ levels: { one: { ...sound, ...level } }, ...input })

test('an approval in levels is sound with everything that can be declared', () => {
  const everything = inLevels(
    {
      levels: {
        one: { ...sound, label: 'One', order: 1, decide: { share: 0.6 }, when: 'record.amount > 5' },
        two: {
          approvers: { boss: { superior: 2, of: 'record.owner', weight: 2 }, line: { superiors: 3 } },
          decide: { weight: 3 },
          nobody: { do: 'ask', role: 'seller' },
          deadline: { after: 'P2D', do: 'pass_on', to: 'record.owner' },
        },
        three: {
          approvers: { mine: { people: '[record.owner]' }, team: { role: 'seller', team: 'user.team' } },
          in_turn: true,
          decide: 'any',
          nobody: { do: 'refuse' },
        },
      },
      requested_by: 'record.owner',
      requester: 'manager',
      repeated: 'ask_once',
      deadline: { after: 'P14D', do: 'reject' },
      withdraw: 'any_time',
      take_back: true,
      return: { to_requester: true, to_levels: true, then: 'jump_back' },
      copies: { all: { at: 'end', role: 'seller' } },
      due: 'P3D',
      form: { note: { type: 'text' } },
    },
    [
      {
        guard: when('approved'),
        target: 'won',
        actions: [
          { type: 'note', params: { text: 'event.output.levels[0].votes[0].by + event.output.level' } },
        ],
      },
      ...taking('returned', 'withdrawn'),
    ],
  )
  expect(faultsAfter(everything)).toEqual([])
})

test.each([
  [
    'an approver who is always blank',
    oneLevel({ approvers: { boss: { people: 'null' } } }),
    `nobody_to_do_it ${at('/input/levels/one/approvers')}`,
  ],
  [
    'a level without approvers',
    oneLevel({ approvers: { boss: null } }),
    `nobody_to_do_it ${at('/input/levels/one/approvers')}`,
  ],
  [
    'a level whose approver may be missing, with nothing said of it',
    oneLevel({ approvers: { boss: null, up: { superior: 1 } } }),
    `warning maybe_nobody ${at('/input/levels/one/approvers')}`,
  ],
  [
    'an approver who is said in two ways',
    oneLevel({ approvers: { boss: { role: 'seller', superior: 1 } } }),
    `people_source ${at('/input/levels/one/approvers/boss')}`,
  ],
  [
    'an approver who is not said',
    oneLevel({ approvers: { other: { weight: 1 } } }),
    `people_source ${at('/input/levels/one/approvers/other')}`,
  ],
  [
    'superiors of somebody whom nobody asks for',
    oneLevel({ approvers: { boss: { of: 'record.owner' } } }),
    `people_source ${at('/input/levels/one/approvers/boss/of')}`,
  ],
  [
    'an unknown role of approvers',
    oneLevel({ approvers: { boss: { role: 'sellr' } } }),
    `unknown_role ${at('/input/levels/one/approvers/boss/role')}`,
  ],
  [
    'approvers who are no people',
    oneLevel({ approvers: { other: { people: 'record.account' } } }),
    `expression_type ${at('/input/levels/one/approvers/other/people')}`,
  ],
  [
    'a share above the whole',
    oneLevel({ decide: { share: 1.5 } }),
    `value ${at('/input/levels/one/decide/share')}`,
  ],
  [
    'a level decided in two ways',
    oneLevel({ decide: { share: 0.5, weight: 1 } }),
    `level_rule ${at('/input/levels/one/decide')}`,
  ],
  [
    'a weight that nobody reaches',
    oneLevel({
      approvers: { boss: null, one: owner, two: { superior: 1, weight: 2 } },
      decide: { weight: 4 },
      nobody: { do: 'approve' },
    }),
    `out_of_reach ${at('/input/levels/one/decide/weight')}`,
  ],
  [
    'a weight where none counts',
    oneLevel({ approvers: { boss: { weight: 2 } } }),
    `unused_weight ${at('/input/levels/one/approvers/boss/weight')}`,
  ],
  [
    'people in turn where the first decides',
    oneLevel({ decide: 'first', in_turn: true }),
    `never_asked ${at('/input/levels/one/in_turn')}`,
  ],
  [
    'somebody to ask where nobody is asked',
    oneLevel({ nobody: { do: 'approve', role: 'seller' } }),
    `people_source ${at('/input/levels/one/nobody')}`,
  ],
  [
    'nobody to ask where somebody is asked',
    inLevels({ nobody: { do: 'ask' } }),
    `people_source ${at('/input/nobody')}`,
  ],
  [
    'an assignee beside levels',
    inLevels({ assignee: 'record.owner' }),
    `with_levels ${at('/input/assignee')}`,
  ],
  [
    'a policy without levels',
    inLevels({ levels: null, assignee: 'record.owner', take_back: true }),
    `needs_levels ${at('/input/take_back')}`,
  ],
  [
    'a policy for the requester that takes levels',
    inLevels({ levels: null, assignee: 'record.owner', requester: 'refuse' }),
    `needs_levels ${at('/input/requester')}`,
  ],
  ['a return to nobody', inLevels({ return: { then: 'fresh' } }), `empty_return ${at('/input/return')}`],
  [
    'a return to an earlier level where there is one alone',
    inLevels({ return: { to_levels: true } }),
    `empty_return ${at('/input/return/to_levels')}`,
  ],
  [
    'a deadline in an unknown calendar',
    oneLevel({ deadline: { after: 'P1D@offce', do: 'approve' } }),
    `unknown_calendar ${at('/input/levels/one/deadline/after')}`,
  ],
  [
    'a deadline that passes nothing on to somebody',
    inLevels({ deadline: { after: 'P1D', do: 'reject', to: 'record.owner' } }),
    `people_source ${at('/input/deadline/to')}`,
  ],
  [
    'a choice of the requester that no event asks for',
    oneLevel({ approvers: { boss: null, mine: { chosen: 'approver' } }, nobody: { do: 'refuse' } }),
    `no_choice ${at('/input/levels/one/approvers/mine/chosen')}`,
  ],
  [
    'an outcome that no branch takes',
    inLevels({ withdraw: 'any_time' }, [
      { guard: when('approved'), target: 'won' },
      { guard: when('rejected'), target: 'lost' },
    ]),
    `unhandled_outcome ${at('/onDone/1')}`,
  ],
  [
    'an outcome that is taken like a rejection',
    inLevels({ return: { to_requester: true } }),
    `warning unhandled_outcome ${at('/onDone/1')}`,
  ],
])('%s is found', (_, patch, expected) => {
  expect(faultsAfter(patch)).toContain(expected)
})

test('a deadline that decides needs a role to act under, one that passes on does not', () => {
  const deadline = (then: string) => ({
    process: {
      pipeline: {
        ...(withProcess({ run_as: null }) as { process: { pipeline: object } }).process.pipeline,
        ...(oneLevel({ deadline: { after: 'P1D', do: then } }) as { process: { pipeline: object } }).process
          .pipeline,
      },
    },
  })
  const fault = `timer_without_role ${at('/input/levels/one/deadline')}`
  expect(faultsAfter(deadline('approve'))).toContain(fault)
  expect(faultsAfter(deadline('pass_on'))).not.toContain(fault)
})
