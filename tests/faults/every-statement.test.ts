import { afterAll, expect, it } from 'vitest'
import { openPool } from '../../platform/database/sql.ts'
import { completeAlone, completeWorkItem, fireTimer, sendEvent } from '../../platform/processes/index.ts'
import { createRecord, writingWork, type UnitOfWork, type WorkOptions } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { openCuttingLine } from './cutting-line.ts'
import { declarationsFor } from './declarations.ts'
import { dumpOf, writtenBetween } from './dump.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarationsFor())
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const { hostname, port } = new URL(database.url)
const line = await openCuttingLine({ host: hostname, port: Number(port) })
const cut = openPool({ url: await addressThroughLine(), name: 'cut', size: 1 })
afterAll(async () => {
  await cut.end({ timeout: 1 })
  await line.close()
})

type Step = (work: WorkOptions) => Promise<unknown>
/** Prepares what a step needs, and gives the step. */
type Prepared = () => Promise<Step>

const writing =
  (act: (unit: UnitOfWork) => Promise<unknown>): Step =>
  (work) =>
    writingWork(work, act)
const sending = (id: string, event: string, values: Record<string, unknown>) =>
  writing((unit) => sendEvent(unit, { object: 'parcel', id, event, values }))
const creating = writing((unit) => createRecord(unit, { object: 'parcel', values: { title: 'One' } }))

const steps: Readonly<Record<string, Prepared>> = {
  'the creation of a record with its process': async () => creating,
  'an event that writes, sets a timer, opens work and asks somebody outside': async () =>
    sending(await parcel(), 'go', { key: 'a', size: 1 }),
  'the completion of work': async () => {
    const id = await workOf(await looked())
    return writing((unit) => completeWorkItem(unit, { id }))
  },
  'the completion of work whose answer comes with the commit': async () => {
    const id = await workOf(await looked())
    return (work) => completeAlone(work, { id })
  },
  'the firing of a timer': async () => {
    const id = await looked()
    const [timer] = await tenant.sql`
      select t.id from _timer t join _instance i on i.id = t.instance
      where i.record = ${id} and t.status = 'pending' and t.event_id like '%looked_at'`
    return (work) => fireTimer(work, String(timer?.id))
  },
}

it.each(Object.entries(steps))(
  '%s leaves all or nothing, after whichever of its statements the connection is cut',
  async (_step, prepare) => {
    const whole = await writtenBy(await prepare())
    let step = await prepare()
    let before = await dump()
    let statements = 0
    for (let wasCut = true; wasCut;) {
      await cut`select 1`
      statements += 1
      line.cutAfter(statements)
      const outcome = await step({ ...tenant.work(clerk), pool: cut }).catch((error: unknown) => error)
      wasCut = line.wasCut()
      await connectionsAreGone()
      const after = await dump()
      const written = writtenBetween(before, after)
      if (Object.keys(written).length > 0) {
        // Cut at the commit, or before anything was done: then it has been done on another connection.
        expect(written, `after statement ${statements}`).toEqual(whole)
        step = await prepare()
        before = await dump()
      } else {
        expect(outcome).toMatchObject({ code: 'CONNECTION_CLOSED' })
        expect(after).toEqual(before)
      }
    }
    // Begin, read, several writes and commit: fewer would mean that nothing was tried.
    expect(statements).toBeGreaterThan(6)
  },
)

const dump = () => dumpOf(database.platform, 't_test')

async function writtenBy(step: Step) {
  const before = await dump()
  await step(tenant.work(clerk))
  return writtenBetween(before, await dump())
}

async function parcel(): Promise<string> {
  const made = await tenant.write(clerk, (unit) =>
    createRecord(unit, { object: 'parcel', values: { title: 'One' } }),
  )
  return String(made.id)
}

async function looked(): Promise<string> {
  const id = await parcel()
  await sending(id, 'go', { key: 'a', size: 1 })(tenant.work(clerk))
  return id
}

async function workOf(record: string): Promise<string> {
  const [item] = await tenant.sql`select id from _work_item where record = ${record}`
  return String(item?.id)
}

/** A server that has lost its client needs a moment to notice it and to roll back. */
async function connectionsAreGone(): Promise<void> {
  const rows = () =>
    database.platform`select 1 from pg_stat_activity where application_name = 'cut' and state <> 'idle'`
  await expect.poll(async () => (await rows()).length, { interval: 1 }).toBe(0)
}

async function addressThroughLine(): Promise<string> {
  const address = new URL(await database.tenantUrl('test'))
  address.port = String(line.port)
  return address.href
}
