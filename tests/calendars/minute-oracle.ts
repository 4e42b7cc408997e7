import type { CalendarDeclaration, Hours } from '../../platform/calendars/declaration.ts'

export const minute = 60_000
const day = 1440

/**
 * Which minutes of a stretch are worked, found the slow way: it steps through every minute, asks the platform for the
 * offset of the zone, and looks whether the clock is within a shift. The clock counts as it has shown at the latest, so
 * that the hour that comes twice counts as one long hour.
 */
export function workedMinutes(
  declaration: CalendarDeclaration,
  { from, to }: { from: number; to: number },
): Uint8Array {
  const worked = new Uint8Array((to - from) / minute)
  const offset = offsetOf(declaration.time_zone)
  const isWithinShift = shiftTest(declaration)
  let shown = -Infinity
  for (let at = from - 3 * day * minute; at < to; at += minute) {
    shown = Math.max(shown, at / minute + offset(at))
    if (at >= from && isWithinShift(shown)) worked[(at - from) / minute] = 1
  }
  return worked
}

/** Whether a time that the clock shows, in minutes, is within a shift of its day or of the day before. */
function shiftTest(declaration: CalendarDeclaration): (shown: number) => boolean {
  const known = new Map<number, readonly (readonly [number, number])[]>()
  function spansOn(date: number) {
    let spans = known.get(date)
    if (spans === undefined) {
      spans = shiftsOn(date, declaration).map(({ from, to }) => {
        const length = minutesOf(to) - minutesOf(from)
        const start = date * day + minutesOf(from)
        return [start, start + (length > 0 ? length : length + day)]
      })
      known.set(date, spans)
    }
    return spans
  }
  return (shown) => {
    const today = Math.floor(shown / day)
    const isWithin = ([start, end]: readonly [number, number]) => shown >= start && shown < end
    return spansOn(today).some(isWithin) || spansOn(today - 1).some(isWithin)
  }
}

const weekdays = ['thursday', 'friday', 'saturday', 'sunday', 'monday', 'tuesday', 'wednesday'] as const

function shiftsOn(date: number, declaration: CalendarDeclaration): readonly Hours[] {
  const text = new Date(date * day * minute).toISOString().slice(0, 10)
  const exceptions = Object.entries(declaration.exceptions ?? {})
  const rule =
    exceptions.find(([first, { through = first }]) => first <= text && text <= through)?.[1] ??
    declaration.every_year?.[text.slice(5)]
  if (rule?.type === 'holiday') return []
  if (rule?.type === 'special_hours') return rule.shifts
  const weekday = rule?.type === 'working_day' ? rule.like : weekdays[((date % 7) + 7) % 7]
  if (declaration.around_the_clock === true) return [{ from: '00:00', to: '24:00' }]
  return Object.values(declaration.shifts ?? {}).filter(({ days }) => days.some((name) => name === weekday))
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  return hours * 60 + minutes
}

const offsets = new Map<string, Map<number, number>>()

/** Minutes ahead of UTC by quarter of an hour, in which no zone changes its clock since 1990. */
function offsetOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const known = offsets.get(timeZone) ?? new Map<number, number>()
  offsets.set(timeZone, known)
  return (at) => {
    const quarter = Math.floor(at / (15 * minute))
    let offset = known.get(quarter)
    if (offset === undefined) {
      const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
      const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? []
      offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1)
      known.set(quarter, offset)
    }
    return offset
  }
}
