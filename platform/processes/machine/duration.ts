const pattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds; a day has 24 hours. */
export function durationMs(text: string): number {
  const match = pattern.exec(text)
  if (match === null) throw new Error(`"${text}" is not a duration such as P2D or PT4H.`)
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
}
