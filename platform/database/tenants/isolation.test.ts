import { beforeAll, describe, expect, it } from 'vitest'
import postgres from 'postgres'
import { freshDatabase } from '../../../tests/harness/fresh-database.ts'
import { createTenant, dropTenant, migrateTenant, type Sql } from '../index.ts'

const database = await freshDatabase()
let acme: Sql

beforeAll(async () => {
  await createTenant(database, { name: 'acme', label: 'Acme' })
  await createTenant(database, { name: 'other', label: 'Other' })
  await database.platform.unsafe(
    `create table t_other.account (id int); insert into t_other.account values (1)`,
  )
  await database.platform.unsafe(`create table t_acme.account (id int)`)
  acme = await database.tenant('acme')
})

const run = (statement: string) => acme.unsafe(statement)

describe('the role of a tenant', () => {
  it('signs in as itself and finds its tables without naming the schema', async () => {
    await run(`insert into account values (7)`)
    expect([...(await run(`select id, session_user = current_user as itself from account`))]).toEqual([
      { id: 7, itself: true },
    ])
    await run(`insert into _setting (key, value) values ('a', '{"b":1}')`)
    expect((await run(`select value from _setting`))[0]?.value).toEqual({ b: 1 })
  })

  const forbidden = {
    'read the rows of another tenant': `select * from t_other.account`,
    'read the history of another tenant': `select * from t_other._change`,
    'write into another tenant': `insert into t_other.account values (2)`,
    'make another tenant its search path and read': `set search_path = t_other; select * from t_other._setting`,
    'read the list of tenants and their passwords': `select * from platform.tenant`,
    'read the sessions': `select * from platform.session`,
    'change API keys': `update platform.api_key set scopes = '{}'`,
    'read the jobs of the others': `select * from graphile_worker._private_jobs`,
    'add a job past the wrapper': `select graphile_worker.add_job('x')`,
    'make a table': `create table mine (id int)`,
    'make a table in public': `create table public.mine (id int)`,
    'make a temporary table': `create temporary table mine (id int)`,
    'make a schema': `create schema mine`,
    'make a function': `create function mine() returns int language sql as 'select 1'`,
    'change a table': `alter table account add column more text`,
    'drop a table': `drop table account`,
    'empty a table at one stroke': `truncate account`,
    'change recorded history': `update _change set action = 'x'`,
    'delete recorded history': `delete from _change`,
    'delete a recorded step': `delete from _step`,
    'change an attached file': `update _attachment_chunk set bytes = 'x'`,
    'change a version of a process': `update _process_definition set document = '{}'`,
    'add a version of a process': `insert into _process_definition (hash, name, document) values ('a', 'a', '{}')`,
    'write into the book of what was retired': `insert into _retired (version, object, names, spec) values (1, 'a', '{}', '{}')`,
    'cross off what is to be settled': `delete from _unsettled`,
    'make a role': `create role mine superuser`,
    'become the platform': `set role tessera`,
    'become the superuser': `set session authorization postgres`,
    'give itself the rights of another tenant': `grant usage on schema t_other to current_user`,
    'give its rights away': `do $$ begin execute format('grant %I to tessera', session_user); end $$`,
    'raise itself': `alter role current_user createrole`,
    'end the sessions of the platform': `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tessera'`,
    'run a program': `copy account to program 'id'`,
    'read a file of the server': `select pg_read_file('postgresql.conf')`,
    'change a setting of the server': `alter system set work_mem = '1GB'`,
    'add a job of the platform': `select platform.add_job('platform.publish')`,
  }
  it.each(Object.entries(forbidden))('may not %s', async (_name, statement) => {
    await expect(run(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|0LP01)$/) })
  })

  it.each(['tessera', 'postgres', 'template1'])('may not connect to the database %s', async (name) => {
    const elsewhere = new URL(await database.tenantUrl('acme'))
    elsewhere.pathname = `/${name}`
    const connection = postgres(elsewhere.href, { max: 1 })
    await expect(connection`select 1`).rejects.toMatchObject({ code: '42501' })
    await connection.end()
  })
})

