import { createSubscriber } from 'svelte/reactivity'
import type { CountedClock } from '#lib/shared/api/types.ts'

const minute = 60_000

/** The time of this page, which whoever reads it sees move on every minute. */
class PageTime {
  #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, minute)
    return () => clearInterval(timer)
  })

  get now(): number {
    this.#subscribe()
    return performance.now()
  }
}

const time = new PageTime()

const arrivals = new WeakMap<CountedClock, number>()

/** Notes when clocks came, from which they count on; independent of how the device's clock is set. */
export function noteArrival(clocks: Iterable<CountedClock>): void {
  for (const clock of clocks) arrivals.set(clock, performance.now())
}

/** What is left of a promise in a list now; below nothing once it is late. Counts on every minute. */
export function remainingNow(clock: CountedClock): number {
  return remainingAfter(clock, time.now - (arrivals.get(clock) ?? performance.now()))
}

/** What is left so many milliseconds after the answer: the time falls only while it counts, which turns at a moment. */
export function remainingAfter(
  { at, counting, turns_at: turnsAt, remaining_ms: remaining }: CountedClock,
  elapsed: number,
): number {
  const untilTurn = turnsAt === null ? Infinity : Math.max(0, Date.parse(turnsAt) - Date.parse(at))
  return remaining - (counting ? Math.min(elapsed, untilTurn) : Math.max(0, elapsed - untilTurn))
}
