import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { createCalendar } from '../../platform/calendars/calendar.ts'
import { advance, type Advanced, type ServiceClock } from '../../platform/processes/service-levels/advance.ts'
import type { ClockChange } from '../../platform/processes/service-levels/course.ts'
import { countdown } from '../../platform/processes/service-levels/countdown.ts'
import { servicePromise, type ServicePromise } from '../../platform/processes/service-levels/promise.ts'
import { minute, workedMinutes } from '../calendars/minute-oracle.ts'
import { minutesLookedAt, situations } from '../calendars/random-calendars.ts'
import { stepClock } from './minute-clock.ts'
import { courses, promises, since } from './random-clocks.ts'

// As many runs as one asks for may take.
vi.setConfig({ testTimeout: 3_600_000 })

const numRuns = Number(process.env.TESSERA_PROPERTY_RUNS ?? 12) * 5

/** The clock after all changes at once. */
function atOnce(changes: readonly ClockChange[], promise: ServicePromise, now: number): Advanced {
  return advance({ clock: null, changes, promise, now })
}

/** The clock with each change at its time, and, where `timers` says so, each wake as well. */
function onTime(
  changes: readonly ClockChange[],
  { promise, now, timers }: { promise: ServicePromise; now: number; timers: boolean },
): { clock: ServiceClock | null; fired: { name: string; at: number; round: number }[] } {
  let last: Advanced = { clock: null, fired: [], wakes: [] }
  const fired: { name: string; at: number; round: number }[] = []
  const step = (due: readonly ClockChange[], at: number) => {
    // What a runtime stores is JSON.
    const clock = JSON.parse(JSON.stringify(last.clock)) as ServiceClock | null
    last = advance({ clock, changes: due, promise, now: at })
    fired.push(...last.fired.map((alert) => ({ ...alert, round: last.clock?.round ?? 0 })))
  }
  const stepTimers = (until: number) => {
    for (let wake = last.wakes[0]; timers && wake !== undefined && wake.at <= until; wake = last.wakes[0])
      step([], wake.at)
  }
  for (const change of changes) {
    stepTimers(change.at)
    step([change], change.at)
  }
  stepTimers(now)
  step([], now)
  return { clock: last.clock, fired }
}

it('shows what a clock shows that is carried through every minute', () => {
  fc.assert(
    fc.property(situations, courses, promises, (situation, changes, { minutes, declaration }) => {
      const { declaration: calendar, from } = situation
      const now = from + minutesLookedAt * minute
      const worked = workedMinutes(calendar, { from, to: now })
      const promise = servicePromise(declaration, { calendar: createCalendar(calendar) })
      const again = declaration.again ?? 'never'
      const expected = stepClock(worked, { changes, again, end: minutesLookedAt })
      const { clock } = atOnce(since(from, changes), promise, now)
      expect(clock?.status).toBe(expected?.state)
      expect(clock?.round).toBe(expected?.round)
      expect(clock?.workedMs).toBe((expected?.worked ?? 0) * minute)
      const reached = (count: number) => {
        const at = expected?.reached[Math.ceil(count)]
        return at === undefined ? null : from + at * minute
      }
      expect(clock?.breachedAt).toBe(reached(minutes))
      if (clock?.status !== 'running' || reached(minutes) !== null)
        expect(clock?.dueAt).toBe(reached(minutes))
      else expect(clock.dueAt).toBeGreaterThan(now)
      const early = clock?.alerts['warnings/early']?.at ?? null
      if (early === null || early <= now) expect(early).toBe(reached(minutes / 100))
    }),
    { numRuns },
  )
})

it('comes to the same state whether changes arrive one by one or at once, with timers or without', () => {
  fc.assert(
    fc.property(situations, courses, promises, (situation, changes, { declaration }) => {
      const { declaration: calendar, from } = situation
      const now = from + minutesLookedAt * minute
      const promise = servicePromise(declaration, { calendar: createCalendar(calendar) })
      const instants = since(from, changes)
      const batch = atOnce(instants, promise, now)
      const bare = (clock: ServiceClock | null) => ({ ...clock, alerts: undefined })
      const slow = onTime(instants, { promise, now, timers: false })
      const timed = onTime(instants, { promise, now, timers: true })
      expect(bare(slow.clock)).toEqual(bare(batch.clock))
      expect(bare(timed.clock)).toEqual(bare(batch.clock))
      const escalated = (clock: ServiceClock | null) =>
        Object.entries(clock?.alerts ?? {}).filter(([name]) => name.startsWith('escalations/'))
      if (batch.clock?.status !== 'cancelled') expect(escalated(timed.clock)).toEqual(escalated(batch.clock))
    }),
    { numRuns },
  )
})

