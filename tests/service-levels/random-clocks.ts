import fc from 'fast-check'
import type { ClockChange } from '../../platform/processes/service-levels/course.ts'
import type { PromiseDeclaration } from '../../platform/definitions/model/service-level.ts'
import { minute } from '../calendars/minute-oracle.ts'
import { minutesLookedAt } from '../calendars/random-calendars.ts'

/** A promise of so many minutes, with a warning and escalations. */
export interface DrawnPromise {
  readonly minutes: number
  readonly declaration: PromiseDeclaration
}

export const promises: fc.Arbitrary<DrawnPromise> = fc
  .record({
    // A multiple of a hundred, so that shares fall on whole minutes.
    hundreds: fc.integer({ min: 1, max: 20 }),
    percent: fc.integer({ min: 1, max: 99 }),
    again: fc.constantFrom('never' as const, 'anew' as const, 'continue' as const),
    after: fc.integer({ min: 1, max: 600 }),
  })
  .map(({ hundreds, percent, again, after }) => ({
    minutes: hundreds * 100,
    declaration: {
      target: `PT${hundreds * 100}M`,
      again,
      warnings: { early: { type: 'share', percent: 1 }, share: { type: 'share', percent } },
      escalations: { at_breach: { type: 'breach' }, later: { type: 'after', amount: `PT${after}M` } },
    },
  }))

/** Changes in order, of which the first starts the clock; instants are minutes from the beginning. */
export const courses: fc.Arbitrary<readonly ClockChange[]> = fc
  .tuple(
    fc.integer({ min: 0, max: minutesLookedAt / 2 }),
    fc.array(
      fc.record({
        type: fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom('pause' as const, 'resume' as const) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(
              'start' as const,
              'stop' as const,
              'reset' as const,
              'cancel' as const,
            ),
          },
        ),
        after: fc.integer({ min: 0, max: 1500 }),
      }),
      { maxLength: 10 },
    ),
  )
  .map(([start, drawn]) => {
    let at = start
    const changes = drawn.map(({ type, after }) => ({ type, at: (at += after) }))
    return [{ type: 'start' as const, at: start }, ...changes.filter((change) => change.at < minutesLookedAt)]
  })

/** The changes with instants in milliseconds. */
export function since(from: number, changes: readonly ClockChange[]): ClockChange[] {
  return changes.map(({ type, at }) => ({ type, at: from + at * minute }))
}
