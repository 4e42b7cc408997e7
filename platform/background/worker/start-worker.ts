import { setTimeout as wait } from 'node:timers/promises'
import type { JobPayloads, TaskName } from '../../database/index.ts'
import type { Sql } from '../../database/sql.ts'
import {
  beat,
  freeForgottenJobs,
  freeIdleQueues,
  freeJobsOfSilentNodes,
  leave,
  type Pulse,
} from './heartbeat.ts'
import { openJobPool, type JobPool } from './job-pool.ts'

/** One run of a job. */
export interface JobRun<Task extends TaskName = TaskName> {
  readonly tenant: string
  readonly payload: JobPayloads[Task]
  /** Which attempt this is, from 1, and how many there are. */
  readonly attempt: number
  readonly attempts: number
  /** Aborted when the worker stops: finish what is under way and return, or throw to be tried again. */
  readonly signal: AbortSignal
}

/** What is done for each task. A job runs at least once: the handler must bear a second run. */
export type TaskHandlers = {
  readonly [Task in TaskName]?: (job: JobRun<Task>) => Promise<void>
}

export interface WorkerOptions {
  readonly database: { readonly url: string; readonly platform: Sql }
  readonly handlers: TaskHandlers
  /** Jobs at the same time in this process; 4 if not said. */
  readonly concurrency?: number
  readonly pulse?: Pulse
  /** Takes what the worker has to say; warnings and errors only. */
  readonly log?: (entry: { level: 'warning' | 'error'; message: string; error?: unknown }) => void
}

export interface RunningWorker {
  /** The name under which this worker locks jobs and shows that it lives; another one after it has been started again. */
  readonly node: string
  /** Takes no more jobs, tells those under way to come to an end, waits for them. */
  stop(): Promise<void>
}

const restartMs = 1_000

/**
 * Runs background jobs in this process until it is stopped. Any number of processes may do so on one database. A
 * failed job is tried again, later each time; one whose node died is taken up by another node within `pulse`. What ends
 * the job queue at work (a database that goes away while a job is completed) starts it anew.
 * @throws when the database cannot be reached or is not migrated
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { database, pulse = { everySeconds: 5, silentSeconds: 20 } } = options
  const { platform: sql } = database
  const log = options.log ?? (() => undefined)
  const stopping = new AbortController()
  const { signal } = stopping
  let pool = await openJobPool({ ...options, signal })
  await beat(sql, pool.node)
  const pulsing = setInterval(() => void keepPulse(), pulse.everySeconds * 1_000)
  void keepPulse()
  const keeping = keepPool()

  async function keepPulse(): Promise<void> {
    try {
      const { node, underWay } = pool
      await beat(sql, node)
      for (const silent of await freeJobsOfSilentNodes(sql, pulse))
        log({ level: 'warning', message: `The node ${silent} fell silent; its jobs are taken up by others.` })
      await freeForgottenJobs(sql, { node, underWay, pulse })
      await freeIdleQueues(sql, pulse)
    } catch (error) {
      log({ level: 'error', message: 'The heartbeat of the worker failed.', error })
    }
  }

  async function keepPool(): Promise<void> {
    for (;;) {
      await pool.ended
      if (signal.aborted) return
      log({ level: 'error', message: 'The worker ended; it is started again.' })
      const next = await openedAgain(pool.node)
      if (next === undefined) return
      pool = next
    }
  }

  /** As soon as the database is there; undefined where the worker was stopped before. */
  async function openedAgain(node: string): Promise<JobPool | undefined> {
    while (!signal.aborted) {
      try {
        await leave(sql, node)
        return await openJobPool({ ...options, signal })
      } catch (error) {
        log({ level: 'error', message: 'The worker could not be started again yet.', error })
        await wait(restartMs, undefined, { signal }).catch(() => undefined)
      }
    }
    return undefined
  }

  let stopped: Promise<void> | undefined
  const stop = async () => {
    clearInterval(pulsing)
    stopping.abort()
    await pool.stop()
    await keeping
    // Opened while it was being stopped.
    await pool.stop()
    await leave(sql, pool.node)
  }
  return {
    get node() {
      return pool.node
    },
    stop: () => (stopped ??= stop()),
  }
}
