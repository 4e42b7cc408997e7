import type { ClockView, Colour } from '#lib/shared/api/types.ts'
import { formatNumber } from '#lib/shared/i18n/formats.ts'

/** What is left of a promise so many milliseconds after it was answered; below nothing once it is late. */
export function remainingOf({ counting, remaining_ms: remaining }: ClockView, elapsed: number): number {
  return counting ? remaining - elapsed : remaining
}

/** Working time in hours and minutes, without a sign; a part of a minute counts as a whole one. */
export function timeText(milliseconds: number): string {
  const minutes = Math.ceil(Math.abs(milliseconds) / 60_000)
  const parts = [
    { unit: 'hour', count: Math.floor(minutes / 60) },
    { unit: 'minute', count: minutes % 60 },
  ]
  const shown = parts.filter(({ count }, at) => count > 0 || (at === 1 && minutes === 0))
  return shown
    .map(({ unit, count }) => formatNumber(count, { style: 'unit', unit, unitDisplay: 'short' }))
    .join(' ')
}

/** Red when it is late, amber once people have been warned, green when it was kept, grey while it stands. */
export function clockColour(clock: ClockView, remaining: number): Colour {
  if (clock.outcome === 'broken' || remaining <= 0) return 'red'
  if (clock.outcome === 'kept') return 'green'
  if (clock.status === 'paused') return 'grey'
  const isWarned = clock.alerts.some(({ outcome }) => outcome !== null)
  return isWarned ? 'amber' : 'blue'
}
