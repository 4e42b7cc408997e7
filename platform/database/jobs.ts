import type { Queryable } from './sql.ts'

/** What each background task is told. The tenant is added by the database, from the role that asks. */
export interface JobPayloads {
  /** A timer of a process instance that is due. */
  readonly timer: { readonly timer: string }
  /** The end of what a process has invoked is to reach the process. */
  readonly invocation: { readonly invocation: string }
  /** An action of a plugin that a process has invoked. */
  readonly call: { readonly invocation: string }
  /** A clock of a service level whose time has come. */
  readonly clock: { readonly clock: string }
  /** Warnings and escalations of a clock that are to be carried out. */
  readonly alerts: { readonly clock: string }
  /** Clocks of service levels that have changed. */
  readonly renew_clocks: Readonly<Record<never, never>>
  /** Work that waits in a queue, or that a person may get, is to be handed out. */
  readonly hand_out: { readonly queue: string } | { readonly person: string }
  /** Work that nobody has had for long. */
  readonly overflow: { readonly item: string; readonly queue: string }
  /** Work is late. */
  readonly overdue: { readonly item: string }
  /** Queues have changed in which work waits. */
  readonly renew_queues: Readonly<Record<never, never>>
  /** What triggers that were set off together have to do. */
  readonly trigger: { readonly batch: string }
  /** A schedule whose moment has come. */
  readonly schedule: { readonly trigger: string }
  /** Triggers that wait for moments have changed. */
  readonly arm_triggers: Readonly<Record<never, never>>
  /** What lives on earlier versions of a process is to be taken over. */
  readonly migrate: { readonly migration: string }
  /** An act of an operator on many process instances. */
  readonly repair: { readonly repair: string }
  /** A file that was taken away from its record long ago. */
  readonly attachment: { readonly attachment: string }
  /** Records whose time is over are to be erased. */
  readonly retention: Readonly<Record<never, never>>
  /** A file to be imported. */
  readonly import: { readonly import: string }
  /** A person has lost access, so that the sessions end. */
  readonly end_sessions: { readonly member: string }
  /** Something to be done outside the database, after so many attempts. */
  readonly effect: { readonly effect: string; readonly attempt: number }
}

export type TaskName = keyof JobPayloads

/** One job, as it is asked for. */
export interface JobRequest<Task extends TaskName = TaskName> {
  readonly task: Task
  readonly payload: JobPayloads[Task]
  /** Not before this moment; at once without it. */
  readonly runAt?: Date | string
  /** Replaces a waiting job with the same key; with it a job can be removed. */
  readonly jobKey?: string
  /** How often it is tried before it counts as failed; 25 if not said. */
  readonly maxAttempts?: number
  /** Lower runs first; 0 if not said. */
  readonly priority?: number
  /** Jobs of one queue run one after the other, so that slow ones do not take every place. */
  readonly queue?: string
}

/**
 * Adds a background job in the caller's transaction: it is there when the transaction commits, and never was when
 * it rolls back. The connection is one of a tenant's own role, which the database stamps on the job.
 */
export async function enqueue<Task extends TaskName>(sql: Queryable, job: JobRequest<Task>): Promise<void> {
  const { task, payload, runAt, jobKey, maxAttempts, priority, queue } = job
  await sql.unsafe(
    'select platform.add_job(identifier := $1::text, payload := $2::jsonb, run_at := $3::timestamptz, ' +
      'job_key := $4::text, max_attempts := $5::int, priority := $6::int, queue_name := $7::text)',
    [
      task,
      payload as never,
      runAt ?? null,
      jobKey ?? null,
      maxAttempts ?? null,
      priority ?? null,
      queue ?? null,
    ],
    { prepare: true },
  )
}

/** Removes a waiting job by its key, in the caller's transaction; nothing happens where there is none. */
export async function removeJob(sql: Queryable, jobKey: string): Promise<void> {
  await sql.unsafe('select platform.remove_job($1::text)', [jobKey], { prepare: true })
}
