import { expect, test } from 'vitest'
import { changedFields } from './record-store.svelte.ts'

const before = {
  id: '1',
  version: 1,
  amount: { amount: '1', currency: 'EUR' },
  owner: { id: 'u', name: 'A' },
  note: null,
}

test('what the server says was changed is believed', () => {
  expect(changedFields({ before, current: before, said: ['note'] })).toEqual(new Set(['note']))
})

test('without that, values are compared; the same reference in another form is no change', () => {
  const current = { ...before, version: 2, owner: 'u', amount: { amount: '2', currency: 'EUR' } }
  expect(changedFields({ before, current, said: undefined })).toEqual(new Set(['amount']))
})
