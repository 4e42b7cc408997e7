import { buildModel, describeProblem, type Model } from '../../platform/definitions/index.ts'
import {
  clocksPort,
  describeProcess,
  lifecyclePort,
  sendEvent,
  triggersPort,
  waitsPort,
} from '../../platform/processes/index.ts'
import { describePlan, planModel, publishModel } from '../../platform/publishing/index.ts'
import { runMigration } from '../../platform/background/migrations/run-migration.ts'
import {
  createRecord,
  getRecord,
  readingWork,
  writingWork,
  type UnitOfWork,
  type WorkOptions,
} from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

type Documents = Parameters<typeof buildModel>[0]['documents']
type Values = Readonly<Record<string, unknown>>

export function modelOf(documents: Documents): Model {
  const { model, problems } = buildModel({ documents })
  if (model === undefined) throw new Error(problems.map((problem) => describeProblem(problem)).join('\n'))
  return model
}

/** A tenant of which one version after another is published, with a clock that stands still between two moves. */
export async function office(first: Documents) {
  const database = await freshDatabase()
  const tenant = await testTenant(database, first)
  const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
  const admin = await tenant.person('Ada Admin', { roles: ['administrator'] })
  let { model } = tenant
  let now = new Date('2026-11-22T08:00:00.000Z')
  const ports = {
    lifecycle: lifecyclePort({}),
    clocks: clocksPort,
    waits: waitsPort,
    triggers: triggersPort,
  }
  const work = (): WorkOptions => ({ ...tenant.work(clerk), model, now, ports })
  const operating = (): WorkOptions => ({ ...work(), principal: admin })
  const write = <T>(run: (unit: UnitOfWork) => Promise<T>) => writingWork(work(), run)
  return {
    sql: tenant.sql,
    database,
    model: () => model,
    work,
    /** The work of somebody who operates processes. */
    operating,
    write,
    setClock(moment: string) {
      now = new Date(moment)
    },
    async publish(documents: Documents) {
      const next = modelOf(documents)
      const result = await publishModel({ database, tenant: 'test', model: next, settleMs: 0 })
      model = next
      return result
    },
    plan: (documents: Documents) => planModel({ database, tenant: 'test', model: modelOf(documents) }),
    async planText(documents: Documents) {
      const plan = await planModel({ database, tenant: 'test', model: modelOf(documents) })
      return describePlan(plan).join('\n')
    },
    create: (values: Values = {}, entry?: string) =>
      write(async (unit) => {
        const options = entry === undefined ? {} : { entry }
        const record = await createRecord(
          unit,
          { object: 'case', values: { title: 'A', ...values } },
          options,
        )
        return String(record.id)
      }),
    send: (id: string, event: string, values: Values = {}) =>
      write((unit) => sendEvent(unit, { object: 'case', id, event, values })),
    record: (id: string) => getRecord(readingWork(work()), { object: 'case', id }) as Promise<Values>,
    view: (id: string) => describeProcess(readingWork(work()), { object: 'case', id }),
    /** The migrations that wait, as the worker runs them. */
    async migrate() {
      const rows = await tenant.sql<{ id: string }[]>`
        select id from _process_migration where status in ('waiting', 'running') order by id`
      for (const { id } of rows)
        await runMigration(() => Promise.resolve(work()), {
          migration: id,
          signal: new AbortController().signal,
        })
    },
    async instance(record: string) {
      const [row] = await tenant.sql<
        { id: string; definition: string; states: string[]; step: number; snapshot: string }[]
      >`select id, definition, states, step, snapshot from _instance
        where record = ${record} and process = 'handling'`
      if (row === undefined) throw new Error(`No process is at work on ${record}.`)
      return row
    },
    timers: (record: string) => tenant.sql<{ event_id: string; due_at: string; status: string }[]>`
      select t.event_id, t.due_at, t.status from _timer t join _instance i on i.id = t.instance
      where i.record = ${record} and t.status = 'pending' order by t.event_id`,
  }
}
