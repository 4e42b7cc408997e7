import { Hono } from 'hono'
import { describeClocks, type ClockView } from '../../../processes/index.ts'
import { readingWork } from '../../../records/index.ts'
import type { ClocksAnswer } from '../../contract/types.ts'
import type { ServerEnv } from '../../http/env.ts'
import { given } from '../../meta/given.ts'

/** What is promised on a record, and how much time is left. */
export function clockRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.get('/:object/:id/clocks', async (c) => {
    const { object, id } = c.req.param()
    const unit = readingWork(c.get('work'))
    const clocks = await describeClocks(unit, { object, id })
    return c.json<ClocksAnswer>({ at: unit.moment.now.toISOString(), clocks: clocks.map(present) })
  })
  return routes
}

function present(clock: ClockView): ClocksAnswer['clocks'][number] {
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
