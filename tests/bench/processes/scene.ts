import { v7 as uuidv7 } from 'uuid'
import type { Principal } from '../../../platform/access/principal.ts'
import { migratePlatform, openDatabase, type Database, type Sql } from '../../../platform/database/index.ts'
import { openPool } from '../../../platform/database/sql.ts'
import { modelFromDocuments } from '../../../platform/definitions/index.ts'
import type { Model } from '../../../platform/definitions/model/model.ts'
import { clocksPort, lifecyclePort } from '../../../platform/processes/index.ts'
import { machineOf } from '../../../platform/processes/machine/machine-cache.ts'
import { publishModel } from '../../../platform/publishing/index.ts'
import type { WorkOptions } from '../../../platform/records/index.ts'
import { declarations } from './declarations.ts'

export const connections = 20
export const tenant = 'steps'

/** A tenant of tickets in a database of its own, with as many connections as are measured. */
export interface Scene {
  readonly database: Database
  readonly model: Model
  readonly pool: Sql
  /** The address under which the pool signs in. */
  readonly address: string
  readonly agent: Principal & { readonly userId: string }
  work(pool?: Sql): WorkOptions
  /** More tickets in a state, each with a client of its own; gives their ids. */
  fill(count: number, state: 'open' | 'active'): Promise<readonly string[]>
  close(): Promise<void>
}

export async function openScene(server: Database, name: string): Promise<Scene> {
  await server.platform.unsafe(`create database ${name}`)
  const url = new URL(server.url)
  url.pathname = name
  const database = await openDatabase({ url: url.href })
  await migratePlatform(database)
  const model = modelFromDocuments(declarations)
  await publishModel({ database, tenant, model })
  const own = await database.tenant(tenant)
  const userId = uuidv7()
  await own`insert into "user" (id, name, email, roles, is_active, created_at, updated_at)
    values (${userId}, 'Agent', 'agent@example.com', ${['agent']}, true, now(), now())`
  const address = await database.tenantUrl(tenant)
  const pool = openPool({ url: address, name: 'bench', size: connections })
  const agent = {
    kind: 'person' as const,
    userId,
    name: 'Agent',
    email: 'agent@example.com',
    roles: ['agent'],
    team: undefined,
    manager: undefined,
    locale: 'en',
    timeZone: 'UTC',
  }
  return {
    database,
    model,
    pool,
    address,
    agent,
    work: (other = pool) => ({
      tenant,
      model,
      principal: agent,
      now: new Date(),
      pool: other,
      ports: { lifecycle: lifecyclePort(), clocks: clocksPort },
    }),
    fill: (count, state) => fill({ database, model, userId }, count, state),
    async close() {
      await pool.end({ timeout: 5 })
      await database.close()
      await server.platform.unsafe(`drop database ${name} with (force)`)
    },
  }
}

/** Two days before now: a ticket that is active so long has a timer in the future that nobody waits for here. */
async function fill(
  { database, model, userId }: { database: Database; model: Model; userId: string },
  count: number,
  state: 'open' | 'active',
): Promise<readonly string[]> {
  const process = model.processes.get('handling')
  if (process === undefined) throw new Error('The declarations have no process "handling".')
  const snapshot = JSON.stringify(machineOf(process).place(state, process.context))
  const rows = await database.platform.begin(async (sql) => {
    await sql.unsafe(`set local statement_timeout = 0; set local search_path = t_${tenant}`)
    return sql.unsafe<{ id: string }[]>(
      `with made as materialized (select gen_random_uuid() as ticket, gen_random_uuid() as client, n from generate_series(1, $1::int) n),
         clients as (insert into client (id, name, active, created_at, created_by, updated_at, updated_by, _search)
           select client, 'Client ' || n, 0, now(), $2, now(), $2, array_to_tsvector(array['client', n::text]) from made),
         tickets as (insert into ticket (id, title, state, amount, client, created_at, created_by, updated_at, updated_by, _search)
           select ticket, 'Ticket ' || n, $3::text, 0, client, now(), $2, now(), $2, array_to_tsvector(array['ticket', n::text]) from made),
         instances as (insert into _instance (id, process, definition, object, record, status, snapshot, states, step, started_at, updated_at)
           select gen_random_uuid(), 'handling', $4, 'ticket', ticket, 'active', $5, array[$3::text], 0, now(), now() from made)
       select ticket as id from made`,
      [count, userId, state, process.hash, snapshot],
    )
  })
  return rows.map(({ id }) => id)
}

/** A waiting timer for each of the tickets, due between two moments, evenly; with its job. */
export async function setTimers(
  { database }: Scene,
  tickets: readonly string[],
  due: { readonly from: Date; readonly to: Date },
): Promise<void> {
  await database.platform.begin(async (sql) => {
    await sql.unsafe(`set local statement_timeout = 0; set local search_path = t_${tenant}`)
    await sql.unsafe(
      `insert into graphile_worker._private_tasks (identifier) values ('timer') on conflict do nothing`,
    )
    await sql.unsafe(
      `with made as (insert into _timer (id, instance, event_id, token, due_at, status, created_at)
           select i.id, i.id, 'xstate.after.P2D.handling.active', i.id,
             $2::timestamptz + ($3::timestamptz - $2::timestamptz) * (row_number() over (order by i.id)::float8 / $4::float8), 'pending', now()
           from _instance i where i.record = any ($1::uuid[]) returning id, due_at)
       insert into graphile_worker._private_jobs (task_id, payload, run_at, key)
         select t.id, json_build_object('timer', made.id, 'tenant', $5::text), made.due_at, $5::text || ':timer ' || made.id
         from made, graphile_worker._private_tasks t where t.identifier = 'timer'`,
      [tickets as string[], due.from.toISOString(), due.to.toISOString(), tickets.length, tenant],
    )
  })
}

export async function analyze({ database }: Scene): Promise<void> {
  const session = await database.platform.reserve()
  try {
    await session.unsafe('set statement_timeout = 0')
    await session.unsafe('vacuum analyze')
  } finally {
    await session.unsafe('reset statement_timeout')
    session.release()
  }
}
