import { expect, test } from 'vitest'
import { faultsAfter, withStates } from '../../fault-table.fixture.ts'

const withTags = (choices: object, machine: object) => ({
  choice_set: { state_tag: { name: 'state_tag', choices } },
  process: { pipeline: { machine } },
})
const at = 'processes/pipeline/machine/states/open/tags'

test('tags that are declared are in order, at a state and at the machine itself', () => {
  const machine = { tags: { waiting: true }, states: { open: { tags: { new: false } } } }
  expect(faultsAfter(withTags({ waiting: {}, new: {} }, machine))).toEqual([])
})

test.each([
  [
    'without the choice set of tags',
    withStates({ open: { tags: { waiting: true } } }),
    `unknown_tag ${at}/waiting`,
  ],
  [
    'that the choice set does not have',
    withTags({ waiting: {} }, { states: { open: { tags: { wating: true } } } }),
    `unknown_tag ${at}/wating`,
  ],
  [
    'that is retired',
    withTags({ waiting: { retired: true } }, { states: { open: { tags: { waiting: true } } } }),
    `warning retired_tag ${at}/waiting`,
  ],
])('a tag %s is found', (_what, patch, expected) => {
  expect(faultsAfter(patch)).toContain(expected)
})
