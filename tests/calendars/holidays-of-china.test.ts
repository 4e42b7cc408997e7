import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../platform/calendars/calendar.ts'
import { calendarProblems } from '../../platform/calendars/calendar-problems.ts'
import { weekdays } from '../../platform/calendars/declaration.ts'
import { holidayCnExceptions, type HolidayCnFile } from '../../platform/calendars/holiday-cn.ts'
import { isWorking } from '../../platform/calendars/working-time.ts'
import { sharedData } from '../harness/shared-data.ts'

const folder = sharedData('calendars/holiday-cn')

describe.skipIf(!folder)('the holidays of mainland China since 2020', () => {
  const files = () =>
    readdirSync(folder as string)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(folder as string, name), 'utf8')) as HolidayCnFile)
  const office = () => ({
    name: 'office',
    time_zone: 'Asia/Shanghai',
    shifts: { day: { days: weekdays.slice(0, 5), from: '09:00', to: '18:00' } },
    exceptions: holidayCnExceptions(files()),
  })

  it('make exceptions with which nothing is wrong', () => {
    const declaration = office()
    expect(calendarProblems(declaration, { office: declaration })).toEqual([])
  })

  it('are off or worked exactly as the files say, and other days as their weekday', () => {
    const calendar = createCalendar(office())
    const listed = new Map(files().flatMap(({ days }) => days.map(({ date, isOffDay }) => [date, isOffDay])))
    for (let noon = Date.parse('2020-01-01T12:00+08:00'); noon < Date.parse('2027-01-01T00:00+08:00');) {
      const date = new Date(noon).toISOString().slice(0, 10)
      const isWeekend = [0, 6].includes(new Date(noon).getUTCDay())
      expect(`${date} ${isWorking(calendar, noon)}`).toBe(`${date} ${!(listed.get(date) ?? isWeekend)}`)
      noon += 86_400_000
    }
  })

  it('have 248 working days in 2026', () => {
    expect(createCalendar(office()).year(2026).days).toHaveLength(248)
  })
})
