import type { Hours } from './declaration.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Milliseconds since 00:00 of `HH:MM`; 24:00 is the end of the day. */
export function timeOfDay(text: string): number {
  return (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * minute
}

/** Start and end of a shift on the clock, in milliseconds since 00:00 of the day to which it belongs. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A shift that ends at or before the time at which it starts passes midnight. */
export function spanOf({ from, to }: Hours): Span {
  const start = timeOfDay(from)
  const end = timeOfDay(to)
  return { from: start, to: end > start ? end : end + day }
}
