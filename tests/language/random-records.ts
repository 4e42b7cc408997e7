import fc from 'fast-check'
import { expressionTypes as t, type ExprType, type Scope } from '../../platform/language/index.ts'

export const ids = ['018f3a7e-0000-7000-8000-000000000001', '018f3a7e-0000-7000-8000-000000000002']

/** The fields that random expressions read, by path after `record`; references are two levels deep. */
const fieldTypes: Readonly<Record<string, ExprType>> = {
  id: t.record('deal'),
  whole: t.int,
  small: t.int,
  rate: t.decimal,
  price: t.money,
  cost: t.money,
  title: t.string,
  note: t.string,
  won: t.bool,
  closes: t.date,
  opened: t.date,
  made: t.datetime,
  seen: t.datetime,
  term: t.duration,
  tags: t.list(t.string),
  counts: t.list(t.int),
  account: t.record('account'),
  'account.name': t.string,
  'account.revenue': t.decimal,
  'account.owner': t.record('user'),
  'account.owner.name': t.string,
  'account.owner.level': t.int,
  'account.owner.joined': t.date,
}

const columnTypes: Readonly<Partial<Record<ExprType['kind'], string>>> = {
  bool: 'boolean',
  int: 'int8',
  decimal: 'numeric',
  string: 'text',
  date: 'date',
  datetime: 'timestamptz',
  duration: 'interval',
  record: 'uuid',
}

/** Columns of the table of random records: name and type. */
export const columns: readonly (readonly [string, string])[] = Object.entries(fieldTypes).flatMap(
  ([path, type]) => {
    const name = columnName(path)
    if (type.kind === 'money') return [[name, 'numeric'] as const, [`${name}_currency`, 'text'] as const]
    if (type.kind === 'list') return [[name, `${columnTypes[type.of.kind]}[]`] as const]
    return [[name, name === 'small' ? 'int4' : columnTypes[type.kind]!] as const]
  },
)

export function columnName(path: string): string {
  return path.replaceAll('.', '__')
}

export const scope: Scope = {
  variables: { record: t.record('deal'), before: t.record('deal') },
  object(name) {
    const prefix = { deal: '', account: 'account.', user: 'account.owner.' }[name]
    if (prefix === undefined) return undefined
    const own = Object.entries(fieldTypes).filter(
      ([path]) => path.startsWith(prefix) && !path.slice(prefix.length).includes('.'),
    )
    const fields = new Map(own.map(([path, type]) => [path.slice(prefix.length), type]))
    return { name, field: (field) => fields.get(field), fieldNames: () => [...fields.keys()] }
  },
}

const awkwardTexts = [
  'a',
  'A',
  ' a ',
  '客户',
  '客户😀',
  '😀',
  '\uFFFD',
  'é',
  'É',
  'e\u0301',
  'ß',
  'İ',
  'ſ',
  'σς',
  'ΑΣ',
  'ﬁ',
  'Ａｂ',
  'Жж',
  "o'Brien",
  '\\',
  '%_',
  '"',
  '\u3000x\u3000',
  'ab\ncd',
  '12',
  '-12.50',
  '+3',
  '9223372036854775808',
  '2026-11-22',
  'true',
  'null',
]
export const texts = fc.oneof(
  fc.constantFrom(...awkwardTexts),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
)

export const integers = fc.oneof(
  fc.integer({ min: -10, max: 10 }).map(BigInt),
  fc.constantFrom(
    2n ** 53n - 1n,
    2n ** 53n,
    -(2n ** 53n),
    2n ** 63n - 1n,
    -(2n ** 63n),
    2n ** 31n,
    3037000500n,
  ),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
)

export const decimals = fc.oneof(
  fc.constantFrom(
    '0',
    '0.5',
    '-0.5',
    '1.5',
    '2.5',
    '-2.5',
    '0.125',
    '1',
    '-1',
    '10',
    '99.995',
    '0.00000000000000000001',
  ),
  fc.constantFrom(
    '99999999999999999999999999999999999999.99999999999999999999',
    '-12345678901234567890123456789.5',
  ),
  fc.tuple(fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }), fc.integer({ min: 0, max: 4 })).map(decimalText),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.integer({ min: 0, max: 20 }))
    .map(decimalText),
)

