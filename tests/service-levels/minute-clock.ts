import type { ClockChange } from '../../platform/processes/service-levels/course.ts'
import type { Again } from '../../platform/definitions/model/service-level.ts'

/** What a clock shows that is carried through every minute. */
export interface SteppedClock {
  readonly state: 'running' | 'paused' | 'stopped' | 'cancelled'
  readonly round: number
  readonly worked: number
  /** The minutes at whose beginning so many minutes had run: the index is how many. */
  readonly reached: readonly number[]
}

/**
 * Carries a clock through every minute up to `end`, the slow way: first what changes at the minute, then, where the
 * clock runs and the minute is worked, one more.
 */
export function stepClock(
  worked: Uint8Array,
  { changes, again, end }: { changes: readonly ClockChange[]; again: Again; end: number },
): SteppedClock | null {
  let state: SteppedClock['state'] | null = null
  let round = 0
  let reached: number[] = []
  const begin = (at: number, to: SteppedClock['state']) => {
    state = to
    round++
    reached = [at]
  }
  for (let at = 0; at <= end; at++) {
    for (const { type } of changes.filter((change) => change.at === at)) {
      const isOn = state === 'running' || state === 'paused'
      if (type === 'start' && !isOn) {
        if (state !== 'stopped' || again === 'anew') begin(at, 'running')
        else if (again === 'continue') state = 'running'
      } else if (!isOn) continue
      else if (type === 'pause') state = 'paused'
      else if (type === 'resume') state = 'running'
      else if (type === 'stop') state = 'stopped'
      else if (type === 'cancel') state = 'cancelled'
      else if (type === 'reset') begin(at, state as SteppedClock['state'])
    }
    if (state === 'running' && at < end && worked[at] === 1) reached.push(at + 1)
  }
  return state === null ? null : { state, round, worked: reached.length - 1, reached }
}
