import { expect, test } from 'vitest'
import { addExactly } from './add-exactly.ts'

test.each([
  [['0.1', '0.2'], '0.3'],
  [['1234567890123456789.0001', '0.0009'], '1234567890123456789.0010'],
  [['-5', '2.50'], '-2.50'],
  [['-0.5', '0.25'], '-0.25'],
  [[], '0'],
])('%j add up to %s', (amounts, sum) => expect(addExactly(amounts)).toBe(sum))
