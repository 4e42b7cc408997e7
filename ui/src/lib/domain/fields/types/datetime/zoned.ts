/** The wall-clock reading of a moment in a zone: day and time as texts. */
export function wallClock(moment: string, timeZone: string | undefined): { day: string; time: string } {
  const at = new Date(moment)
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(at)
    .split(' ')
  return { day, time }
}

/**
 * The moment (ISO, UTC) at which the clocks of a zone show a day and time. Where clocks skip it (spring), the moment
 * after the gap; where they show it twice (autumn), the first.
 */
export function momentOf(day: string, time: string, timeZone: string | undefined): string | null {
  const wall = new Date(`${day}T${time}:00Z`).getTime()
  if (Number.isNaN(wall)) return null
  const candidates = [offsetAt(wall - 86_400_000, timeZone), offsetAt(wall + 86_400_000, timeZone)]
    .map((offset) => wall - offset)
    .sort((first, second) => first - second)
  const exact = candidates.find((moment) => moment + offsetAt(moment, timeZone) === wall)
  return new Date(exact ?? (candidates.at(-1) as number)).toISOString()
}

function offsetAt(moment: number, timeZone: string | undefined): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
    moment,
  )
  return new Date(`${text.replace(' ', 'T')}Z`).getTime() - Math.floor(moment / 1_000) * 1_000
}
