import { accept, refuse, type FieldType } from './field-type.ts'
import { canonicalDecimal, checkDecimal } from './number-check.ts'
import { describeJson } from './text-check.ts'

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

export interface Money {
  readonly amount: string
  readonly currency: string
}

export const money: FieldType = {
  name: 'money',
  description: 'An exact amount with its currency; travels as {"amount": "12.50", "currency": "EUR"}.',
  options: {
    minimum: { type: 'number', description: 'The smallest amount allowed.' },
    maximum: { type: 'number', description: 'The largest amount allowed.' },
    currency: {
      type: 'string',
      pattern: '^[A-Z]{3}$',
      description:
        'The only currency (ISO 4217) that this field accepts; without it any currency is accepted.',
    },
    scale: {
      type: 'integer',
      minimum: 0,
      maximum: 8,
      description: 'How many decimals are kept (4 if not said); more are refused.',
    },
  },
  storage: 'stored',
  columns: ({ declaration }) => [
    { suffix: '', type: `numeric(24,${declaration.scale ?? 4})` },
    { suffix: '__currency', type: 'text', collate: 'C' },
  ],
  expressionType: () => ({ kind: 'money' }),
  check(value, { declaration, defaultCurrency }) {
    const fixed = declaration.currency as string | undefined
    const given = typeof value === 'object' && value !== null ? (value as Partial<Money>) : undefined
    const currency = given?.currency ?? fixed ?? defaultCurrency
    if (typeof currency !== 'string' || !currencies.has(currency))
      return refuse(
        'currency',
        `has the unknown currency ${describeJson(currency)}; use an ISO 4217 code such as EUR`,
      )
    if (fixed !== undefined && currency !== fixed)
      return refuse('currency', `is in ${currency}; only ${fixed} is accepted here`)
    const amount = checkDecimal(given === undefined ? value : given.amount, {
      digits: 24,
      scale: 4,
      ...declaration,
    })
    return amount.ok ? accept({ amount: amount.value, currency }) : amount
  },
  toColumns: (value) => [(value as Money).amount, (value as Money).currency],
  fromColumns: ([amount, currency]) =>
    amount === null || amount === undefined ? null : { amount: canonicalDecimal(amount), currency },
  indexBytes: () => 40,
  operators: ['equals', 'not_equals', 'less', 'greater', 'between', 'blank', 'not_blank'],
  valueSchema: () => ({
    type: 'object',
    additionalProperties: false,
    required: ['amount', 'currency'],
    properties: {
      amount: { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    },
  }),
}
