/**
 * The day (`2026-11-22`) that a person typed, or null. Understands ISO, the order of the locale (`22/11/2026`,
 * `11/22/2026`, `2026年11月22日`), today and tomorrow in both languages, and `+3` or `-2` days from today.
 */
export function parseDay(typed: string, { today, locale }: { today: string; locale: string }): string | null {
  const text = typed.trim().toLowerCase()
  const named: Readonly<Record<string, number>> = {
    today: 0,
    今天: 0,
    tomorrow: 1,
    明天: 1,
    后天: 2,
    yesterday: -1,
    昨天: -1,
  }
  const offset = named[text] ?? (/^[+-]\d{1,4}d?$/.test(text) ? Number.parseInt(text, 10) : undefined)
  if (offset !== undefined) return addDays(today, offset)
  const year = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text)
  if (year) return valid(year[1], year[2], year[3])
  const short = /^(\d{1,2})[-./月](\d{1,2})(?:日|[-./](\d{2}|\d{4}))?$/.exec(text)
  if (!short) return null
  const [, first, second, end] = short
  const full = end === undefined ? today.slice(0, 4) : end.length === 2 ? `20${end}` : end
  return monthFirst(locale)
    ? valid(full, first, second)
    : (valid(full, second, first) ?? valid(full, first, second))
}

export function addDays(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10)
}

/** Today in a time zone. */
export function todayIn(timeZone: string | undefined, now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now)
}

function monthFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(0)).map((part) => part.type)
  return parts.indexOf('month') < parts.indexOf('day')
}

function valid(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) ? text : null
}
