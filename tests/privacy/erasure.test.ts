import { beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../platform/audit/index.ts'
import { sendEvent } from '../../platform/processes/index.ts'
import { eraseOnRequest, listErasures, previewErasure } from '../../platform/privacy/index.ts'
import {
  createRecord,
  deleteRecord,
  getRecord,
  listRecords,
  recordTimeline,
  updateRecord,
} from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { hotel } from './hotel.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, hotel as never)
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const officer = await tenant.person('Olga Officer', { roles: ['officer'] })
const { sql } = tenant
const make = async (object: string, values: object) =>
  String((await tenant.write(clerk, (unit) => createRecord(unit, { object, values: values as never }))).id)

const ids = { guest: '', other: '', paid: '', open: '', gone: '', visit: '' }
const secrets = [
  'Zelda Quill',
  'zelda@quill.example',
  'Quill Lane 7',
  '1980-02-29',
  'No peanuts',
  'Zelda whispered',
]

beforeAll(async () => {
  ids.guest = await make('guest', {
    name: 'Zelda Quill',
    email: 'zelda@quill.example',
    address: { street: 'Quill Lane 7' },
    born_on: '1980-02-29',
    kind: 'regular',
    wishes: [{ text: 'No peanuts' }],
  })
  ids.other = await make('guest', { name: 'Otto Other', email: 'otto@example.com' })
  ids.paid = await make('stay', { title: 'Stay of somebody', guest: ids.guest, is_paid: true })
  ids.open = await make('stay', { title: 'Zelda Quill in May', guest: ids.guest })
  ids.gone = await make('stay', { title: 'Zelda Quill in June', guest: ids.guest })
  ids.visit = await make('visit', { what: 'Breakfast', guest: ids.guest })
  await tenant.write(clerk, async (unit) => {
    await deleteRecord(unit, { object: 'stay', id: ids.gone })
    await updateRecord(unit, { object: 'guest', id: ids.guest, values: { kind: 'rare' } })
    await sendEvent(unit, {
      object: 'guest',
      id: ids.guest,
      event: 'greet',
      values: { words: 'Zelda whispered' },
    })
  })
  await sql`insert into _attachment (id, object, record, file_name, media_type, size, sha256)
    values ('00000000-0000-7000-8000-000000000001', 'guest', ${ids.guest}, 'Zelda Quill.txt', 'text/plain', 4, 'a')`
  await sql`insert into _attachment_chunk values ('00000000-0000-7000-8000-000000000001', 0, 'Zelda Quill')`
  await sql`insert into _notification (id, recipient, text, object, record)
    values (gen_random_uuid(), ${clerk.userId!}, 'Zelda Quill is here', 'guest', ${ids.guest})`
  await sql`insert into _work_item (id, kind, object, record, title, status, result)
    values ('00000000-0000-7000-8000-000000000002', 'task', 'guest', ${ids.guest},
      ${sql.json({ en: 'Call Zelda Quill back' })}, 'done', ${sql.json({ said: 'Zelda whispered' })})`
  await sql`insert into _work_event (item, act, comment) values ('00000000-0000-7000-8000-000000000002', 'comment', 'Zelda Quill is nice')`
  await sql`insert into _trigger_run (id, trigger, object, record, kind, status, due_at, batch, seen) values
    (gen_random_uuid(), 't', 'guest', ${ids.guest}, 'changed', 'pending', now(), gen_random_uuid(), ${sql.json({ before: { name: 'Zelda Quill' } })}),
    (gen_random_uuid(), 't', 'guest', ${ids.guest}, 'due', 'pending', now(), gen_random_uuid(), '{}')`
  await sql`insert into _instance (id, process, definition, status, snapshot)
    select '00000000-0000-7000-8000-000000000005', 'welcome', definition, 'done', '{}' from _instance limit 1`
  await sql`insert into _approval (id, instance, invocation, object, record, title, status, plan, course)
    values (gen_random_uuid(), '00000000-0000-7000-8000-000000000005', 'a', 'guest', ${ids.guest},
      ${sql.json('Discount for Zelda Quill')}, 'approved', '{}',
      ${sql.json({ votes: [{ comment: 'A "fine" guest, says Zelda whispered', by: 'x' }, { comment: null }] })})`
  await sql`insert into _import_file (id, file_name, encoding, delimiter, columns, rows)
    values ('00000000-0000-7000-8000-000000000003', 'guests.csv', 'utf-8', ',', '[]', 1)`
  await sql`insert into _import_chunk values ('00000000-0000-7000-8000-000000000003', 0, 'Zelda Quill')`
  await sql`insert into _import (id, file, object, file_name, mapping, status)
    values ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000003', 'guest', 'g', '{}', 'done')`
  await sql`insert into _import_row (import, line, status, source, record) values
    ('00000000-0000-7000-8000-000000000004', 1, 'created', ${sql.json({ name: 'Zelda Quill' })}, ${ids.guest}),
    ('00000000-0000-7000-8000-000000000004', 2, 'failed', ${sql.json({ email: 'zelda@quill.example' })}, null),
    ('00000000-0000-7000-8000-000000000004', 3, 'failed', ${sql.json({ email: 'otto@example.com' })}, null)`
})

/** Every row of the tenant in which one of the texts still is. */
async function findings(texts: readonly string[]): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relnamespace = to_regnamespace('t_test') and c.relkind = 'r'`
  const found: string[] = []
  for (const { name } of tables)
    for (const text of texts) {
      const rows = await database.platform.unsafe(
        `select 1 from t_test."${name}" t where position($1 in t::text) > 0 limit 1`,
        [text],
      )
      if (rows.length > 0) found.push(`${name}: ${text}`)
    }
  return found
}

const request = () => ({ object: 'guest', record: ids.guest })

describe('the report before an erasure', () => {
  it('names what would be erased, what is kept and why, and repeats no data', async () => {
    const report = await tenant.read(officer, (unit) => previewErasure(unit, request()))
    expect(report).toMatchObject({ object: 'guest', record: ids.guest })
    const outcomes = report.records.map(({ object, id, outcome }) => [object, id, outcome])
    expect(outcomes).toEqual(
      expect.arrayContaining([
        ['guest', ids.guest, 'erased'],
        ['stay', ids.open, 'erased'],
        ['stay', ids.gone, 'erased'],
        ['stay', ids.paid, 'kept'],
      ]),
    )
    expect(outcomes.filter(([object]) => object === 'wish')).toHaveLength(1)
    expect(report.records.find(({ id }) => id === ids.paid)?.because).toEqual({
      en: 'Tax law',
      'zh-CN': '税法',
    })
    expect(report.records[0]?.fields).toContainEqual({ name: 'address', category: 'location' })
    expect(Object.fromEntries(report.traces.map(({ place, count }) => [place, count]))).toMatchObject({
      notifications: 1,
      attachments: 1,
      work: 1,
      messages: 1,
      import_rows: 2,
      import_files: 1,
      running_processes: 1,
    })
    expect(report.references).toEqual([{ object: 'visit', field: 'guest', count: 1 }])
    expect(JSON.stringify(report)).not.toMatch(/Zelda|Quill|peanuts/)
  })

  it('is for holders of the feature, and for records that stand for a person', async () => {
    await expect(tenant.read(clerk, (unit) => previewErasure(unit, request()))).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      tenant.read(officer, (unit) => previewErasure(unit, { object: 'visit', record: ids.visit })),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('stand for no person') })
    await expect(
      tenant.read(officer, (unit) => previewErasure(unit, { object: 'user', record: clerk.userId! })),
    ).rejects.toThrow('Deactivate them first')
    await expect(tenant.write(clerk, (unit) => eraseOnRequest(unit, request()))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('an erasure', () => {
  it('opens no log but to itself', async () => {
    const call = `select _erase_history(gen_random_uuid(), 'guest', array['${ids.guest}']::uuid[], array['name'], true)`
    await expect(sql.unsafe(call)).rejects.toMatchObject({ code: '42501' })
  })

  it('is whole or nothing', async () => {
    const before = await findings(secrets)
    await expect(
      tenant.write(officer, async (unit) => {
        await eraseOnRequest(unit, request())
        throw new Error('The node died.')
      }),
    ).rejects.toThrow('died')
    expect(await findings(secrets)).toEqual(before)
  })

  it('leaves nothing of the person in any table, save what has to be kept', async () => {
    expect((await findings(secrets)).length).toBeGreaterThan(10)
    const { id } = await tenant.write(officer, (unit) => eraseOnRequest(unit, request()))
    expect(await findings(secrets)).toEqual([])
    const [approval] = await sql`select title, course from _approval`
    expect(approval).toEqual({
      title: 'Discount for …',
      course: { votes: [{ comment: null, by: 'x' }, { comment: null }] },
    })
    // What has seen the person does nothing any more; what waits for a moment of the record goes on.
    const runs = await sql`select kind, status from _trigger_run order by kind`
    expect([...runs]).toEqual([
      { kind: 'changed', status: 'void' },
      { kind: 'due', status: 'pending' },
    ])
    const read = (object: string, of: string) =>
      tenant.read(officer, (unit) => getRecord(unit, { object, id: of }))
    expect(await read('guest', ids.guest)).toMatchObject({
      name: `erased-${ids.guest.slice(-12)}`,
      email: null,
      address: null,
      born_on: null,
      kind: 'rare',
      wishes: [{ text: expect.stringMatching(/^erased-/) }],
    })
    expect((await read('stay', ids.paid)).title).toBe('Stay of somebody')
    expect((await read('visit', ids.visit)).what).toBe('Breakfast')
    expect((await read('guest', ids.other)).name).toBe('Otto Other')
    expect(await findings(['otto@example.com'])).toContain('_import_row: otto@example.com')
    const { items } = await tenant.read(officer, (unit) => listErasures(unit, {}))
    expect(items).toMatchObject([
      { id, reason: 'request', by: { name: 'Olga Officer' }, report: { record: ids.guest } },
    ])
  })

  it('is told by the history and by the audit log, which still holds', async () => {
    const { entries } = await tenant.read(officer, (unit) =>
      recordTimeline(unit, { object: 'guest', id: ids.guest }),
    )
    expect(entries[0]).toMatchObject({ action: 'erase', changes: {}, by: { name: 'Olga Officer' } })
    expect(entries.some(({ changes }) => 'kind' in changes)).toBe(true)
    const [entry] =
      await sql`select actor_name, record, detail - 'erasure' as detail from _audit where action = 'erasure'`
    expect(entry).toEqual({ actor_name: 'Olga Officer', record: ids.guest, detail: { erased: 4, kept: 1 } })
    expect((await verifyAudit(sql)).faults).toEqual([])
  })

  it('takes the words out of the search', async () => {
    const { rows } = await tenant.read(officer, (unit) =>
      listRecords(unit, { object: 'guest', search: 'Zelda' }),
    )
    expect(rows).toEqual([])
  })
})
