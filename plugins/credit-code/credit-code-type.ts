import { accept, refuse, textType, type FieldType } from '../../platform/extension/index.ts'

const digits = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/**
 * A Chinese unified social credit code: 18 characters with a check character by GB 32100-2015 (the weights are
 * powers of 3 modulo 31; the letters I, O, S, V and Z are not used).
 */
export const creditCode: FieldType = {
  ...textType,
  name: 'credit_code',
  description:
    'A Chinese unified social credit code (统一社会信用代码), 18 characters, checked by GB 32100-2015.',
  options: {},
  check(value) {
    if (typeof value !== 'string') return refuse('type', 'expected a text of 18 characters')
    const code = value.trim().toUpperCase()
    if (code.length !== 18 || [...code].some((character) => !digits.includes(character)))
      return refuse(
        'credit_code',
        'has 18 digits and capital letters without I, O, S, V and Z, such as 91350100M000100Y43',
      )
    return checkCharacter(code) === code.at(-1)
      ? accept(code)
      : refuse('credit_code', `has a wrong check character; look for a typing error`)
  },
  valueSchema: () => ({ type: 'string', minLength: 18, maxLength: 18 }),
}

/** The last character, from the seventeen before it. */
function checkCharacter(code: string): string | undefined {
  const sum = weights.reduce((total, weight, at) => total + weight * digits.indexOf(code[at] as string), 0)
  return digits[(31 - (sum % 31)) % 31]
}

/** The administrative division (GB/T 2260) in a code: its third to eighth characters. */
export function divisionOf(code: string): string {
  return code.slice(2, 8)
}