const dayLength = 86_400_000
const farDates = { min: Date.parse('0001-01-01T00:00:00Z'), max: Date.UTC(9999, 11, 31) }
const commonInstants = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2036, 0, 1) })
export const instants = fc
  .oneof({ weight: 5, arbitrary: commonInstants }, { weight: 1, arbitrary: fc.integer(farDates) })
  .map((at) => new Date(at).toISOString())
export const dates = fc
  .oneof(
    { weight: 3, arbitrary: commonInstants },
    { weight: 1, arbitrary: fc.integer({ min: -719162, max: 2932896 }).map((day) => day * dayLength) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(Date.UTC(2024, 1, 29), Date.UTC(2026, 11, 31), Date.UTC(2026, 0, 31)),
    },
  )
  .map((at) => new Date(at).toISOString().slice(0, 10))

export const durations = fc.oneof(
  fc.constantFrom(
    'P1D',
    'PT4H',
    'P1M',
    'P1Y2M',
    'P-1M',
    'PT0S',
    'P30D',
    'P2W',
    'PT0.001S',
    'P1000Y',
    'P-1000000D',
  ),
  fc
    .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -1e10, max: 1e10 }))
    .map(([months, milliseconds]) => `P${months}MT${seconds(milliseconds)}S`),
)

const money = fc.record({ amount: decimals, currency: fc.constantFrom('EUR', 'USD', 'CNY', 'EUR') })
const blank = fc.constant(null)

const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  bool: fc.boolean(),
  int: integers.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))),
  decimal: decimals,
  string: fc.oneof({ weight: 6, arbitrary: texts }, { weight: 1, arbitrary: fc.constant('') }),
  money,
  date: dates,
  datetime: instants,
  duration: durations,
}

/** Random records, with about a fifth of their values blank. */
export const records: fc.Arbitrary<Record<string, unknown>> = fc.record(
  Object.fromEntries(
    Object.entries(fieldTypes).map(([path, type]) => [path, maybeBlank(valuesOf(path, type))]),
  ),
)

/** The record as the evaluation gets it: references as objects with the loaded fields. */
export function asVariable(flat: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(flat)) {
    const steps = path.split('.')
    const last = steps.pop()!
    let target: Record<string, unknown> | null = result
    for (const step of steps) {
      const next: unknown = target?.[step]
      target = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : null
    }
    if (target)
      target[last] =
        fieldTypes[path]?.kind === 'record' && value !== null && path !== 'id' ? { id: value } : value
  }
  return result
}

/** The record as a row: what a blank reference hides is blank. */
export function asRow(flat: Record<string, unknown>): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [path, type] of Object.entries(fieldTypes)) {
    const steps = path.split('.')
    const isHidden = steps.slice(0, -1).some((_, index) => flat[steps.slice(0, index + 1).join('.')] === null)
    const value = isHidden ? null : flat[path]
    const name = columnName(path)
    if (type.kind === 'money') {
      const pair = value as { amount: string; currency: string } | null
      row[name] = pair?.amount ?? null
      row[`${name}_currency`] = pair?.currency ?? null
    } else {
      row[name] = value
    }
  }
  return row
}

function valuesOf(path: string, type: ExprType): fc.Arbitrary<unknown> {
  if (path === 'small') return fc.integer({ min: -100, max: 100 })
  if (type.kind === 'record') return fc.constantFrom(...ids)
  if (type.kind === 'list') return fc.array(maybeBlank(values[type.of.kind]!), { maxLength: 4 })
  return values[type.kind]!
}

function maybeBlank(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: blank })
}

function decimalText([digits, scale]: [bigint, number]): string {
  const negative = digits < 0n
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0')
  const point = text.length - scale
  return (negative ? '-' : '') + text.slice(0, point) + (scale > 0 ? '.' + text.slice(point) : '')
}

function seconds(milliseconds: number): string {
  const negative = milliseconds < 0
  const text = String(Math.abs(milliseconds)).padStart(4, '0')
  return `${negative ? '-' : ''}${text.slice(0, -3)}.${text.slice(-3)}`
}
