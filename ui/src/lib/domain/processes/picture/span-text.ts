import { formatNumber } from '#lib/shared/i18n/formats.ts'

const units = [
  { unit: 'day', size: 86_400_000 },
  { unit: 'hour', size: 3_600_000 },
  { unit: 'minute', size: 60_000 },
  { unit: 'second', size: 1_000 },
] as const

/** A span of time in its two largest units: “2 days 3 hr”; anything below a second is the empty text. */
export function spanText(milliseconds: number): string {
  const first = units.findIndex(({ size }) => milliseconds >= size)
  if (first < 0) return ''
  let rest = milliseconds
  const counts = units.map(({ unit, size }) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return { unit, count }
  })
  return counts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ unit, count }) => formatNumber(count, { style: 'unit', unit, unitDisplay: 'short' }))
    .join(' ')
}

const duration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?(?:@(.+))?$/

/** A delay as declared, for people: `P2D@office` is “2 days (office)”; what is no duration stays as it is. */
export function delayText(delay: string): string {
  const found = duration.exec(delay)
  if (found === null) return delay
  const [weeks, days, hours, minutes, seconds] = found.slice(1, 6).map((part) => Number(part ?? 0))
  const parts = [
    { unit: 'week', count: weeks },
    { unit: 'day', count: days },
    { unit: 'hour', count: hours },
    { unit: 'minute', count: minutes },
    { unit: 'second', count: seconds },
  ] as const
  const text = parts
    .filter(({ count = 0 }) => count > 0)
    .map(({ unit, count }) => formatNumber(count, { style: 'unit', unit, unitDisplay: 'long' }))
    .join(' ')
  return found[6] === undefined ? text : `${text} (${found[6].replaceAll('_', ' ')})`
}
