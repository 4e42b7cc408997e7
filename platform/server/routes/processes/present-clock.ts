import type { ClockView } from '../../../processes/index.ts'
import type { ClocksAnswer } from '../../contract/types.ts'
import { given } from '../../meta/given.ts'

/** A clock as it travels. */
export function presentClock(clock: ClockView): ClocksAnswer['clocks'][number] {
  return given({
    service_level: clock.level,
    promise: clock.promise,
    label: clock.label,
    help: clock.help,
    status: clock.status,
    outcome: clock.outcome,
    target_ms: clock.targetMs,
    remaining_ms: clock.remainingMs,
    percent: Math.round(clock.percent * 10) / 10,
    counting: clock.isCounting,
    turns_at: momentOf(clock.turnsAt),
    due_at: momentOf(clock.dueAt),
    breached_at: momentOf(clock.breachedAt),
    started_at: momentOf(clock.startedAt),
    ended_at: momentOf(clock.endedAt),
    alerts: clock.alerts.map(({ name, label, at, outcome }) => ({ name, label, at: momentOf(at), outcome })),
  }) as ClocksAnswer['clocks'][number]
}

function momentOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}
