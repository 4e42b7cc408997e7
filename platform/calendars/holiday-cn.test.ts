import { expect, it } from 'vitest'
import { holidayCnExceptions } from './holiday-cn.ts'

const off = (name: string, date: string) => ({ name, date, isOffDay: true })

it('makes one rule of days off in a row, and a working day of each that is made up', () => {
  const file = {
    year: 2025,
    days: [
      { name: '国庆节、中秋节', date: '2025-09-28', isOffDay: false },
      off('国庆节、中秋节', '2025-10-01'),
      off('国庆节、中秋节', '2025-10-02'),
      off('端午节', '2025-10-03'),
    ],
  }
  expect(holidayCnExceptions([file], { like: 'friday' })).toEqual({
    '2025-09-28': {
      type: 'working_day',
      like: 'friday',
      label: { en: 'Working day for National Day, Mid-Autumn Festival', 'zh-CN': '国庆节、中秋节调休上班' },
    },
    '2025-10-01': {
      type: 'holiday',
      label: { en: 'National Day, Mid-Autumn Festival', 'zh-CN': '国庆节、中秋节' },
      through: '2025-10-02',
    },
    '2025-10-03': { type: 'holiday', label: { en: 'Dragon Boat Festival', 'zh-CN': '端午节' } },
  })
})

it('joins days of two files, of which the later year has the last word', () => {
  const files = [
    { year: 2023, days: [off('元旦', '2022-12-31'), off('元旦', '2023-01-01')] },
    { year: 2022, days: [{ name: '元旦', date: '2022-12-31', isOffDay: false }] },
  ]
  expect(
    Object.entries(holidayCnExceptions(files)).map(([date, rule]) => [date, rule.type, rule.through]),
  ).toEqual([['2022-12-31', 'holiday', '2023-01-01']])
})

it('names the entry that is not of the format', () => {
  expect(() => holidayCnExceptions([{ year: 2026, days: [off('元旦', '2026-1-1')] }])).toThrow(
    '"2026-1-1" at /days/0 of the year 2026 is not a day such as 2026-10-01.',
  )
  expect(() =>
    holidayCnExceptions([
      { year: 2026, days: [{ name: '元旦', date: '2026-01-01' } as ReturnType<typeof off>] },
    ]),
  ).toThrow('isOffDay at /days/0 of the year 2026 is undefined; it must be true or false.')
})
