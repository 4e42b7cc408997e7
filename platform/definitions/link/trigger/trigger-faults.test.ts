import { describe, expect, test } from 'vitest'
import { whereUsed } from '../../where-used/where-used.ts'
import { mergePatch } from '../../load/merge-patch.ts'
import { buildModel, modelFromDocuments } from '../build-model.ts'
import type { GivenDocuments } from '../complete-documents.ts'
import { salesDocuments } from '../sales-documents.fixture.ts'

const tell = { type: 'notify', params: { to: 'record.owner', text: "'A'" } }
const set = (values: object, more: object = {}) => ({ type: 'set', params: { values, ...more } })
const trigger = (name: string, rest: object) => ({
  [name]: { name, label: name, object: 'opportunity', actions: [tell], ...rest },
})
const withTriggers = (...triggers: object[]) =>
  mergePatch(salesDocuments, { trigger: Object.assign({}, ...triggers) as object }) as GivenDocuments
function faults(...triggers: object[]): string[] {
  return buildModel({ documents: withTriggers(...triggers) }).problems.map(
    ({ code, place }) => `${code} ${place.file.replace('.json', '')}${place.pointer}`,
  )
}
const one = (rest: object) => faults(trigger('t', rest))
const changed = (fields?: object) => ({ type: 'changed', ...(fields === undefined ? {} : { fields }) })
const schedule = (rest: object) => ({ type: 'schedule', where: 'record.amount > 0', ...rest })
const inbound = (rest: object = {}) => ({
  type: 'inbound',
  authentication: { type: 'key', secret: 'k' },
  fields: { title: { type: 'text' } },
  ...rest,
})
const withoutRole = {
  process: { pipeline: { run_as: null, machine: { states: { open: { after: null } } } } },
}

test.each<[string, object, string[]]>([
  [
    'an unknown object',
    { object: 'oportunity', on: { type: 'created' } },
    ['unknown_object triggers/t/object'],
  ],
  ['an unknown role', { on: { type: 'created' }, run_as: 'sellr' }, ['unknown_role triggers/t/run_as']],
  ['an unknown field', { on: changed({ amout: true }) }, ['unknown_field triggers/t/on/fields/amout']],
  [
    'a field that nobody writes',
    { on: changed({ created_at: true }) },
    ['trigger_field triggers/t/on/fields/created_at'],
  ],
  [
    'what was before a creation',
    { on: { type: 'created' }, when: 'before.amount > 1' },
    ['expression triggers/t/when'],
  ],
  ['a condition that is none', { on: changed(), when: 'record.amount' }, ['expression_type triggers/t/when']],
  [
    'a moment that is none',
    { on: { type: 'due', at: 'record.amount' } },
    ['expression_type triggers/t/on/at'],
  ],
  [
    'a moment counted from now',
    { on: { type: 'due', at: "now() + duration('P1D')" } },
    ['moment_by_now triggers/t/on/at'],
  ],
  [
    'a moment of another record',
    { on: { type: 'due', at: 'record.account.created_at' } },
    ['moment_elsewhere triggers/t/on/at'],
  ],
  ['a schedule without a time', { on: schedule({}) }, ['schedule triggers/t/on']],
  ['a schedule with two', { on: schedule({ at: ['09:00'], every: 'PT1H' }) }, ['schedule triggers/t/on']],
  [
    'an unknown calendar',
    { on: schedule({ every: 'PT1H', calendar: 'office' }) },
    ['unknown_calendar triggers/t/on/calendar'],
  ],
  [
    'an unknown zone',
    { on: schedule({ every: 'PT1H', time_zone: 'Mars/Base' }) },
    ['unknown_time_zone triggers/t/on/time_zone'],
  ],
  [
    'a condition that the database cannot ask',
    { on: schedule({ every: 'PT1H', where: 'date(record.title) == today()' }) },
    ['not_in_database triggers/t/on/where'],
  ],
  [
    'a record by what is no key',
    { on: inbound({ finds: { amount: '1' } }) },
    ['not_a_key triggers/t/on/finds'],
  ],
  [
    'a member of what is not taken',
    { on: inbound({ members: { name: '/a' } }), actions: [{ type: 'create', params: create() }] },
    ['unknown_field triggers/t/on/members/name'],
  ],
  [
    'an action on a record that there is none of',
    { on: inbound(), actions: [{ type: 'note', params: { text: 'event.title' } }] },
    ['no_record triggers/t/actions/0/type'],
  ],
  ['a record that there is none of', { on: inbound() }, ['expression triggers/t/actions/0/params/to']],
  [
    'an event that the process does not know',
    { on: changed(), actions: [{ type: 'send', params: { target: 'record', event: 'loose' } }] },
    ['unknown_event triggers/t/actions/0/params/event'],
  ],
])('%s is found at its place', (_, rest, expected) => {
  expect(one(rest)).toEqual(expected)
})

function create(more: object = {}) {
  return { object: 'account', values: { name: "'A'" }, ...more }
}

test('an action that writes needs a role, one that tells people something does not', () => {
  const documents = mergePatch(
    withTriggers(trigger('t', { on: changed(), actions: [tell, set({ amount: '1' })] })),
    withoutRole,
  ) as GivenDocuments
  expect(buildModel({ documents }).problems.map(({ code, place }) => [code, place.pointer])).toContainEqual([
    'trigger_without_role',
    '/actions/1',
  ])
})

describe('triggers without end', () => {
  const more = set({ probability: 'record.probability + 1' })

  test.each<[string, object]>([
    ['what counts up what it listens to', { on: changed({ probability: true }), actions: [more] }],
    ['what changes anything at each change', { on: changed(), actions: [more] }],
    [
      'what makes such records as it is set off by',
      {
        object: 'account',
        run_as: 'seller',
        on: { type: 'created' },
        actions: [{ type: 'create', params: create() }],
      },
    ],
  ])('are refused: %s', (_, rest) => {
    expect(one(rest)).toEqual(['endless_trigger triggers/t/actions'])
  })

  test.each<[string, object]>([
    [
      'with a condition',
      { on: changed({ probability: true }), when: 'record.probability < 9', actions: [more] },
    ],
    [
      'with a condition of the action',
      {
        on: changed({ probability: true }),
        actions: [set({ probability: 'record.probability + 1' }, { when: 'record.probability < 9' })],
      },
    ],
    [
      'with the same value each time',
      { on: changed({ probability: true }), actions: [set({ probability: '10' })] },
    ],
    ['with a field of its own', { on: changed({ amount: true }), actions: [more] }],
  ])('are not those %s', (_, rest) => {
    expect(one(rest)).toEqual([])
  })

  test('are found through each other, and told once', () => {
    const ping = trigger('ping', {
      on: changed({ probability: true }),
      actions: [set({ amount: 'record.amount * 2' })],
    })
    const pong = trigger('pong', { on: changed({ amount: true }), actions: [more] })
    expect(faults(ping, pong)).toEqual(['endless_trigger triggers/ping/actions'])
  })
})

test('what a trigger listens to, reads and writes is found by its use', () => {
  const model = modelFromDocuments(
    withTriggers(
      trigger('t', {
        on: changed({ amount: true }),
        when: 'before.close_on != null',
        actions: [set({ probability: '10' })],
      }),
    ),
  )
  expect(whereUsed(model, 'opportunity.amount')).toContain('triggers/t/on/fields/amount')
  expect(whereUsed(model, 'opportunity.close_on')).toContain('triggers/t')
  expect(whereUsed(model, 'opportunity.probability')).toContain('triggers/t/actions')
})
