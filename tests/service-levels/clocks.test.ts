import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import { mergePatch } from '../../platform/definitions/load/merge-patch.ts'
import {
  carryOutAlerts,
  describeClocks,
  listNotifications,
  renewClocks,
  wakeClock,
} from '../../platform/processes/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import {
  createRecord,
  deleteRecord,
  getRecord,
  restoreRecord,
  updateRecord,
  type RecordValues,
} from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations as never)
let clerk: Principal
let stranger: Principal

/** A Monday. */
const day = (time: string, date = '2026-11-23') => `${date}T${time}:00.000Z`
const make = async (values: RecordValues = {}) =>
  String((await tenant.write(clerk, (unit) => createRecord(unit, { object: 'ticket', values }))).id)
const change = (id: string, values: RecordValues) =>
  tenant.write(clerk, (unit) => updateRecord(unit, { object: 'ticket', id, values }))
const ticket = (id: string) => tenant.read(clerk, (unit) => getRecord(unit, { object: 'ticket', id }))
const clocks = (id: string) => tenant.read(clerk, (unit) => describeClocks(unit, { object: 'ticket', id }))
const clock = async (id: string, promise: string) =>
  (await clocks(id)).find((found) => found.promise === promise)
/** The due moment of a promise, or how it stands where it has none. */
const due = async (id: string, promise: string) => {
  const { dueAt = null, status } = (await clock(id, promise)) ?? {}
  return dueAt === null ? status : new Date(dueAt).toISOString()
}
const told = async () =>
  (await tenant.read(clerk, (unit) => listNotifications(unit))).items.map(({ text }) => text).sort()

/** Lets time pass: what comes due is done at its moment, as the worker does it. */
async function passTo(moment: string): Promise<void> {
  for (;;) {
    const [next] = await tenant.sql<{ what: string; id: string; at: string }[]>`
      select 'clock' as what, id, wake_at as at from _clock where wake_at <= ${moment}
      union all select 'alert', clock, due_at from _clock_alert where status = 'pending'
      order by at, what limit 1`
    if (next === undefined) break
    if (next.what === 'clock') tenant.setClock(next.at)
    if (next.what === 'clock') await wakeClock(tenant.work(clerk), next.id)
    else await carryOutAlerts(tenant.work(clerk), next.id)
  }
  tenant.setClock(moment)
}

beforeAll(async () => {
  clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
  stranger = await tenant.person('Sam Stranger', { roles: ['stranger'] })
})

beforeEach(async () => {
  tenant.setClock(day('09:00'))
  await tenant.sql`delete from _clock`
  await tenant.sql`delete from _notification`
})