it('fires every alert once a round, at its moment, where timers are on time', () => {
  fc.assert(
    fc.property(situations, courses, promises, (situation, changes, { declaration }) => {
      const { declaration: calendar, from } = situation
      const now = from + minutesLookedAt * minute
      const promise = servicePromise(declaration, { calendar: createCalendar(calendar) })
      const { clock, fired } = onTime(since(from, changes), { promise, now, timers: true })
      const keys = fired.map(({ name, round }) => `${round} ${name}`)
      expect(new Set(keys).size).toBe(keys.length)
      for (const { name, at, round } of fired)
        if (round === clock?.round) expect(clock.alerts[name]?.at).toBe(at)
      const reached = Object.entries(clock?.alerts ?? {}).filter(
        ([, { at }]) => at !== null && at <= Math.min(clock?.endedAt ?? now, now),
      )
      for (const [name] of reached.filter(([name]) => name.startsWith('escalations/')))
        if (clock?.status !== 'cancelled') expect(keys).toContain(`${clock?.round} ${name}`)
    }),
    { numRuns },
  )
})

it('is after a change of the promise as if it had been so from the start', () => {
  fc.assert(
    fc.property(
      fc.tuple(situations, promises),
      fc.tuple(situations, promises),
      courses,
      ([one, first], [other, second], changes) => {
        const now = one.from + minutesLookedAt * minute
        const instants = since(one.from, changes)
        const before = servicePromise(
          { ...first.declaration, again: 'anew' },
          { calendar: createCalendar(one.declaration) },
        )
        const after = servicePromise(
          { ...second.declaration, again: 'anew' },
          { calendar: createCalendar(other.declaration) },
        )
        const { clock } = atOnce(instants, before, now)
        const moved = advance({ clock, changes: [], promise: after, now })
        if (clock?.endedAt !== null) {
          expect(moved.clock).toEqual(clock)
          return
        }
        const fresh = atOnce(instants, after, now)
        expect({ ...moved.clock, alerts: undefined }).toEqual({ ...fresh.clock, alerts: undefined })
        const times = (clock: ServiceClock | null) =>
          Object.entries(clock?.alerts ?? {}).map(([name, { at }]) => [name, at])
        expect(times(moved.clock)).toEqual(times(fresh.clock))
      },
    ),
    { numRuns },
  )
})

const length = fc.integer({ min: 0, max: 3000 })

it('moves the due moment by the working time of a pause', () => {
  fc.assert(
    fc.property(
      situations,
      promises,
      fc.tuple(length, length, length),
      ({ declaration: calendar, from }, { declaration }, [start, until, pause]) => {
        const promise = servicePromise(declaration, { calendar: createCalendar(calendar) })
        const [started, paused, resumed] = [start, start + until, start + until + pause]
        const worked = workedMinutes(calendar, { from, to: from + minutesLookedAt * minute })
        const idle = worked.subarray(paused, resumed).reduce((sum, is) => sum + is, 0)
        const changes = since(from, [
          { type: 'start', at: started },
          { type: 'pause', at: paused },
          { type: 'resume', at: resumed },
        ])
        const now = from + resumed * minute
        const without = atOnce(changes.slice(0, 1), promise, now).clock as ServiceClock
        const delayed = atOnce(changes, promise, now).clock as ServiceClock
        fc.pre((without.dueAt as number) > from + paused * minute)
        const longer = { ...declaration, target: `PT${without.targetMs / minute + idle}M` }
        const other = servicePromise(longer, { calendar: promise.calendar })
        expect(delayed.dueAt).toBe(atOnce(changes.slice(0, 1), other, now).clock?.dueAt)
      },
    ),
    { numRuns },
  )
})

it('counts down by the working time that passes', () => {
  fc.assert(
    fc.property(
      situations,
      courses,
      promises,
      fc.tuple(length, length),
      ({ declaration: calendar, from }, changes, { declaration }, [offset, later]) => {
        const promise = servicePromise(declaration, { calendar: createCalendar(calendar) })
        const last = changes.at(-1)?.at ?? 0
        const now = from + (last + offset) * minute
        const { clock } = atOnce(since(from, changes), promise, now)
        const seen = countdown(clock as ServiceClock, promise, now)
        expect(seen.workedMs + seen.remainingMs).toBe(seen.targetMs)
        expect(seen.remainingMs <= 0).toBe(seen.breachedAt !== null)
        const next = Math.min(now + later * minute, seen.turnsAt ?? Infinity)
        const then = countdown(clock as ServiceClock, promise, next)
        expect(seen.remainingMs - then.remainingMs).toBe(seen.isCounting ? next - now : 0)
      },
    ),
    { numRuns },
  )
})
