import type { Sql } from '../../database/sql.ts'

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

/** Takes the node out of the list when it ends in order. */
export async function leave(sql: Sql, node: string): Promise<void> {
  await sql`delete from platform.node where id = ${node}`
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
    if (ids.length > 0) await transaction`select graphile_worker.force_unlock_workers(${ids}::text[])`
    return ids
  })
}
