import { expect, test } from 'vitest'
import { faultsAfter, withProcess, withStates } from '../../fault-table.fixture.ts'

const at = (pointer: string) => `processes/pipeline/machine${pointer}`
const label = { label: 'X' }
const when = (expression: string) => ({ type: 'when', params: { expression } })

test('the sound process has no fault and no warning', () => {
  expect(faultsAfter({})).toEqual([])
})

test.each([
  [
    'a first state that does not exist',
    withProcess({ machine: { initial: 'opn' } }),
    `initial ${at('/initial')}`,
  ],
  ['a machine without a first state', withProcess({ machine: { initial: null } }), `initial ${at('')}`],
  [
    'a target that does not exist',
    withStates({ open: { on: { lose: 'lots' } } }),
    `unknown_state ${at('/states/open/on/lose')}`,
  ],
  [
    'a target of one branch that does not exist',
    withStates({ open: { on: { lose: { target: 'lots' } } } }),
    `unknown_state ${at('/states/open/on/lose/target')}`,
  ],
  [
    'an id given twice',
    withStates({ open: { id: 'x' }, review: { id: 'x' } }),
    `duplicate_id ${at('/states/review/id')}`,
  ],
  ['a name with a dot', withStates({ 'a.b': { type: 'final', meta: label } }), `value ${at('/states/a.b')}`],
  ['an unknown kind of state', withStates({ open: { type: 'finl' } }), `value ${at('/states/open/type')}`],
  ['a misspelt key of a state', withStates({ open: { onn: {} } }), `unknown_key ${at('/states/open/onn')}`],
  [
    'an unknown action',
    withStates({ open: { entry: [{ type: 'sett', params: {} }] } }),
    `value ${at('/states/open/entry/0/type')}`,
  ],
  [
    'an unknown parameter of an action',
    withStates({ open: { entry: [{ type: 'note', params: { text: "'a'", loud: true } }] } }),
    `unknown_key ${at('/states/open/entry/0/params/loud')}`,
  ],
  [
    'a missing parameter of an action',
    withStates({ open: { entry: [{ type: 'note', params: {} }] } }),
    `missing ${at('/states/open/entry/0/params/text')}`,
  ],
  [
    'an unknown actor',
    withStates({ review: { invoke: { src: 'aproval' } } }),
    `value ${at('/states/review/invoke/src')}`,
  ],
  [
    'an unknown guard',
    withStates({
      open: { on: { lose: { target: 'lost', guard: { type: 'unless', params: { expression: 'true' } } } } },
    }),
    `value ${at('/states/open/on/lose/guard/type')}`,
  ],
  [
    'a delay that is none',
    withStates({ open: { after: { 'P two days': 'lost' } } }),
    `value ${at('/states/open/after/P two days')}`,
  ],
  [
    'an event that is not declared',
    withStates({ open: { on: { loose: 'lost' } } }),
    `unknown_event ${at('/states/open/on/loose')}`,
  ],
  [
    'a wildcard, which catches engine events',
    withStates({ open: { on: { '*': 'lost' } } }),
    `unknown_event ${at('/states/open/on/*')}`,
  ],
  [
    'an event that no state accepts',
    withProcess({ events: { wait: { label: 'Wait' } } }),
    'warning unused_event processes/pipeline/events/wait',
  ],
  [
    'an event that nobody may send',
    withProcess({ events: { lose: { allowed_roles: { seller: false } } } }),
    'nobody_may_send processes/pipeline/events/lose/allowed_roles',
  ],
  [
    'an unknown role of an event',
    withProcess({ events: { lose: { allowed_roles: { sellr: true } } } }),
    'unknown_role processes/pipeline/events/lose/allowed_roles/sellr',
  ],
  [
    'a state that nothing leads to',
    withStates({ limbo: { meta: label, on: { lose: 'lost' } } }),
    `unreachable_state ${at('/states/limbo')}`,
  ],
  ['a dead end', withStates({ lost: { type: null } }), `dead_end ${at('/states/lost')}`],
  [
    'a final state with a way out',
    withStates({ lost: { on: { win: 'won' } } }),
    `final ${at('/states/lost/on')}`,
  ],
  [
    'a final state with children',
    withStates({ lost: { states: { a: { meta: label } } } }),
    `final ${at('/states/lost/states')}`,
  ],
  [
    'a history directly under the root',
    withStates({ back: { type: 'history' }, review: { on: { lose: 'back' } } }),
    `history ${at('/states/back')}`,
  ],
  [
    'a state without history that has a history',
    withStates({ open: { history: 'deep' } }),
    `history ${at('/states/open/history')}`,
  ],
  [
    'a compound state without a first child',
    withStates({ review: { states: { a: { type: 'final', meta: label } } } }),
    `initial ${at('/states/review')}`,
  ],
  [
    'an atomic state with a first child',
    withStates({ open: { initial: 'a' } }),
    `initial ${at('/states/open/initial')}`,
  ],
  [
    'a parallel state without regions',
    withStates({ open: { type: 'parallel' } }),
    `kind ${at('/states/open/type')}`,
  ],
  [
    'a state without children that is done',
    withStates({ open: { onDone: 'lost' } }),
    `kind ${at('/states/open/onDone')}`,
  ],
  [
    'an always that leads in a circle',
    withStates({ open: { always: 'review' }, review: { always: 'open' } }),
    `endless_always ${at('/states/open')}`,
  ],
  [
    'an always to the state itself',
    withStates({ open: { always: 'open' } }),
    `endless_always ${at('/states/open')}`,
  ],
  [
    'an always without a target',
    withStates({ open: { always: { guard: when("record.title == 'a'") } } }),
    `endless_always ${at('/states/open/always')}`,
  ],
  [
    'a branch behind one without a guard',
    withStates({ open: { on: { lose: ['lost', 'won'].map((target) => ({ target })) } } }),
    `never_taken ${at('/states/open/on/lose/1')}`,
  ],
  [
    'work without a way on',
    withStates({ review: { invoke: { onDone: null }, on: { lose: 'lost' } } }),
    `no_way_on ${at('/states/review/invoke')}`,
  ],
  [
    'work that nobody can do',
    withStates({ review: { invoke: { input: { assignee: null } } } }),
    `nobody_to_do_it ${at('/states/review/invoke/input')}`,
  ],
  [
    'work whose candidates have an unknown role',
    withStates({ review: { invoke: { input: { candidate_role: 'bos' } } } }),
    `unknown_role ${at('/states/review/invoke/input/candidate_role')}`,
  ],
  [
    'work whose last branch may not hold',
    withStates({
      review: {
        invoke: { onDone: [{ target: 'won', guard: when("event.output.outcome == 'approved'") }] },
        on: { lose: 'lost' },
      },
    }),
    `warning missing_fallback ${at('/states/review/invoke/onDone/0')}`,
  ],
  [
    'an invocation id given twice',
    withStates({
      open: {
        invoke: {
          id: 'approve',
          src: 'task',
          input: { title: 'T', assignee: 'record.owner' },
          onDone: 'won',
        },
      },
    }),
    `duplicate_id ${at('/states/review/invoke/id')}`,
  ],
  [
    'a timer without a role',
    withProcess({ run_as: null }),
    `timer_without_role ${at('/states/open/after/P30D')}`,
  ],
  ['an unknown role to run as', withProcess({ run_as: 'sellr' }), 'unknown_role processes/pipeline/run_as'],
  [
    'a state without a label',
    withStates({ open: { meta: null } }),
    `warning state_label ${at('/states/open')}`,
  ],
  [
    'an entry into a state that does not exist',
    withProcess({ entries: { old: { states: ['wonn'], allowed_roles: { seller: true } } } }),
    'unknown_state processes/pipeline/entries/old/states/0',
  ],
  [
    'states from which no end can be reached',
    withStates({
      open: { on: { lose: 'ping' } },
      ping: { meta: label, on: { win: 'pong' } },
      pong: { meta: label, on: { win: 'ping' } },
    }),
    `warning no_end ${at('/states/ping')}`,
  ],
  ['an unknown object', withProcess({ object: 'oportunity' }), 'unknown_object processes/pipeline/object'],
  [
    'a state field of another type',
    withProcess({ state_field: 'title' }),
    'lifecycle processes/pipeline/state_field',
  ],
  [
    'an object that names no lifecycle',
    { object: { opportunity: { lifecycle: null } } },
    'lifecycle processes/pipeline/object',
  ],
  [
    'an unknown lifecycle',
    { object: { opportunity: { lifecycle: 'pipelin' } } },
    'unknown_process objects/opportunity/lifecycle',
  ],
])('%s is found', (_, patch, expected) => {
  expect(faultsAfter(patch)).toContain(expected)
})

