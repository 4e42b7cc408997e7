import { expect, it } from 'vitest'
import { keptRows } from './kept-rows.ts'

it('writes rows over what others have changed, and brings back what they have removed', () => {
  const mine = [
    { id: 'a', version: 1, text: 'mine' },
    { id: 'b', version: 1, text: 'removed' },
    { text: 'new' },
  ]
  const theirs = [{ id: 'a', version: 2, text: 'theirs' }]
  expect(keptRows(mine, theirs)).toEqual([{ id: 'a', text: 'mine' }, { text: 'removed' }, { text: 'new' }])
})

it('leaves what is no list of rows', () => {
  expect(keptRows(null, [])).toBeNull()
})
