import { expect, test } from 'vitest'
import { literalsOf } from './literals.ts'

test.each([
  ["record.kind == 'big' && record.size > 10.5", ['big', '10.5']],
  ['record.size2 in [3, 3, 4]', ['3', '4']],
  [`event.text == "it's 5" || event.text == 'a\\'b'`, ["it's 5", "a\\'b"]],
  ['record.is_open', []],
])('%s', (expression, literals) => {
  expect(literalsOf(expression)).toEqual(literals)
})
