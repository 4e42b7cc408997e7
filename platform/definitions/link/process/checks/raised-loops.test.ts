import { expect, test } from 'vitest'
import { faultsAfter, withProcess, withStates } from '../../fault-table.fixture.ts'

const at = (pointer: string) => `processes/pipeline/machine${pointer}`
const meta = { label: 'X' }
const raise = (event: string, condition?: string) => ({
  type: 'raise',
  params: { event, ...(condition === undefined ? {} : { when: condition }) },
})

test.each([
  [
    'an event that raises itself',
    withStates({ open: { on: { lose: { actions: [raise('lose')] } } } }),
    [`endless_raise ${at('/states/open/on/lose')}`],
  ],
  [
    'events that raise each other on the way to and fro',
    withProcess({
      events: { hold: { label: 'Hold' } },
      machine: {
        states: {
          open: { on: { lose: { target: 'held', actions: [raise('hold')] } } },
          held: { meta, on: { hold: { target: 'open', actions: [raise('lose')] }, lose: 'lost' } },
        },
      },
    }),
    [`endless_raise ${at('/states/open/on/lose')}`],
  ],
  [
    'no loop where the action has a condition',
    withStates({ open: { on: { lose: { actions: [raise('lose', "record.title == 'a'")] } } } }),
    [],
  ],
  [
    'no loop where the event raised is not taken any more',
    withStates({ open: { on: { lose: { target: 'lost', actions: [raise('lose')] } } } }),
    [],
  ],
])('%s', (_, patch, expected) => {
  expect(faultsAfter(patch)).toEqual(expected)
})
