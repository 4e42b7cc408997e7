const day = 86_400_000

/** The calendar day (UTC) some days from a moment: `2026-11-22`. */
export function calendarDay(moment: Date, days: number): string {
  return new Date(moment.getTime() + days * day).toISOString().slice(0, 10)
}
