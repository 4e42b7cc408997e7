import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { fireTimer, sendEvent } from '../../platform/processes/index.ts'
import { createRecord, getRecord, updateRecord, type RecordValues } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const declarations = {
  object: {
    offer: {
      name: 'offer',
      label: 'Offer',
      name_field: 'title',
      ownership: 'none',
      lifecycle: 'offering',
      fields: {
        title: { type: 'text' },
        state: { type: 'state' },
        valid_until: { type: 'date' },
        urgent: { type: 'boolean' },
        remind_at: { type: 'datetime' },
      },
    },
  },
  role: {
    robot: { name: 'robot', label: 'Robot', objects: { offer: { read: 'all', update: 'all' } } },
  },
  process: {
    offering: {
      name: 'offering',
      label: 'Offering',
      object: 'offer',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: {
        send: { label: 'Send' },
        prolong: { label: 'Prolong', form: { until: { type: 'date' } } },
        withdraw: { label: 'Withdraw' },
      },
      entries: { legacy: { label: 'Legacy', states: ['sent'], allowed_roles: { administrator: true } } },
      delays: {
        validity: { until: "record.valid_until + duration('P1D')", label: 'when it expires' },
        patience: { until: "now() + (record.urgent ? duration('PT4H') : duration('P2D'))" },
        reminder: { until: 'record.remind_at' },
      },
      machine: {
        initial: 'draft',
        states: {
          draft: { meta: { label: 'Draft' }, on: { send: 'sent' }, after: { patience: 'lost' } },
          sent: {
            meta: { label: 'Sent' },
            on: {
              prolong: { actions: [{ type: 'set', params: { values: { valid_until: 'event.until' } } }] },
              withdraw: 'draft',
            },
            after: {
              validity: 'lost',
              reminder: { actions: [{ type: 'note', params: { text: "'Remind them'" } }] },
            },
          },
          lost: { type: 'final', meta: { label: 'Lost' } },
        },
      },
    },
  },
}

const tenant = await testTenant(await freshDatabase(), declarations as never)
let admin: Principal
const make = async (values: RecordValues, entry?: string) =>
  String(
    (
      await tenant.write(admin, (unit) =>
        createRecord(unit, { object: 'offer', values }, entry === undefined ? {} : { entry }),
      )
    ).id,
  )
const send = (id: string, event: string, values: RecordValues = {}) =>
  tenant.write(admin, (unit) => sendEvent(unit, { object: 'offer', id, event, values }))
const change = (id: string, values: RecordValues) =>
  tenant.write(admin, (unit) => updateRecord(unit, { object: 'offer', id, values }))
const state = async (id: string) =>
  (await tenant.read(admin, (unit) => getRecord(unit, { object: 'offer', id }))).state
/** What the record waits for, and until when. */
const waits = async (id: string) =>
  Object.fromEntries(
    (
      await tenant.sql`select split_part(event_id, '.', 3) as delay, due_at as at from _timer
        where instance = (select id from _instance where record = ${id}) and status = 'pending'`
    ).map(({ delay, at }) => [delay, at]),
  )
const fire = async (id: string, delay: string) => {
  const [timer] =
    await tenant.sql`select id from _timer where status = 'pending' and event_id like ${`%.after.${delay}.%`}
    and instance = (select id from _instance where record = ${id})`
  await fireTimer(tenant.work(admin), String(timer?.id))
}

beforeAll(async () => {
  admin = await tenant.person('Admin', { roles: ['administrator'] })
})

describe('a state that waits for a moment of the record', () => {
  it('counts from entering where the moment says now()', async () => {
    expect(await waits(await make({ urgent: true }))).toEqual({ patience: '2026-11-22T12:00:00.000Z' })
    const id = await make({ urgent: false })
    await change(id, { urgent: true })
    expect(await waits(id)).toEqual({ patience: '2026-11-24T08:00:00.000Z' })
  })

  it('takes a day from its beginning, and follows it when it is changed, blanked and filled in', async () => {
    const id = await make({ valid_until: '2026-12-31' })
    await send(id, 'send')
    expect(await waits(id)).toEqual({ validity: '2027-01-01T00:00:00.000Z' })
    await change(id, { valid_until: '2027-01-31', title: 'x' })
    expect(await waits(id)).toEqual({ validity: '2027-02-01T00:00:00.000Z' })
    await change(id, { valid_until: null })
    expect(await waits(id)).toEqual({})
    await change(id, { valid_until: '2026-12-01', remind_at: '2026-11-30T10:30:00.000Z' })
    expect(await waits(id)).toEqual({
      validity: '2026-12-02T00:00:00.000Z',
      reminder: '2026-11-30T10:30:00.000Z',
    })
  })

  it('follows what an event sets, once, and forgets it when the state is left', async () => {
    const id = await make({ valid_until: '2026-12-31' })
    await send(id, 'send')
    await send(id, 'prolong', { until: '2027-03-01' })
    expect(await waits(id)).toEqual({ validity: '2027-03-02T00:00:00.000Z' })
    await send(id, 'withdraw')
    expect(Object.keys(await waits(id))).toEqual(['patience'])
    await change(id, { valid_until: '2027-05-01' })
    expect(Object.keys(await waits(id))).toEqual(['patience'])
  })

  it('waits in a state in which an import places it', async () => {
    const id = await make({ state: 'sent', valid_until: '2026-12-31' }, 'legacy')
    expect(await waits(id)).toEqual({ validity: '2027-01-01T00:00:00.000Z' })
  })

  it('leaves it when the moment has come, and not when it has moved on meanwhile', async () => {
    const id = await make({ valid_until: '2026-12-31' })
    await send(id, 'send')
    // Past the write path: as with a version of the process whose moments it does not know.
    await tenant.sql`update offer set valid_until = '2027-06-30' where id = ${id}`
    tenant.setClock('2027-01-01T00:00:01.000Z')
    await fire(id, 'validity')
    expect(await state(id)).toBe('sent')
    expect(await waits(id)).toEqual({ validity: '2027-07-01T00:00:00.000Z' })
    tenant.setClock('2027-07-01T00:00:01.000Z')
    await fire(id, 'validity')
    expect(await state(id)).toBe('lost')
    tenant.setClock('2026-11-22T08:00:00.000Z')
  })

  it('takes what is past at once', async () => {
    const id = await make({ valid_until: '2026-01-01' })
    await send(id, 'send')
    expect(await waits(id)).toEqual({ validity: '2026-11-22T08:00:00.000Z' })
    await fire(id, 'validity')
    expect(await state(id)).toBe('lost')
  })
})
