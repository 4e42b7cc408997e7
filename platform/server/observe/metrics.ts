import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { countJobs } from '../../background/index.ts'
import type { Database } from '../../database/index.ts'
import type { LiveChanges } from '../live/live-changes.ts'

export interface Metrics {
  observe(request: { method: string; route: string; status: number; seconds: number }): void
  /** The text that Prometheus reads. */
  read(): Promise<{ text: string; type: string }>
}

/** Measures of this process: requests by route, connections and jobs of the database, listeners, the process itself. */
export function createMetrics({ database, live }: { database: Database; live: LiveChanges }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'tessera_' })
  const durations = new Histogram({
    name: 'tessera_http_request_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const failures = new Counter({
    name: 'tessera_http_failures_total',
    help: 'Answers with a status of 500 or more.',
    registers,
  })
  new Gauge({
    name: 'tessera_database_connections',
    help: 'Connections to the database by pool and state, of all nodes.',
    labelNames: ['pool', 'state'],
    registers,
    async collect() {
      this.reset()
      const rows = await database.platform<{ pool: string; state: string; count: number }[]>`
        select application_name as pool, coalesce(state, 'unknown') as state, count(*)::int as count
        from pg_stat_activity where datname = current_database() and application_name like 'tessera%' group by 1, 2`
      for (const { pool, state, count } of rows) this.set({ pool, state }, count)
    },
  })
  new Gauge({
    name: 'tessera_jobs',
    help: 'Background jobs by condition, of all nodes.',
    labelNames: ['condition'],
    registers,
    async collect() {
      for (const [condition, count] of Object.entries(await countJobs(database)))
        this.set({ condition }, count)
    },
  })
  new Gauge({
    name: 'tessera_live_listeners',
    help: 'Open streams of changes.',
    registers,
    collect() {
      this.set(live.listeners)
    },
  })
  return {
    observe({ method, route, status, seconds }) {
      durations.observe({ method, route, status: String(status) }, seconds)
      if (status >= 500) failures.inc()
    },
    read: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  }
}
