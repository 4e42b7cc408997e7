import { expect, it } from 'vitest'
import { createCalendar } from '../../calendars/calendar.ts'
import { changed, type ClockChange, type ClockCourse } from './course.ts'
import { countdown } from './countdown.ts'
import { servicePromise } from './promise.ts'

const promise = servicePromise(
  { target: 'PT4H' },
  {
    calendar: createCalendar({
      name: 'office',
      time_zone: 'UTC',
      shifts: {
        morning: { days: ['monday', 'tuesday'], from: '09:00', to: '12:00' },
        afternoon: { days: ['monday', 'tuesday'], from: '13:00', to: '17:00' },
      },
    }),
  },
)

const at = (day: number, time: string) => Date.parse(`2026-11-${22 + day}T${time}Z`)
const hours = (count: number) => count * 3_600_000

function seen(changes: readonly ClockChange[], now: number) {
  const course = changes.reduce<ClockCourse | null>(
    (before, change) => changed(before, change, 'never'),
    null,
  )
  return countdown(course as ClockCourse, promise, now)
}

const start: ClockChange = { type: 'start', at: at(1, '10:00') }

it('counts until the next closing, and then from the next opening', () => {
  expect(seen([start], at(1, '11:00'))).toEqual({
    status: 'running',
    outcome: 'open',
    targetMs: hours(4),
    workedMs: hours(1),
    remainingMs: hours(3),
    percent: 25,
    dueAt: at(1, '15:00'),
    expectedAt: at(1, '15:00'),
    breachedAt: null,
    isCounting: true,
    turnsAt: at(1, '12:00'),
  })
  expect(seen([start], at(1, '12:30'))).toMatchObject({ isCounting: false, turnsAt: at(1, '13:00') })
})

it('goes below nothing once it is overdue', () => {
  expect(seen([start], at(2, '09:30'))).toMatchObject({
    outcome: 'broken',
    remainingMs: hours(-2.5),
    percent: 162.5,
    breachedAt: at(1, '15:00'),
  })
})

it('stands while paused, and says when it would be due if it went on now', () => {
  expect(seen([start, { type: 'pause', at: at(1, '11:00') }], at(1, '16:00'))).toMatchObject({
    status: 'paused',
    remainingMs: hours(3),
    dueAt: null,
    expectedAt: at(2, '11:00'),
    isCounting: false,
    turnsAt: null,
  })
})

it('waits for a start that lies ahead', () => {
  const ahead: ClockChange = { type: 'start', at: at(2, '10:00') }
  expect(seen([ahead], at(2, '09:30'))).toMatchObject({
    remainingMs: hours(4),
    isCounting: false,
    turnsAt: at(2, '10:00'),
  })
  expect(seen([ahead, { type: 'pause', at: at(1, '10:00') }], at(1, '10:00'))).toMatchObject({
    status: 'paused',
    expectedAt: at(2, '15:00'),
  })
})

it('says how it ended', () => {
  expect(seen([start, { type: 'stop', at: at(1, '14:00') }], at(2, '09:30'))).toMatchObject({
    outcome: 'kept',
    remainingMs: hours(1),
    turnsAt: null,
  })
  expect(seen([start, { type: 'stop', at: at(1, '16:00') }], at(2, '09:30'))).toMatchObject({
    outcome: 'broken',
    remainingMs: hours(-1),
  })
  expect(seen([start, { type: 'cancel', at: at(1, '14:00') }], at(2, '09:30'))).toMatchObject({
    outcome: 'void',
  })
})