test('a history in a compound state, a parallel state and an entry from an import are sound', () => {
  const leaf = { meta: label }
  const nested = withStates({
    open: {
      initial: 'first',
      states: {
        first: { ...leaf, on: { win: 'second' } },
        second: leaf,
        back: { type: 'history', target: 'second' },
      },
    },
    hold: { ...leaf, on: { lose: '#resume' } },
    review: {
      invoke: null,
      type: 'parallel',
      states: {
        left: {
          initial: 'todo',
          states: { todo: { ...leaf, on: { win: 'done' } }, done: { type: 'final', ...leaf } },
        },
        right: {
          initial: 'todo',
          states: { todo: { ...leaf, on: { lose: 'done' } }, done: { type: 'final', ...leaf } },
        },
      },
      onDone: 'won',
    },
  })
  const withResume = {
    process: { pipeline: { entries: { held: { states: ['hold'], allowed_roles: { seller: true } } } } },
  }
  expect(faultsAfter(nested)).toEqual([`unknown_state ${at('/states/hold/on/lose')}`])
  const sound = structuredClone(nested) as {
    process: { pipeline: { machine: { states: { open: { states: { back: object } } } } } }
  }
  Object.assign(sound.process.pipeline.machine.states.open.states.back, { id: 'resume' })
  Object.assign(sound.process.pipeline, withResume.process.pipeline)
  expect(faultsAfter(sound)).toEqual([])
})
