import type { TaskName } from '../../database/index.ts'
import type { Sql, Transaction } from '../../database/sql.ts'

/** How often a node says that it lives, and how long its silence is borne, in seconds. */
export interface Pulse {
  readonly everySeconds: number
  readonly silentSeconds: number
}

/** Says that the node lives. */
export async function beat(sql: Sql, node: string): Promise<void> {
  await sql`
    insert into platform.node (id) values (${node})
    on conflict (id) do update set heartbeat_at = now()`
}

/** Takes the node out of the list when it ends, and frees what it may still have locked. */
export async function leave(sql: Sql, node: string): Promise<void> {
  await sql`delete from platform.node where id = ${node}`
  await unlock(sql, [node])
}

/**
 * Frees jobs that the node has locked without knowing of it: the answer that told of them was lost with the connection.
 * The others take the node for one that lives, so they would wait for hours.
 */
export async function freeForgottenJobs(
  sql: Sql,
  options: { node: string; underWay: ReadonlySet<string>; pulse: Pulse },
): Promise<void> {
  const { node, underWay, pulse } = options
  const freed = await sql<{ id: string }[]>`
    update graphile_worker._private_jobs set locked_at = null, locked_by = null
    where locked_by = ${node} and locked_at < now() - make_interval(secs => ${pulse.silentSeconds})
      and not (id = any (${[...underWay]}::bigint[]))
    returning id`
  await forgetRemoved(sql, freed)
}

/**
 * Frees the jobs of nodes that have been silent too long: another node takes them up. Left alone they would stay
 * locked for four hours. A node that was only slow may then still be at work on such a job; tasks have to bear that,
 * and do so by locking the row that they are about.
 * @returns the ids of the nodes that were given up
 */
export async function freeJobsOfSilentNodes(sql: Sql, { silentSeconds }: Pulse): Promise<string[]> {
  return sql.begin(async (transaction) => {
    const silent = await transaction<{ id: string }[]>`
      with gone as (
        delete from platform.node
        where heartbeat_at < now() - make_interval(secs => ${silentSeconds}) returning id)
      select id from gone
      union
      select locked_by from graphile_worker.jobs
      where locked_at < now() - make_interval(secs => ${silentSeconds})
        and not exists (select 1 from platform.node where node.id = locked_by)`
    const ids = silent.map((node) => node.id)
    if (ids.length > 0) await unlock(transaction, ids)
    return ids
  })
}

/**
 * Frees queues in which no job runs. A queue is freed together with its job; when a node that was given up ends a job
 * that another one runs meanwhile, the other finds it gone, and its queue would be locked for hours.
 */
export async function freeIdleQueues(sql: Sql, { silentSeconds }: Pulse): Promise<void> {
  await sql`
    update graphile_worker._private_job_queues queue set locked_at = null, locked_by = null
    where locked_at < now() - make_interval(secs => ${silentSeconds}) and not exists (
      select 1 from graphile_worker._private_jobs job
      where job.job_queue_id = queue.id and job.locked_by = queue.locked_by)`
}

/** Tasks whose jobs have a key from the beginning. */
const keyed = ['timer', 'clock', 'alerts', 'effect'] satisfies TaskName[]

/** Frees all jobs and queues of nodes that are gone. */
async function unlock(sql: Sql | Transaction, nodes: string[]): Promise<void> {
  const locked = await sql<{ id: string }[]>`
    select id from graphile_worker._private_jobs where locked_by = any (${nodes}::text[])`
  await sql`select graphile_worker.force_unlock_workers(${nodes}::text[])`
  await forgetRemoved(sql, locked)
}

/**
 * A job that is removed while it runs loses its key and its attempts, and goes when it is done. One whose node has died
 * would stay for ever, as one that was given up. Looked at when the jobs are free: who removes one at the same moment
 * has been waited for by then.
 */
async function forgetRemoved(sql: Sql | Transaction, freed: readonly { id: string }[]): Promise<void> {
  if (freed.length === 0) return
  await sql`
    delete from graphile_worker._private_jobs job using graphile_worker._private_tasks task
    where job.id = any (${freed.map(({ id }) => id)}::bigint[]) and task.id = job.task_id
      and task.identifier = any (${[...keyed]}::text[])
      and job.locked_at is null and job.key is null and job.attempts >= job.max_attempts`
}
