import { expect, test } from 'vitest'
import { whereUsed } from '../../where-used/where-used.ts'
import { mergePatch } from '../../load/merge-patch.ts'
import { buildModel, modelFromDocuments } from '../build-model.ts'
import type { GivenDocuments } from '../complete-documents.ts'
import { salesDocuments } from '../sales-documents.fixture.ts'

const sound = {
  ...salesDocuments,
  choice_set: {
    ...salesDocuments.choice_set,
    skill: { name: 'skill', choices: { law: {}, telex: { retired: true } } },
  },
  queue: {
    desk: {
      name: 'desk',
      label: 'Desk',
      object: 'opportunity',
      members: { roles: { seller: true } },
      assignment: 'sticky',
      sticky_by: 'record.account',
      priority: 'record.amount == null ? 0 : 1',
      rules: {
        retail: { when: "record.account.sector == 'retail'", skills: { law: 2 } },
        big: { when: 'record.expected > 1000', queue: 'board', order: 1 },
      },
      overflow: { to: 'board', after: 'PT1H' },
    },
    board: {
      name: 'board',
      label: 'Board',
      object: 'opportunity',
      members: { people: { 'Zoe@example.com': true } },
      assignment: 'pull',
    },
  },
} as const

function faults(desk: object, beside: object = {}): string[] {
  const documents = mergePatch(sound, { queue: { desk }, ...beside }) as GivenDocuments
  return buildModel({ documents }).problems.map(
    ({ code, place }) => `${code} ${place.file.replace('.json', '')}${place.pointer}`,
  )
}

test('rules are in order, ask for the skills of the queue too, and have its members if they name none', () => {
  const documents = mergePatch(sound, { queue: { desk: { skills: { law: 1 } } } }) as GivenDocuments
  const model = modelFromDocuments(documents)
  const desk = model.queues.get('desk')
  expect(desk?.rules.map(({ name, members }) => [name, members.roles])).toEqual([
    ['big', ['seller']],
    ['retail', ['seller']],
  ])
  expect(desk?.rules.map(({ skills }) => skills.get('law'))).toEqual([1, 2])
  expect(model.queues.get('board')?.members.people).toEqual(['zoe@example.com'])
  // Behind the formula `expected` lie the amount and the probability.
  expect([...(desk?.fields ?? [])].toSorted()).toEqual(['account', 'amount', 'expected', 'probability'])
  expect(whereUsed(model, 'account.sector')).toContain('queues/desk/rules/retail/when')
})

test.each([
  ['an unknown object', { object: 'oportunity' }, 'unknown_object queues/desk/object'],
  [
    'an unknown role',
    { members: { roles: { sellr: true } } },
    'unknown_role queues/desk/members/roles/sellr',
  ],
  ['nobody', { members: { roles: null } }, 'nobody_to_do_it queues/desk/members'],
  [
    'nobody under a rule',
    { rules: { retail: { members: {} } } },
    'nobody_to_do_it queues/desk/rules/retail/members',
  ],
  ['an unknown skill', { skills: { lore: 1 } }, 'unknown_skill queues/desk/skills/lore'],
  ['a retired skill', { skills: { telex: 1 } }, 'retired_skill queues/desk/skills/telex'],
  ['a level that there is not', { skills: { law: 6 } }, 'value queues/desk/skills/law'],
  ['an unknown queue', { overflow: { to: 'bord' } }, 'unknown_queue queues/desk/overflow/to'],
  ['an overflow that never happens', { overflow: { after: null } }, 'never_taken queues/desk/overflow'],
  [
    'an unknown calendar',
    { overflow: { after: 'PT1H@ofice' } },
    'unknown_calendar queues/desk/overflow/after',
  ],
  ['a priority that is no number', { priority: 'record.title' }, 'expression_type queues/desk/priority'],
  [
    'a priority that time changes',
    { priority: 'record.close_on < today() ? 1 : 0' },
    'queue_by_time queues/desk/priority',
  ],
  [
    'a condition that is none',
    { rules: { retail: { when: 'record.amount' } } },
    'expression_type queues/desk/rules/retail/when',
  ],
  ['what sticks by no record', { sticky_by: 'record.amount' }, 'expression_type queues/desk/sticky_by'],
  ['a way of sticky work alone', { assignment: 'pull' }, 'not_sticky queues/desk/sticky_by'],
])('%s is found at its place', (_, patch, expected) => {
  expect(faults(patch)).toEqual([expected])
})

test('a circle of overflow and rules is found where it closes', () => {
  const board = { overflow: { to: 'desk', when_nobody: true } }
  expect(faults({}, { queue: { board } })).toEqual(['queue_circle queues/desk/overflow/to'])
})

test('work goes to queues that there are, for its object, and to nobody else beside', () => {
  const invoking = (input: object) => ({
    process: {
      pipeline: {
        machine: {
          states: {
            open: { invoke: { id: 'look', src: 'task', input: { title: 'Look', ...input }, onDone: 'won' } },
          },
        },
      },
    },
  })
  const at = 'processes/pipeline/machine/states/open/invoke/input'
  expect(faults({}, invoking({ queue: 'desk' }))).toEqual([])
  expect(faults({}, invoking({ queue: 'dsk' }))).toEqual([`unknown_queue ${at}/queue`])
  expect(faults({}, invoking({ queue: 'desk', candidate_role: 'seller' }))).toEqual([
    `beside_queue ${at}/candidate_role`,
  ])
  const elsewhere = { queue: { desk: { rules: null, overflow: null }, board: { object: 'account' } } }
  expect(faults({}, { ...elsewhere, ...invoking({ queue: 'board' }) })).toEqual([`queue_object ${at}/queue`])
})

test('what is done about late work is checked at its place', () => {
  const late = (step: object, more: object = { due: 'P1D' }) => ({
    process: {
      pipeline: {
        machine: {
          states: {
            open: {
              invoke: {
                id: 'look',
                src: 'task',
                input: {
                  title: 'Look',
                  queue: 'desk',
                  ...more,
                  overdue: { step: { after: 'PT0S', ...step } },
                },
                onDone: 'won',
              },
            },
          },
        },
      },
    },
  })
  const at = 'processes/pipeline/machine/states/open/invoke/input/overdue'
  const transfer = { do: { type: 'transfer', params: {} } }
  const raising = (event: string) => ({ do: { type: 'raise_event', params: { event } } })
  expect(faults({}, late(transfer))).toEqual([])
  expect(faults({}, late(transfer, {}))).toEqual([`overdue_without_due ${at}`])
  expect(faults({}, late({ ...transfer, after: 'PT1H@ofice' }))).toEqual([
    `unknown_calendar ${at}/step/after`,
  ])
  expect(faults({}, late(raising('loose')))).toEqual([`unknown_event ${at}/step/do/params/event`])
  expect(faults({}, late({ do: { type: 'notify', params: { to: 'record.amount' } } }))).toEqual([
    `expression_type ${at}/step/do/params/to`,
  ])
})