describe('a clock', () => {
  it('starts when its condition begins to hold, and is due after the working time that is promised', async () => {
    const id = await make({ status: 'draft' })
    expect(await clocks(id)).toEqual([])
    await change(id, { title: 'x' })
    expect(await clocks(id)).toEqual([])
    tenant.setClock(day('15:00'))
    await change(id, { status: 'open' })
    expect(await due(id, 'answer')).toBe(day('11:00', '2026-11-24'))
    expect(await due(id, 'solution')).toBe(day('15:00', '2026-11-25'))
    expect(await clock(id, 'next_answer')).toBeUndefined()
    expect(await clock(id, 'answer')).toMatchObject({
      level: 'care',
      label: 'First answer',
      status: 'running',
      outcome: 'open',
      remainingMs: 4 * 3_600_000,
      isCounting: true,
    })
  })

  it('goes on counting when nothing that it hangs on changes', async () => {
    const id = await make()
    tenant.setClock(day('10:00'))
    await change(id, { title: 'Another' })
    expect(await clock(id, 'answer')).toMatchObject({ remainingMs: 3 * 3_600_000, percent: 25 })
    expect(await due(id, 'answer')).toBe(day('13:00'))
  })

  it('stands still while it is paused, which moves its due moment by the working time of the pause', async () => {
    const id = await make()
    tenant.setClock(day('16:00'))
    await change(id, { status: 'waiting' })
    expect(await due(id, 'solution')).toBe('paused')
    expect(await clock(id, 'solution')).toMatchObject({ remainingMs: 9 * 3_600_000, isCounting: false })
    await passTo(day('10:00', '2026-11-24'))
    await change(id, { status: 'open' })
    expect(await due(id, 'solution')).toBe(day('11:00', '2026-11-25'))
    expect(await due(id, 'answer')).toBe(day('13:00'))
  })

  it('stops when its promise is kept, and says so when it was not', async () => {
    const [good, bad] = [await make(), await make()]
    tenant.setClock(day('12:59'))
    await change(good, { answered_at: day('12:59') })
    expect(await clock(good, 'answer')).toMatchObject({ status: 'stopped', outcome: 'kept' })
    await passTo(day('13:00'))
    await change(bad, { answered_at: day('13:00') })
    expect(await clock(bad, 'answer')).toMatchObject({ status: 'stopped', outcome: 'broken' })
    await passTo(day('13:00', '2026-12-24'))
    expect(await clock(good, 'answer')).toMatchObject({ remainingMs: 60_000, outcome: 'kept' })
  })

  it('begins anew when it is reset, once each time that the condition begins to hold', async () => {
    const id = await make()
    tenant.setClock(day('11:00'))
    await change(id, { reset: true })
    expect(await due(id, 'answer')).toBe(day('15:00'))
    tenant.setClock(day('12:00'))
    await change(id, { title: 'Another' })
    expect(await due(id, 'answer')).toBe(day('15:00'))
    await change(id, { reset: false })
    await change(id, { reset: true })
    expect(await due(id, 'answer')).toBe(day('16:00'))
  })

  it('starts again as declared: never, anew, or where it stood', async () => {
    const id = await make({ asked_by: 'them' })
    tenant.setClock(day('10:00'))
    await change(id, { answered_at: day('10:00'), asked_by: 'us', status: 'solved' })
    tenant.setClock(day('12:00'))
    await change(id, { answered_at: null, asked_by: 'them', status: 'open' })
    expect(await clock(id, 'answer')).toMatchObject({ status: 'stopped', outcome: 'kept' })
    expect(await due(id, 'next_answer')).toBe(day('14:00'))
    expect(await clock(id, 'solution')).toMatchObject({ status: 'running', remainingMs: 15 * 3_600_000 })
  })

  it('counts from a moment in the past, and what became due meanwhile is due at once', async () => {
    tenant.setClock(day('12:00'))
    const id = await make({ received_at: day('10:00', '2026-11-20') })
    expect(await clock(id, 'answer')).toMatchObject({ outcome: 'broken', remainingMs: -6 * 3_600_000 })
    await passTo(day('12:01'))
    expect(await told()).toEqual(['Late'])
    await passTo(day('14:00'))
    expect(await told()).toEqual(['A day late', 'Late'])
  })

  it('is kept where a record is made that is over already', async () => {
    const id = await make({ status: 'solved', answered_at: day('09:00') })
    expect((await clocks(id)).map(({ outcome }) => outcome)).toEqual(['kept', 'kept'])
  })

  it('takes another target while it runs, as if it had been so from the start', async () => {
    const id = await make()
    tenant.setClock(day('12:00'))
    await change(id, { priority: 'urgent' })
    expect(await clock(id, 'answer')).toMatchObject({ outcome: 'broken', remainingMs: -3_600_000 })
    expect(await due(id, 'answer')).toBe(day('11:00'))
    await change(id, { priority: 'normal' })
    expect(await clock(id, 'answer')).toMatchObject({ outcome: 'open' })
    expect(await due(id, 'answer')).toBe(day('13:00'))
  })

  it('belongs to the first service level that applies, which may hang on another record', async () => {
    const { id: customer } = await tenant.write(clerk, (unit) =>
      createRecord(unit, { object: 'customer', values: { name: 'A', level: 'plain' } }),
    )
    const id = await make({ customer })
    expect((await clocks(id)).map(({ level }) => level)).toEqual(['care', 'care'])
    await tenant.write(clerk, (unit) =>
      updateRecord(unit, { object: 'customer', id: String(customer), values: { level: 'gold' } }),
    )
    tenant.setClock(day('10:00'))
    await change(id, { title: 'Another' })
    expect((await clocks(id)).map(({ level, promise }) => [level, promise])).toEqual([['gold', 'answer']])
    expect(await due(id, 'answer')).toBe(day('11:00'))
    await passTo(day('11:00', '2026-12-24'))
    expect(await told()).toEqual([])
  })

  it('rests while its record is deleted, and tells nobody', async () => {
    const id = await make()
    await tenant.write(clerk, (unit) => deleteRecord(unit, { object: 'ticket', id }))
    await passTo(day('14:00'))
    expect(await told()).toEqual([])
    await tenant.write(clerk, (unit) => restoreRecord(unit, { object: 'ticket', id }))
    await passTo(day('14:01'))
    expect(await told()).toEqual(['Late'])
    expect((await ticket(id)).escalations).toBe(1)
  })

  it('is shown to those who may see the record', async () => {
    const id = await make()
    await expect(
      tenant.read(stranger, (unit) => describeClocks(unit, { object: 'ticket', id })),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('warnings and escalations', () => {
  it('come at their moments of working time, and write under the role of the service level', async () => {
    const id = await make()
    await passTo(day('10:59'))
    expect(await told()).toEqual([])
    await passTo(day('12:59'))
    expect(await told()).toEqual(['Half of the time'])
    await passTo(day('12:59', '2026-11-24'))
    expect(await told()).toEqual(['Half of the time', 'Late'])
    await passTo(day('13:00', '2026-11-24'))
    expect(await told()).toEqual(['A day late', 'Half of the time', 'Late'])
    expect((await ticket(id)).escalations).toBe(2)
    const [entry] =
      await tenant.sql`select by, cause from _change where record = ${id} order by id desc limit 1`
    expect(entry).toEqual({
      by: null,
      cause: { service_level: 'care', promise: 'answer', alert: 'escalations/later' },
    })
    const answer = await clock(id, 'answer')
    expect(answer?.alerts.map(({ label, outcome }) => [label, outcome])).toEqual([
      ['Half', 'fired'],
      ['Owner told', 'fired'],
      ['Later', 'fired'],
    ])
  })

  it('are silent once the promise is kept', async () => {
    const id = await make()
    await change(id, { answered_at: day('09:00'), status: 'solved' })
    await passTo(day('09:00', '2026-12-24'))
    expect(await told()).toEqual([])
    const keys = (await tenant.sql<{ id: string }[]>`select id from _clock`).map(
      (row) => `test:clock ${row.id}`,
    )
    const jobs = await database.platform`select 1 from graphile_worker.jobs where key = any (${keys})`
    expect(jobs).toEqual([])
  })

  it('are carried out once, however many workers take the job, and however often', async () => {
    const id = await make()
    tenant.setClock(day('13:00'))
    const [row] = await tenant.sql<{ id: string }[]>`select id from _clock where promise = 'answer'`
    const woken = String(row?.id)
    await Promise.all([1, 2, 3].map(() => wakeClock(tenant.work(clerk), woken)))
    expect(await tenant.sql`select name from _clock_alert`).toEqual([{ name: 'escalations/late' }])
    await Promise.all([1, 2, 3].map(() => carryOutAlerts(tenant.work(clerk), woken)))
    await carryOutAlerts(tenant.work(clerk), woken)
    await wakeClock(tenant.work(clerk), woken)
    expect(await told()).toEqual(['Late'])
    expect((await ticket(id)).escalations).toBe(1)
  })

  it('do nothing when they are woken too early', async () => {
    await make()
    const [row] = await tenant.sql<{ id: string; wake_at: string }[]>`
      select id, wake_at from _clock where promise = 'answer'`
    await wakeClock(tenant.work(clerk), String(row?.id))
    expect(await tenant.sql`select wake_at from _clock where id = ${String(row?.id)}`).toEqual([
      { wake_at: row?.wake_at },
    ])
    expect(await tenant.sql`select 1 from _clock_alert`).toEqual([])
  })

  it('that fail do not keep the others back, and are tried again', async () => {
    const id = await make()
    await change(id, { escalations: 5 })
    await expect(passTo(day('13:00'))).rejects.toMatchObject({ code: 'validation' })
    expect(await tenant.sql`select name, status from _clock_alert order by due_at`).toEqual([
      { name: 'warnings/half', status: 'done' },
      { name: 'escalations/late', status: 'pending' },
    ])
    expect(await told()).toEqual(['Half of the time'])
    await change(id, { escalations: 4 })
    await passTo(day('13:00'))
    expect(await told()).toEqual(['Half of the time', 'Late'])
  })
})

describe('a change of the declarations', () => {
  const after = (patch: object) => modelFromDocuments(mergePatch(declarations, patch) as never)
  const care = (answer: object) => ({ service_level: { care: { promises: { answer } } } })

  it('reaches the clocks that run when they are renewed', async () => {
    const [running, over] = [await make(), await make()]
    await change(over, { answered_at: day('09:00') })
    const model = after(care({ target: 'PT3H' }))
    tenant.setClock(day('10:00'))
    await renewClocks({ ...tenant.work(clerk), model })
    expect(await due(running, 'answer')).toBe(day('13:00'))
    const dues = await tenant.sql`
      select record, due_at, wake_at from _clock where promise = 'answer' and record = ${running}`
    expect(dues).toEqual([{ record: running, due_at: day('12:00'), wake_at: day('10:30') }])
    const kept = await tenant.sql`
      select state ->> 'targetMs' as target from _clock where promise = 'answer' and record = ${over}`
    expect(kept).toEqual([{ target: String(4 * 3_600_000) }])
  })

  it('reaches them when a holiday is entered late', async () => {
    const id = await make()
    const holiday = { calendar: { office: { exceptions: { '2026-11-24': { type: 'holiday' } } } } }
    await renewClocks({ ...tenant.work(clerk), model: after(holiday) })
    expect(await tenant.sql`select due_at from _clock where promise = 'solution' and record = ${id}`).toEqual(
      [{ due_at: day('17:00', '2026-11-25') }],
    )
  })

  it('cancels what is no longer promised', async () => {
    const id = await make()
    await renewClocks({ ...tenant.work(clerk), model: after({ service_level: { care: null } }) })
    expect(
      await tenant.sql`select status, wake_at from _clock where record = ${id} and status <> 'waiting'`,
    ).toEqual([
      { status: 'cancelled', wake_at: null },
      { status: 'cancelled', wake_at: null },
    ])
  })

  it('starts clocks for records of before when they are changed next, unless they are over', async () => {
    const [open, over] = [await make(), await make({ status: 'solved', answered_at: day('09:00') })]
    await tenant.sql`delete from _clock`
    tenant.setClock(day('10:00'))
    await change(open, { title: 'Another' })
    await change(over, { title: 'Another' })
    expect(await due(open, 'answer')).toBe(day('14:00'))
    expect(await clocks(over)).toEqual([])
  })

  it('is told to the worker with the version', async () => {
    const jobs = () => database.platform`
      select 1 from graphile_worker.jobs where task_identifier = 'renew_clocks'`
    await make()
    expect(await jobs()).toEqual([])
    const model = after(care({ target: 'PT3H' }))
    await publishModel({ database, tenant: 'test', model, settleMs: 0 })
    expect(await jobs()).toHaveLength(1)
    await publishModel({ database, tenant: 'test', model: tenant.model, settleMs: 0 })
  })
})