describe('jobs of a tenant', () => {
  const jobs = () =>
    database.platform`select payload, key from graphile_worker._private_jobs order by id`.then((rows) => [
      ...rows,
    ])

  it('carry the name of the tenant that added them, whatever the payload says', async () => {
    await run(`select platform.add_job('timer.due', '{"timer": 1, "tenant": "other"}', job_key := 'k')`)
    expect(await jobs()).toEqual([{ payload: { timer: 1, tenant: 'acme' }, key: 'acme:k' }])
  })

  it('are replaced and removed by their key within the tenant alone', async () => {
    const other = await database.tenant('other')
    await other`select platform.add_job('timer.due', '{"timer": 2}', job_key := 'k')`
    expect(await jobs()).toHaveLength(2)
    await other`select platform.remove_job('k')`
    expect(await jobs()).toEqual([{ payload: { timer: 1, tenant: 'acme' }, key: 'acme:k' }])
  })

  it('cannot be added by a role that belongs to no tenant', async () => {
    await expect(database.platform`select platform.add_job('timer.due')`).rejects.toThrow(
      'belongs to no tenant',
    )
  })
})

describe('a tenant', () => {
  it('is not made twice', async () => {
    await expect(createTenant(database, { name: 'acme', label: 'Again' })).rejects.toThrow(
      'a tenant "acme" already',
    )
  })

  it('is not made under a name that would break out of the statement', async () => {
    const name = 'a"; drop schema platform; --'
    await expect(createTenant(database, { name, label: '' })).rejects.toThrow(
      'cannot be the name of a tenant',
    )
  })

  const changes = () =>
    database.platform`
      select relname as name, xmin::text as changed from pg_class where relnamespace = 't_acme'::regnamespace
      union all select 'defaults', string_agg(xmin::text, ',') from pg_default_acl
        where defaclnamespace = 't_acme'::regnamespace
      order by 1`.then((rows) => [...rows])

  it('is migrated again without touching anything', async () => {
    const before = await changes()
    expect(await migrateTenant(database, 'acme')).toEqual([])
    expect(await changes()).toEqual(before)
  })

  it('gets back rights that were taken from its role, and loses those that were given, however many ask', async () => {
    const [tenant] = await database.platform`select role_name from platform.tenant where name = 'acme'`
    await database.platform.unsafe(`
      revoke insert on t_acme.account from "${tenant!.role_name}";
      grant update on t_acme._change to "${tenant!.role_name}";
      revoke usage on all sequences in schema t_acme from "${tenant!.role_name}"`)
    await expect(run('insert into account values (8)')).rejects.toMatchObject({ code: '42501' })
    const before = await changes()
    await Promise.all([1, 2, 3, 4].map(() => migrateTenant(database, 'acme')))
    await run('insert into account values (8)')
    await run(
      `insert into _change (object, record, version, action) values ('a', gen_random_uuid(), 1, 'create')`,
    )
    await expect(run(`update _change set action = 'x'`)).rejects.toMatchObject({ code: '42501' })
    const after = await changes()
    const touched = after.filter(({ changed }, at) => changed !== before[at]?.changed).map(({ name }) => name)
    expect(touched).toContain('account')
    expect(touched).not.toContain('_setting')
  })

  it('leaves nothing behind when it is dropped', async () => {
    const [before] = await database.platform`select role_name from platform.tenant where name = 'other'`
    await dropTenant(database, 'other')
    const [after] = await database.platform`
      select to_regnamespace('t_other') as schema,
        (select count(*)::int from pg_roles where rolname = ${before!.role_name}) as roles`
    expect(after).toEqual({ schema: null, roles: 0 })
    await expect(database.tenant('other')).rejects.toThrow('There is no tenant "other"')
  })
})
