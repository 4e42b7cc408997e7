import type { Random } from '../recipes/random.ts'

const day = 86_400_000

/** A moment in working hours (Monday to Friday, 08:00 to 17:59 UTC) on or after the given one. */
function nextWorkingMoment(after: Date, random: Random): Date {
  let moment = after.getTime()
  const hour = after.getUTCHours()
  if (hour >= 18) moment = startOfDay(moment) + day
  else if (hour < 8) moment = startOfDay(moment)
  while (isWeekend(moment)) moment = startOfDay(moment) + day
  if (moment % day !== 0) return new Date(moment)
  return new Date(moment + 8 * 3_600_000 + Math.floor(random.next() * 9 * 60) * 60_000)
}

/** The moment some days (fractions allowed) after another, in working hours. */
export function daysAfter(moment: Date, days: number, random: Random): Date {
  return nextWorkingMoment(new Date(moment.getTime() + Math.round(days * day)), random)
}

function startOfDay(moment: number): number {
  return moment - (moment % day)
}

function isWeekend(moment: number): boolean {
  const weekday = new Date(moment).getUTCDay()
  return weekday === 0 || weekday === 6
}
