import { expect, test } from 'vitest'
import { faultsAfter, withProcess, withStates } from '../../fault-table.fixture.ts'

const at = (pointer: string) => `processes/pipeline/machine${pointer}`
const meta = { label: 'X' }
const when = (expression: string) => ({ type: 'when', params: { expression } })
const clerk = { name: 'clerk', label: 'Clerk', objects: { opportunity: { read: 'all' } } }

/** A state of parallel regions, each a chain of so many states. */
function regions(counts: readonly number[]) {
  const region = (count: number) => ({
    initial: 's0',
    states: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `s${index}`,
        index === count - 1 ? { type: 'final', meta } : { meta, on: { lose: `s${index + 1}` } },
      ]),
    ),
  })
  return {
    invoke: null,
    type: 'parallel',
    states: Object.fromEntries(counts.map((count, index) => [`r${index}`, region(count)])),
    onDone: 'won',
  }
}

test.each([
  [
    'an event whose roles have not the right that it takes',
    {
      role: { clerk },
      process: { pipeline: { events: { lose: { allowed_roles: { seller: false, clerk: true } } } } },
    },
    ['warning nobody_may_send processes/pipeline/events/lose/allowed_roles'],
  ],
  [
    'no fault in an event that takes less than these roles have',
    {
      role: { clerk },
      process: {
        pipeline: { events: { lose: { needs: 'read', allowed_roles: { seller: false, clerk: true } } } },
      },
    },
    [],
  ],
  [
    'work whose assignee is always blank',
    withStates({ review: { invoke: { input: { assignee: 'null' } } } }),
    [`nobody_to_do_it ${at('/states/review/invoke/input/assignee')}`],
  ],
  [
    'no fault in a state that invokes several things',
    withStates({
      review: {
        invoke: [
          { id: 'one', src: 'task', input: { title: 'One', candidate_role: 'seller' }, onDone: 'won' },
          { id: 'two', src: 'task', input: { title: 'Two', candidate_role: 'seller' }, onDone: 'won' },
        ],
      },
    }),
    [],
  ],
  [
    'an always in a circle whose guard always holds',
    withStates({ open: { always: { target: 'review', guard: when('1 < 2') } }, review: { always: 'open' } }),
    [
      `warning guard_always_holds ${at('/states/open/always/guard/params/expression')}`,
      `endless_always ${at('/states/open')}`,
    ],
  ],
  [
    'no circle of always where a guard before it leads out',
    withProcess({
      context: { count: 0 },
      machine: {
        states: {
          review: {
            invoke: null,
            entry: [{ type: 'assign', params: { values: { count: 'context.count + 1' } } }],
            always: [{ target: 'won', guard: when('context.count > 3') }, { target: 'again' }],
          },
          again: { meta, always: 'review' },
        },
      },
    }),
    [],
  ],
  [
    'more combinations of parallel regions than can be looked through',
    withStates({ review: regions([11, 10, 10]) }),
    [`warning many_configurations ${at('/states/review')}`],
  ],
  ['no fault in combinations within the bound', withStates({ review: regions([10, 10, 10]) }), []],
])('%s', (_, patch, expected) => {
  expect(faultsAfter(patch)).toEqual(expected)
})
