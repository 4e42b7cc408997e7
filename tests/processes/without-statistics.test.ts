import { beforeAll, expect, it } from 'vitest'
import { cancelTimers } from '../../platform/processes/timers/timers.ts'
import { closeWork } from '../../platform/processes/work-items/open.ts'
import { createRecord, type UnitOfWork } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from '../work-items/declarations.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
const client = await tenant.person('Cleo', { roles: ['client'] })
const others = 3_000
let instance = ''

/** Much waits, and PostgreSQL has not looked yet at how the values are spread. */
beforeAll(async () => {
  await tenant.write(client, (unit) => createRecord(unit, { object: 'claim', values: { title: 'One' } }))
  const [found] = await tenant.sql`select id, record from _instance`
  instance = String(found?.id)
  await database.platform.begin((sql) =>
    sql.unsafe(`set local search_path = t_test;
    alter table _timer set (autovacuum_enabled = false);
    alter table _work_item set (autovacuum_enabled = false);
    create temp table other on commit drop as select gen_random_uuid() as id from generate_series(1, ${others});
    insert into _instance (id, process, definition, object, record, status, snapshot, states, step, started_at, updated_at)
      select other.id, process, definition, object, other.id, status, snapshot, states, step, started_at, updated_at from other, _instance where _instance.id = '${instance}';
    insert into _timer (id, instance, event_id, token, due_at, status, created_at)
      select id, id, 'xstate.after.P2D.settling.new', id, now(), 'pending', now() from other;
    insert into _work_item (id, kind, instance, invocation, token, object, record, title, form, status, created_at)
      select id, 'task', id, 'check', id, 'claim', id, '""', '{}', 'open', now() from other;`),
  )
})

/** How many entries of the indexes of a table were read in this transaction. */
async function readIn(unit: UnitOfWork, table: string): Promise<number> {
  const [row] = await unit.sql.unsafe(
    `select sum(pg_stat_get_xact_tuples_returned(indexrelid))::int as read from pg_index where indrelid = $1::regclass`,
    [table],
  )
  return (row as unknown as { read: number }).read
}

it.each([
  [
    '_timer',
    (unit: UnitOfWork) => cancelTimers(unit, { instance, eventId: 'xstate.after.P2D.settling.new' }),
  ],
  ['_work_item', (unit: UnitOfWork) => closeWork(unit, { instance, invocation: 'check' })],
])('in %s nothing is read of what waits for other records when a state is left', async (table, leave) => {
  const read = await tenant.write(client, async (unit) => {
    leave(unit)
    return readIn(unit, table)
  })
  expect(read).toBeLessThan(10)
})
