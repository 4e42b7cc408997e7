import { expect, test } from 'vitest'
import { buildModel } from '../build-model.ts'
import { faultsAfter, withProcess, withStates } from '../fault-table.fixture.ts'
import { salesDocuments } from '../sales-documents.fixture.ts'
import { modelFromDocuments } from '../build-model.ts'
import { linkProcess } from './link-process.ts'

const onLose = (action: unknown) =>
  withStates({ open: { on: { lose: { target: 'lost', actions: [action] } } } })
const at = (rest: string) => `processes/pipeline/machine/states/open/on/lose/actions/0/params${rest}`
const set = (values: object) => onLose({ type: 'set', params: { values } })

test.each([
  [
    'a guard that is no condition',
    withStates({
      open: {
        on: { lose: { target: 'lost', guard: { type: 'when', params: { expression: 'record.amount' } } } },
      },
    }),
    'expression_type processes/pipeline/machine/states/open/on/lose/guard/params/expression',
  ],
  [
    'a field of the event that its form does not have',
    withStates({
      open: {
        on: { lose: { target: 'lost', guard: { type: 'when', params: { expression: 'event.amount > 1' } } } },
      },
    }),
    'expression processes/pipeline/machine/states/open/on/lose/guard/params/expression',
  ],
  [
    'an option of columns in a form',
    withProcess({ events: { lose: { form: { reason: { type: 'text', unique: true } } } } }),
    'form_field processes/pipeline/events/lose/form/reason/unique',
  ],
  [
    'a moment that is none',
    withProcess({ delays: { late: { until: 'record.amount' } } }),
    'expression_type processes/pipeline/delays/late/until',
  ],
  [
    'a moment that depends on who acts',
    withProcess({ delays: { late: { until: 'user.created_at' } } }),
    'expression processes/pipeline/delays/late/until',
  ],
  [
    'a moment that other records decide',
    withProcess({ delays: { late: { until: 'record.account.created_at' } } }),
    'moment_elsewhere processes/pipeline/delays/late/until',
  ],
  [
    'a moment that nothing waits for',
    withProcess({ delays: { late: { until: 'record.close_on' } } }),
    'warning unused_delay processes/pipeline/delays/late',
  ],
  [
    'a moment that is not declared',
    withStates({ open: { after: { expires: 'lost' } } }),
    'unknown_delay processes/pipeline/machine/states/open/after/expires',
  ],
  ['an unknown field that is set', set({ titel: "'a'" }), `unknown_field ${at('/values/titel')}`],
  ['a value of another type', set({ close_on: "'soon'" }), `expression_type ${at('/values/close_on')}`],
  ['the state field set by hand', set({ stage: "'won'" }), `not_writable ${at('/values/stage')}`],
  [
    'a computed field that is set',
    set({ expected: 'record.amount' }),
    `not_writable ${at('/values/expected')}`,
  ],
  ['a system field that is set', set({ created_at: 'now()' }), `not_writable ${at('/values/created_at')}`],
  [
    'a choice that does not exist',
    onLose({ type: 'update', params: { target: 'record.account', values: { sector: "'retial'" } } }),
    `unknown_choice ${at('/values/sector')}`,
  ],
  [
    'a target that is no record',
    onLose({ type: 'update', params: { target: 'record.title', values: {} } }),
    `expression_type ${at('/target')}`,
  ],
  [
    'a record of an unknown object',
    onLose({ type: 'create', params: { object: 'acount', values: {} } }),
    `unknown_object ${at('/object')}`,
  ],
  [
    'a new record without a required value',
    onLose({ type: 'create', params: { object: 'account', values: {} } }),
    `required_value ${at('/values')}`,
  ],
  [
    'rows for a field that holds none',
    onLose({
      type: 'create',
      params: {
        object: 'account',
        values: { name: "'a'" },
        lines: { field: 'sector', from: 'record.title', values: {} },
      },
    }),
    `unknown_field ${at('/lines/field')}`,
  ],
  [
    'rows from what is no list',
    onLose({
      type: 'create',
      params: {
        object: 'account',
        values: { name: "'a'" },
        lines: { field: 'sector', from: 'record.title', values: {} },
      },
    }),
    `expression_type ${at('/lines/from')}`,
  ],
  [
    'a notification to nobody',
    onLose({ type: 'notify', params: { to: 'record.amount', text: "'a'" } }),
    `expression_type ${at('/to')}`,
  ],
  [
    'an event to an object without a process',
    onLose({ type: 'send', params: { target: 'record.account', event: 'win' } }),
    `unknown_event ${at('/event')}`,
  ],
  [
    'an unknown name in the memory',
    onLose({ type: 'assign', params: { values: { count: '1' } } }),
    `unknown_field ${at('/values/count')}`,
  ],
  [
    'an action that no plugin provides',
    onLose({ type: 'call', params: { action: 'example.round' } }),
    `unknown_action ${at('/action')}`,
  ],
  [
    'a condition of an action that is none',
    onLose({ type: 'note', params: { text: "'a'", when: '1' } }),
    `expression_type ${at('/when')}`,
  ],
  [
    'an assignee who is no person',
    withStates({ review: { invoke: { input: { assignee: 'record.account' } } } }),
    'expression_type processes/pipeline/machine/states/review/invoke/input/assignee',
  ],
  [
    'a form with a computed field',
    withProcess({
      events: { lose: { form: { x: { type: 'rollup', of: 'a.b', function: 'count', returns: 'integer' } } } },
    }),
    'form_field processes/pipeline/events/lose/form/x/type',
  ],
  [
    'an unknown choice set in a form',
    withProcess({ events: { lose: { form: { x: { type: 'choice', choice_set: 'reasons' } } } } }),
    'unknown_choice_set processes/pipeline/events/lose/form/x/choice_set',
  ],
  [
    'a condition of an event that does not type-check',
    withProcess({ events: { lose: { allowed_when: 'record.titel == user.name' } } }),
    'expression processes/pipeline/events/lose/allowed_when',
  ],
])('%s is found', (_, patch, expected) => {
  expect(faultsAfter(patch)).toContain(expected)
})

