import { expect, it } from 'vitest'
import { freshDatabase } from '../../tests/harness/fresh-database.ts'

const { platform: sql } = await freshDatabase()

const read = {
  'a whole number of 8 bytes': ['9007199254740991::int8', 9007199254740991],
  'a whole number too large for JavaScript': ['9007199254740993::int8', '9007199254740993'],
  'a decimal, with its last zero': ['12345678901234567890.10::numeric', '12345678901234567890.10'],
  'a date': [`'2026-02-28'::date`, '2026-02-28'],
  'a moment, in UTC and milliseconds': [
    `'2026-11-22 09:50:37.1239+08'::timestamptz`,
    '2026-11-22T01:50:37.123Z',
  ],
  'a moment without a fraction': [`'2026-11-22 01:50:37+00'::timestamptz`, '2026-11-22T01:50:37.000Z'],
  'a moment before Christ, as PostgreSQL writes it': [
    `'0044-03-15 BC'::timestamptz`,
    '0044-03-15 00:00:00+00 BC',
  ],
  infinity: [`'infinity'::timestamptz`, 'infinity'],
  'a time without a zone': [`'2026-11-22 01:50:37.5'::timestamp`, '2026-11-22 01:50:37.5'],
  'a duration': [`'1 day 02:03'::interval`, 'P1DT2H3M'],
  'a jsonb value': [`'{"a":[1,null]}'::jsonb`, { a: [1, null] }],
  'a list of decimals': [`array[1.50, 2]::numeric[]`, ['1.50', '2']],
  'a list of moments': [`array['2026-11-22 01:00+00'::timestamptz]`, ['2026-11-22T01:00:00.000Z']],
  'a blank': ['null::date', null],
} as const

it.each(Object.entries(read))('reads %s', async (_name, [expression, value]) => {
  const [row] = await sql.unsafe(`select ${expression} as value`)
  expect(row!.value).toEqual(value)
})

const written = {
  int8: '9007199254740993',
  numeric: '0.10',
  date: '2026-02-28',
  timestamptz: '2026-11-22T01:50:37.123Z',
  jsonb: { text: '"quoted"', list: [1, 'two'] },
  'text[]': ['a', 'b,c', '"', '\\', ''],
} as const

it.each(Object.entries(written))('gives back a %s as it was written', async (type, value) => {
  const [row] = await sql.unsafe(`select $1::${type} as value`, [value as never])
  expect(row!.value).toEqual(value)
})

it('writes a JavaScript date as a moment', async () => {
  const [row] = await sql`select ${new Date('2026-11-22T01:00:00Z')}::timestamptz as value`
  expect(row!.value).toBe('2026-11-22T01:00:00.000Z')
})

it('writes text into jsonb as the text that it is', async () => {
  const [row] =
    await sql`select ${'{"a":1}' as never}::jsonb as value, jsonb_typeof(${'x' as never}::jsonb) as type`
  expect(row).toEqual({ value: '{"a":1}', type: 'string' })
})
