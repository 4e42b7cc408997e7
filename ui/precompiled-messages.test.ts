import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { precompiled } from './precompiled-messages.ts'

const catalogue = JSON.stringify({ plain: 'Save', counted: '{count, plural, one {# row} other {# rows}}' })

test('a message with placeholders says the same as its text', () => {
  const { counted } = precompiled(catalogue)
  const message = new IntlMessageFormat(counted as never, 'en')
  expect([message.format({ count: 1 }), message.format({ count: 12 })]).toEqual(['1 row', '12 rows'])
})

test('a message without placeholders stays a text', () => {
  expect(precompiled(catalogue).plain).toBe('Save')
})
