import { EventEmitter } from 'node:events'
import { Logger, run, type JobHelpers, type LogFunctionFactory, type WorkerEvents } from 'graphile-worker'
import type { JobPayloads, TaskName } from '../../database/index.ts'
import type { Sql } from '../../database/sql.ts'
import { beat, freeJobsOfSilentNodes, leave, type Pulse } from './heartbeat.ts'

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
  /** The name under which this worker locks jobs and shows that it lives. */
  readonly node: string
  /** Takes no more jobs, tells those under way to come to an end, waits for them. */
  stop(): Promise<void>
}

const pollEvery = 1_000

/**
 * Runs background jobs in this process until it is stopped. Any number of processes may do so on one database. A
 * failed job is tried again, later each time; one whose node died is taken up by another node within `pulse`.
 * @throws when the database cannot be reached or is not migrated
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { database, handlers, concurrency = 4, pulse = { everySeconds: 5, silentSeconds: 20 } } = options
  const log = options.log ?? (() => undefined)
  const stopping = new AbortController()
  const events: WorkerEvents = new EventEmitter()
  const pool = new Promise<string>((resolve) =>
    events.once('pool:create', ({ workerPool }) => resolve(workerPool.id)),
  )
  const runner = await run({
    connectionString: database.url,
    concurrency,
    maxPoolSize: concurrency + 2,
    pollInterval: pollEvery,
    noHandleSignals: true,
    events,
    logger: new Logger(loggingTo(log)),
    taskList: taskList(handlers, stopping.signal),
    parsedCronItems: [],
    preset: { worker: { localQueue: { size: concurrency + 1 }, completeJobBatchDelay: 0 } },
  })
  const node = await pool
  await beat(database.platform, node)
  const pulsing = setInterval(() => void keepPulse(), pulse.everySeconds * 1_000)
  void keepPulse()

  async function keepPulse(): Promise<void> {
    try {
      await beat(database.platform, node)
      for (const silent of await freeJobsOfSilentNodes(database.platform, pulse))
        log({ level: 'warning', message: `The node ${silent} fell silent; its jobs are taken up by others.` })
    } catch (error) {
      log({ level: 'error', message: 'The heartbeat of the worker failed.', error })
    }
  }
  runner.promise.catch((error: unknown) => log({ level: 'error', message: 'The worker ended.', error }))
  let stopped: Promise<void> | undefined
  const stop = async () => {
    clearInterval(pulsing)
    stopping.abort()
    await runner.stop()
    await leave(database.platform, node)
  }
  return { node, stop: () => (stopped ??= stop()) }
}

function taskList(handlers: TaskHandlers, signal: AbortSignal) {
  return Object.fromEntries(
    Object.entries(handlers).map(([task, handler]) => [
      task,
      async (payload: unknown, { job }: JobHelpers) => {
        const { tenant, ...rest } = payload as { tenant: string }
        const { attempts: attempt, max_attempts: attempts } = job
        await (handler as (run: JobRun) => Promise<void>)({
          tenant,
          payload: rest as unknown as JobRun['payload'],
          attempt,
          attempts,
          signal,
        })
      },
    ]),
  )
}

/** Only what somebody should look at; each success is no news. */
function loggingTo(log: NonNullable<WorkerOptions['log']>): LogFunctionFactory {
  return () => (level, message, meta) => {
    if (level === 'warning' || level === 'error')
      log({ level, message, ...(meta?.error === undefined ? {} : { error: meta.error }) })
  }
}
