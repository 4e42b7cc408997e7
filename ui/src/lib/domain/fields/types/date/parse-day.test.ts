import { expect, test } from 'vitest'
import { parseDay, todayIn } from './parse-day.ts'

const english = { today: '2026-11-22', locale: 'en' }

test.each([
  ['2026-12-01', '2026-12-01'],
  ['2026/1/5', '2026-01-05'],
  ['12/1', '2026-12-01'],
  ['12/1/27', '2027-12-01'],
  ['today', '2026-11-22'],
  ['+3', '2026-11-25'],
  ['-22d', '2026-10-31'],
  ['2026年2月3日', '2026-02-03'],
  ['明天', '2026-11-23'],
])('%s is the day %s', (typed, day) => expect(parseDay(typed, english)).toBe(day))

test.each(['2026-02-30', '13/13', 'soon', ''])('%s is no day', (typed) =>
  expect(parseDay(typed, english)).toBeNull(),
)

test('the locale decides whether the day or the month comes first', () => {
  expect(parseDay('5/6/2026', { ...english, locale: 'en-GB' })).toBe('2026-06-05')
})

test('today is another day in another zone', () => {
  const now = new Date('2026-11-22T20:00:00Z')
  expect(todayIn('UTC', now)).toBe('2026-11-22')
  expect(todayIn('Asia/Shanghai', now)).toBe('2026-11-23')
})
