import type { Sql } from '../../database/sql.ts'

/** A job that failed at least once, has not succeeded since, and is not running again. */
export interface FailedJob {
  readonly id: string
  readonly task: string
  readonly tenant: string | null
  readonly attempts: number
  readonly maxAttempts: number
  readonly lastError: string
  /** When it is tried again; undefined where it has been given up. */
  readonly nextAt: string | undefined
}

/** How many jobs are in which condition; a job is in one of them. */
export interface JobCounts {
  readonly waiting: number
  readonly scheduled: number
  readonly running: number
  /** Failed, to be tried again. */
  readonly failing: number
  /** Given up after the last attempt. */
  readonly failed: number
}

/** The jobs that failed, those given up first, newest first. */
export async function failedJobs(
  { platform: sql }: { platform: Sql },
  { tenant, limit = 100 }: { tenant?: string; limit?: number } = {},
): Promise<FailedJob[]> {
  const rows = await sql<{ id: number; [name: string]: unknown }[]>`
    select job.id, task.identifier as task, job.payload ->> 'tenant' as tenant, job.attempts,
      job.max_attempts as "maxAttempts", job.last_error as "lastError",
      case when job.attempts < job.max_attempts then job.run_at end as "nextAt"
    from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
    where job.last_error is not null and job.locked_at is null
      and (${tenant ?? null}::text is null or job.payload ->> 'tenant' = ${tenant ?? null}::text)
    order by job.attempts < job.max_attempts, job.updated_at desc limit ${limit}`
  return rows.map((row) => ({ ...row, id: String(row.id), nextAt: row.nextAt ?? undefined }) as FailedJob)
}

/** Lets a job that failed run now, with all its attempts before it. */
export async function retryJob({ platform: sql }: { platform: Sql }, id: string): Promise<void> {
  await sql`select graphile_worker.reschedule_jobs(array[${id}::bigint], run_at := now(), attempts := 0)`
}

/** Counts the jobs of all tenants by their condition. */
export async function countJobs({ platform: sql }: { platform: Sql }): Promise<JobCounts> {
  const [counts] = await sql<[JobCounts]>`
    select
      count(*) filter (where locked_at is not null)::int as running,
      count(*) filter (where locked_at is null and attempts >= max_attempts)::int as failed,
      count(*) filter (where locked_at is null and attempts < max_attempts and last_error is not null)::int
        as failing,
      count(*) filter (where locked_at is null and last_error is null and run_at > now())::int as scheduled,
      count(*) filter (where locked_at is null and last_error is null and run_at <= now()
        and attempts < max_attempts)::int as waiting
    from graphile_worker._private_jobs`
  return counts
}
