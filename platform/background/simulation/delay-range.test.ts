import { expect, test } from 'vitest'
import { createCalendars } from '../../calendars/calendar.ts'
import { momentAfter } from './delay-range.ts'

const calendars = createCalendars({
  office: {
    name: 'office',
    time_zone: 'UTC',
    shifts: {
      day: {
        label: 'Day',
        days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        from: '09:00',
        to: '17:00',
      },
    },
  },
})
/** A Friday. */
const from = new Date('2026-03-06T15:00:00Z')

test.each([
  ['one duration', 'PT2H', 0.7, '2026-03-06T17:00:00.000Z'],
  ['the least of a range', ['PT1H', 'PT3H'], 0, '2026-03-06T16:00:00.000Z'],
  ['the middle of a range', ['PT1H', 'PT3H'], 0.5, '2026-03-06T17:00:00.000Z'],
  ['working time over a weekend', 'PT4H@office', 0.3, '2026-03-09T11:00:00.000Z'],
  ['the middle of a range of working time', ['PT1H@office', 'PT5H@office'], 0.5, '2026-03-09T10:00:00.000Z'],
  ['no time at all', ['PT0S', 'PT0S'], 0.9, '2026-03-06T15:00:00.000Z'],
] as const)('%s', (_, range, fraction, moment) => {
  expect(momentAfter(range, { from, fraction, calendars }).toISOString()).toBe(moment)
})