test('actions see the record that an earlier one created, the memory, and the rows that they copy', () => {
  const actions = [
    { type: 'create', params: { object: 'account', values: { name: 'record.title' }, as: 'twin' } },
    { type: 'set', params: { values: { account: 'created.twin', probability: 'context.count * 10' } } },
    { type: 'assign', params: { values: { count: 'context.count + 1' } } },
    { type: 'note', params: { text: 'created.twin.name' } },
  ]
  expect(
    faultsAfter(
      withProcess({
        context: { count: 0 },
        machine: { states: { open: { on: { lose: { target: 'lost', actions } } } } },
      }),
    ),
  ).toEqual([])
})

test('an action of a plugin is known when the plugin says so', () => {
  const documents = structuredClone(salesDocuments) as {
    process: { pipeline: { machine: { states: { open: { on: Record<string, unknown> } } } } }
  }
  documents.process.pipeline.machine.states.open.on.lose = {
    target: 'lost',
    actions: [{ type: 'call', params: { action: 'example.round', values: { a: 'record.amount' } } }],
  }
  expect(buildModel({ documents, plugins: { actions: ['example.round'] } }).problems).toEqual([])
})

test('an old version of a process is linked against the model that is in force', () => {
  const model = modelFromDocuments(salesDocuments)
  const document = structuredClone(model.documents.process.pipeline) as {
    machine: { states: Record<string, unknown> }
  }
  document.machine.states.paused = { meta: { label: 'Paused' }, on: { win: 'won', lose: 'lost' } }
  document.machine.states.open = { meta: { label: 'Open' }, on: { lose: 'paused' } }
  document.machine.states.review = undefined
  const old = JSON.parse(JSON.stringify(document)) as Record<string, unknown>
  const linked = linkProcess({ ...old, events: { win: {}, lose: {} } }, model)
  expect('process' in linked ? [...linked.process.states.keys()] : linked.problems).toEqual([
    'open',
    'won',
    'lost',
    'paused',
  ])
  expect('problems' in linkProcess({ ...old, object: 'gone' }, model)).toBe(true)
})

test('an old version of a process takes what was declared after it for what it is', () => {
  const model = modelFromDocuments(salesDocuments)
  const old = structuredClone(model.documents.process.pipeline) as { events: Record<string, object> }
  old.events.win = { ...old.events.win, allowed_roles: { retired_role: true } }
  const linked = linkProcess(old as never, model)
  expect('process' in linked && linked.process.events.get('win')?.allowedRoles).toEqual(
    new Set(['retired_role']),
  )
})
