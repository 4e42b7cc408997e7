import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { migratePlatform, type Database } from '../../platform/database/index.ts'
import type { Transaction } from '../../platform/database/sql.ts'
import { createModelStore, publishProject } from '../../platform/publishing/index.ts'
import { machineOf } from '../../platform/processes/machine/machine-cache.ts'
import type { Model } from '../../platform/definitions/model/model.ts'
import { shippedFolder } from '../../platform/cli/shipped-folder.ts'

export const tenant = 'main'
export const opportunities = 100_000
export const accounts = 2_000
export const users = 100

/** What both servers and the load know: one person, her key, and records of hers to work on. */
export interface Fixture {
  readonly user: string
  readonly team: string
  readonly key: string
  /** Opportunities of hers in the state engaging, for changes and events. */
  readonly own: readonly string[]
  readonly accounts: readonly string[]
}

/** A tenant with the shipped packages, 100,000 opportunities with their processes, and one seller among a hundred. */
export async function prepareFixture(database: Database): Promise<Fixture> {
  await migratePlatform(database)
  const folder = shippedFolder
  const { problems, result } = await publishProject({
    database,
    folder,
    shippedFolder,
    plugins: {},
    tenant,
    settleMs: 0,
  })
  if (result === undefined)
    throw new Error(`The packages have faults: ${problems.map((problem) => problem.message).join('; ')}`)
  const models = await createModelStore(database)
  const model = await models.current(tenant)
  await models.close()
  const pool = await database.tenant(tenant)
  const people = Array.from({ length: users }, () => uuidv7())
  const teams = Array.from({ length: 10 }, () => uuidv7())
  await pool.begin(async (sql) => {
    await sql`set local statement_timeout = 0`
    await fillPeople(sql, people, teams)
    await fillRecords(sql, people)
    await fillProcesses(sql, model)
    await sql`update account a set open_opportunities = s.n, open_amount = s.total, open_amount__currency = 'USD', won_opportunities = 0, order_count = 0, contact_count = 0, subsidiary_count = 0
    from (select account, count(*) as n, sum(amount) as total from opportunity group by account) s where s.account = a.id`
  })
  const session = await database.platform.reserve()
  await session.unsafe('set statement_timeout = 0')
  await session.unsafe('vacuum analyze')
  session.release()
  const user = people[0] as string
  const own = await pool<
    { id: string }[]
  >`select id from opportunity where owner = ${user} order by id limit 800`
  const known = await pool<{ id: string }[]>`select id from account order by id limit 500`
  return {
    user,
    team: teams[0] as string,
    key: await addKey(database, user),
    own: own.map((row) => row.id),
    accounts: known.map((row) => row.id),
  }
}

/** Puts the seller's opportunities back where events begin, since a run may end between two of them. */
export async function resetStates(database: Database, fixture: Fixture): Promise<void> {
  const sql = await database.tenant(tenant)
  const own = fixture.own as string[]
  await sql`update opportunity set stage = 'engaging' where id = any(${own}::uuid[]) and stage <> 'engaging'`
  await sql`update _instance set states = array['engaging'], snapshot = replace(snapshot, '"proposal"', '"engaging"')
    where record = any(${own}::uuid[]) and states <> array['engaging']`
}

async function fillPeople(
  sql: Transaction,
  people: readonly string[],
  teams: readonly string[],
): Promise<void> {
  for (const [at, id] of teams.entries())
    await sql`insert into team (id, name, created_at, updated_at) values (${id}, ${`Team ${at}`}, now(), now())`
  for (const [at, id] of people.entries())
    await sql`insert into "user" (id, name, email, roles, team, is_active, created_at, updated_at)
      values (${id}, ${`Person ${at}`}, ${`person${at}@example.com`}, ${['seller']}, ${teams[at % teams.length] as string}, true, now(), now())`
}

async function fillRecords(sql: Transaction, people: readonly string[]): Promise<void> {
  await sql.unsafe(
    `insert into account (id, name, type, owner, created_at, created_by, updated_at, updated_by, _search)
     select platform_id, 'Account ' || n, 'prospect', owner, now(), owner, now(), owner, array_to_tsvector(array['account', n::text])
     from (select n, ('0190' || lpad(to_hex(n), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as platform_id,
       ($1::uuid[])[1 + n % ${users}] as owner from generate_series(1, ${accounts}) n) made`,
    [people as string[]],
  )
  await sql.unsafe(
    `insert into opportunity (id, title, stage, account, amount, amount__currency, expected_close_on, engaged_on, owner,
       created_at, created_by, updated_at, updated_by, _search)
     select ('0191' || lpad(to_hex(n / 65536), 4, '0') || '-' || lpad(to_hex(n % 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       'Opportunity ' || n, 'engaging', a.id, (n % 5000) + 100, 'USD', date '2026-12-01' + n % 300, date '2026-01-01' + n % 300,
       ($1::uuid[])[1 + n % ${users}], now(), null, now(), null, array_to_tsvector(array['opportunity', n::text])
     from generate_series(1, ${opportunities}) n join (select id, row_number() over (order by id) as r from account) a on a.r = 1 + n % ${accounts}`,
    [people as string[]],
  )
}

async function fillProcesses(sql: Transaction, model: Model): Promise<void> {
  const process = model.processes.get('sales_pipeline')
  if (process === undefined) throw new Error('The packages declare no sales_pipeline.')
  const snapshot = JSON.stringify(machineOf(process).place('engaging', process.context))
  await sql.unsafe(
    `insert into _instance (id, process, definition, object, record, status, snapshot, states, step, started_at, updated_at)
     select gen_random_uuid(), $1::text, $2::text, 'opportunity', id, 'active', $3::text, array['engaging'], 0, now(), now() from opportunity`,
    [process.name, process.hash, snapshot],
  )
}

/** A key of a person for the load. */
export async function addKey(database: Database, member: string, of = tenant): Promise<string> {
  const key = `tsk_${`bench${member.replaceAll('-', '').slice(-12)}`.padEnd(40, 'x')}`
  const hash = createHash('sha256').update(key).digest('hex')
  await database.platform`insert into platform.api_key (id, tenant, member, name, prefix, hash, scopes, created_at)
    values (${uuidv7()}, ${of}, ${member}, 'bench', ${key.slice(0, 10)}, ${hash}, ${['read', 'write']}, now())`
  return key
}
