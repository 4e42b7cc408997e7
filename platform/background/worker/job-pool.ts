import { EventEmitter } from 'node:events'
import { Logger, run, type JobHelpers, type LogFunctionFactory, type WorkerEvents } from 'graphile-worker'
import { openWorkerConnections } from './worker-connections.ts'
import type { JobRun, TaskHandlers, WorkerOptions } from './start-worker.ts'

/** The job queue at work in this process, for as long as it lasts. */
export interface JobPool {
  /** The name under which it locks jobs. */
  readonly node: string
  /** Ids of the jobs that it runs. */
  readonly underWay: ReadonlySet<string>
  /** Resolves when it takes no more jobs, whatever the reason. */
  readonly ended: Promise<void>
  /** Waits for the jobs under way. */
  stop(): Promise<void>
}

const pollEvery = 1_000

/** @throws when the database cannot be reached or is not migrated */
export async function openJobPool(options: WorkerOptions & { signal: AbortSignal }): Promise<JobPool> {
  const { database, handlers, signal, concurrency = 4, log = () => undefined } = options
  const events: WorkerEvents = new EventEmitter()
  const created = new Promise<string>((resolve) =>
    events.once('pool:create', ({ workerPool }) => resolve(workerPool.id)),
  )
  const underWay = new Set<string>()
  const connections = openWorkerConnections({
    url: database.url,
    size: concurrency + 2,
    report: (error) => log({ level: 'warning', message: 'The job queue lost a connection.', error }),
  })
  const runner = await run({
    pgPool: connections,
    concurrency,
    pollInterval: pollEvery,
    noHandleSignals: true,
    events,
    logger: new Logger(loggingTo(log)),
    taskList: taskList(handlers, { signal, underWay }),
    parsedCronItems: [],
    // Jobs are taken one by one: one that waits in a busy process could be done in another.
    // Without batches, however small, an outcome that cannot be written is a rejection that nobody handles.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  }).catch(async (error: unknown) => {
    await connections.end()
    throw error
  })
  let hasEnded = false
  const ended = runner.promise
    .catch((error: unknown) => log({ level: 'error', message: 'The job queue ended.', error }))
    .finally(async () => {
      hasEnded = true
      await connections.end()
    })
  return {
    node: await created,
    underWay,
    ended,
    stop: async () => (hasEnded ? undefined : runner.stop()),
  }
}

function taskList(
  handlers: TaskHandlers,
  { signal, underWay }: { signal: AbortSignal; underWay: Set<string> },
) {
  return Object.fromEntries(
    Object.entries(handlers).map(([task, handler]) => [
      task,
      async (payload: unknown, { job }: JobHelpers) => {
        const { tenant, ...rest } = payload as { tenant: string }
        const { id, attempts: attempt, max_attempts: attempts } = job
        underWay.add(id)
        try {
          await (handler as (run: JobRun) => Promise<void>)({
            tenant,
            payload: rest as unknown as JobRun['payload'],
            attempt,
            attempts,
            signal,
          })
        } finally {
          underWay.delete(id)
        }
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
