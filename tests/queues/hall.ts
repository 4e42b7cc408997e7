import type { Principal } from '../../platform/access/principal.ts'
import {
  handOutWork,
  listWorkItems,
  overflowWork,
  setPresence,
  changeProfile,
} from '../../platform/processes/index.ts'
import { createRecord, type UnitOfWork } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

/** A tenant with people who get questions from queues, and short ways to let them work. */
export async function openHall() {
  const database = await freshDatabase()
  const tenant = await testTenant(database, declarations)
  const asker = await tenant.person('Cleo', { roles: ['asker'] })
  const admin = await tenant.person('Ada', { roles: ['administrator'] })
  const as = <T>(who: Principal, act: (unit: UnitOfWork) => Promise<T>) => tenant.write(who, act)
  const id = (who: Principal) => who.userId as string
  let now = new Date('2026-11-22T08:00:00Z')

  /** Somebody who is here. */
  async function agent(
    name: string,
    more: { roles?: string[]; skills?: Record<string, number>; capacity?: number; share?: number } = {},
  ): Promise<Principal> {
    const { roles = ['agent'], ...profile } = more
    const person = await tenant.person(name, { roles })
    if (Object.keys(profile).length > 0) await as(admin, (unit) => changeProfile(unit, id(person), profile))
    await as(person, (unit) => setPresence(unit, { presence: 'available' }))
    return person
  }

  /** A question, and the item with which it waits. */
  async function ask(values: Record<string, unknown>) {
    const record = await as(asker, (unit) =>
      createRecord(unit, { object: 'question', values: { title: 'Why?', ...values } }),
    )
    const [row] = await tenant.sql`select id from _work_item where record = ${String(record.id)}`
    return { question: String(record.id), item: String(row?.id) }
  }

  /** Carries out the jobs of queues that are due, as the worker does, until none is left. */
  async function settle(): Promise<void> {
    for (;;) {
      const jobs = await database.platform<
        { id: number; task: string; payload: Record<string, string> }[]
      >`select j.id, t.identifier as task, j.payload from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier in ('hand_out', 'overflow')
          and (t.identifier = 'hand_out' or j.run_at <= ${now.toISOString()})`
      if (jobs.length === 0) return
      for (const { id: job, task, payload } of jobs) {
        await database.platform`delete from graphile_worker._private_jobs where id = ${job}`
        if (task === 'hand_out') await handOutWork(tenant.work(admin), payload)
        else await overflowWork(tenant.work(admin), payload as never)
      }
    }
  }

  function setClock(moment: string): void {
    now = new Date(moment)
    tenant.setClock(moment)
  }

  const work = (who: Principal) => tenant.read(who, (unit) => listWorkItems(unit))
  const holderOf = async (item: string): Promise<string | null> => {
    const [row] = await tenant.sql`
      select u.name from _work_item w left join "user" u on u.id = w.assignee where w.id = ${item}`
    return row?.name as string | null
  }
  const queueOf = async (item: string) =>
    (await tenant.sql`select queue from _work_item where id = ${item}`)[0]?.queue as string
  return { database, tenant, asker, admin, as, id, agent, ask, settle, setClock, work, holderOf, queueOf }
}
