import type { Moment } from '../types.ts'
import { dayLength } from './date.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds that the clock on the wall of the zone shows at an instant, counted as if it were UTC. */
export function wallClock(milliseconds: number, timeZone: string): number {
  if (timeZone === 'UTC') return milliseconds
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of formatFor(timeZone).formatToParts(milliseconds)) {
    if (type in parts) parts[type as keyof typeof parts] = Number(value)
  }
  const wall = new Date(0)
  wall.setUTCFullYear(parts.year, parts.month - 1, parts.day)
  wall.setUTCHours(parts.hour, parts.minute, parts.second)
  return wall.getTime() + (((milliseconds % 1000) + 1000) % 1000)
}

/** The day, as days since 1970-01-01, that it is in the zone at an instant. */
export function dayIn(milliseconds: number, timeZone: string): number {
  return Math.floor(wallClock(milliseconds, timeZone) / dayLength)
}

export function todayOf({ now, timeZone }: Moment): number {
  return dayIn(now.getTime(), timeZone)
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}
