import { createRequire } from 'node:module'
import type * as Telephony from 'libphonenumber-js'
import { accept, bytesOfText, refuse, type FieldType } from './field-type.ts'
import { checkText } from './text-check.ts'
import { text } from './text.ts'

const addressSpec =
  /^[^\s@"(),:;<>[\\\]]{1,64}@(?=.{1,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u

export const email: FieldType = {
  ...text,
  name: 'email',
  description: 'An e-mail address (addr-spec of RFC 5322 without comments, quoted parts or literals).',
  options: {},
  check(value, field) {
    const checked = checkText(typeof value === 'string' ? value.trim() : value, {
      ...field,
      declaration: { max_length: 254 },
    })
    if (!checked.ok) return checked
    return addressSpec.test(checked.value as string) && !(checked.value as string).includes('..')
      ? checked
      : refuse('email', 'is not an e-mail address such as name@example.com')
  },
  indexBytes: () => bytesOfText(254),
  valueSchema: () => ({ type: 'string', format: 'email', maxLength: 254 }),
}

let loaded: typeof Telephony | undefined

/** More than a hundred modules: loaded with the first number. */
function telephony(): typeof Telephony {
  return (loaded ??= createRequire(import.meta.url)('libphonenumber-js') as typeof Telephony)
}

export const phone: FieldType = {
  ...text,
  name: 'phone',
  description: 'A telephone number; stored in international form (E.164) where it can be recognised.',
  options: {
    country: {
      type: 'string',
      pattern: '^[A-Z]{2}$',
      description: 'Country (ISO 3166) assumed for a number without an international prefix.',
    },
  },
  check(value, field) {
    const checked = checkText(value, { ...field, declaration: { max_length: 50 } })
    if (!checked.ok) return checked
    const given = (checked.value as string).trim()
    const { parsePhoneNumberFromString } = telephony()
    const parsed = parsePhoneNumberFromString(
      given,
      field.declaration.country as Telephony.CountryCode | undefined,
    )
    if (parsed?.isValid() && parsed.ext === undefined) return accept(parsed.number)
    return /^[+0-9 ().\-/;xX#*ext]{3,50}$/.test(given)
      ? accept(given)
      : refuse('phone', 'is not a telephone number such as +86 10 6552 9988')
  },
  indexBytes: () => bytesOfText(50),
  valueSchema: () => ({ type: 'string', maxLength: 50 }),
}

/** In bytes, so that an address can be unique: an index row holds no more than about 2,700. */
const LONGEST_ADDRESS = 2_000

export const url: FieldType = {
  ...text,
  name: 'url',
  description: 'A web address (http or https) of at most 2,000 bytes.',
  options: {},
  check(value, field) {
    const checked = checkText(typeof value === 'string' ? value.trim() : value, {
      ...field,
      declaration: { max_length: LONGEST_ADDRESS },
    })
    if (!checked.ok) return checked
    const bytes = Buffer.byteLength(checked.value as string)
    if (bytes > LONGEST_ADDRESS)
      return refuse('too_long', `takes ${bytes} bytes; at most ${LONGEST_ADDRESS} are allowed`)
    const parsed = URL.parse(checked.value as string)
    const isWeb = parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:')
    return isWeb && !parsed.username && !parsed.password && !/\s/.test(checked.value as string)
      ? checked
      : refuse('url', 'is not a web address such as https://example.com (no user name, http or https only)')
  },
  indexBytes: () => LONGEST_ADDRESS,
  valueSchema: () => ({ type: 'string', format: 'uri', maxLength: LONGEST_ADDRESS }),
}
