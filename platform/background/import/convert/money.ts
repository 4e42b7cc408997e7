import type { FieldModel } from '../../../definitions/model/model.ts'
import { nothing, quoted, type Conversion, type Notation } from './conversion.ts'
import { convertNumber } from './numbers.ts'

/** Signs that stand for a currency; where one stands for several, the expected one must be among them. */
const signs: ReadonlyMap<string, readonly string[]> = new Map([
  ['$', ['USD', 'AUD', 'CAD', 'HKD', 'MXN', 'NZD', 'SGD', 'TWD']],
  ['€', ['EUR']],
  ['£', ['GBP']],
  ['¥', ['CNY', 'JPY']],
  ['元', ['CNY']],
  ['₹', ['INR']],
  ['₩', ['KRW']],
  ['₽', ['RUB']],
  ['US$', ['USD']],
  ['HK$', ['HKD']],
  ['NT$', ['TWD']],
  ['RMB', ['CNY']],
])

/**
 * An amount with or without its currency, before or after it: `1,234.50`, `EUR 12`, `¥99`. Without one it is in the
 * field's own currency, else in `currency` of the mapping, else in the tenant's.
 */
export function convertMoney(
  text: string,
  field: FieldModel,
  { notation, currency }: { notation: Notation; currency: string | undefined },
): Conversion {
  const { declaration, defaultCurrency } = field.context
  const expected = currency ?? (declaration.currency as string | undefined) ?? defaultCurrency
  const normal = text.normalize('NFKC').trim()
  const [, sign = '', before = '', rest = ''] = /^([-+(]?\s*)([^\d\s.,()'+-]*)(.*)$/su.exec(normal) ?? []
  const [, number = '', after = ''] = /^(.*?[\d.)-]?)\s*([^\d\s.,()'’+-]*)$/su.exec(rest) ?? []
  const mark = before === '' ? after : before
  if (before !== '' && after !== '')
    return nothing('currency', `${quoted(text)} names a currency before and after the amount`)
  const found = mark === '' ? expected : currencyOf(mark, expected)
  if (found === undefined)
    return nothing(
      'currency',
      `${quoted(text)} has "${mark}", which does not name one currency; write its code, such as ${expected}`,
    )
  const amount = convertNumber(sign + number, notation)
  return 'fault' in amount ? amount : { value: { amount: amount.value, currency: found } }
}

function currencyOf(mark: string, expected: string): string | undefined {
  if (/^[A-Za-z]{3}$/.test(mark) && !signs.has(mark)) return mark.toUpperCase()
  const possible = signs.get(mark) ?? []
  if (possible.includes(expected)) return expected
  return possible.length === 1 ? possible[0] : undefined
}
