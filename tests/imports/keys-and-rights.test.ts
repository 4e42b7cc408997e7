import { beforeEach, describe, expect, it } from 'vitest'
import { cancelImport, importStatus, startImport } from '../../platform/background/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'
import { importing } from './importing.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const reader = await tenant.person('Rita Reader', { roles: ['reader'] })
const outsider = await tenant.person('Otto Outsider', { roles: ['outsider'] })
const hands = importing(database, tenant, [clerk, reader, outsider])

beforeEach(async () => {
  await tenant.sql`delete from deal`
  await tenant.sql`delete from firm__towns`
  await tenant.sql`delete from firm`
  await tenant.sql`delete from town`
})

describe('with a key', () => {
  const request = { object: 'firm', mapping: { code: 'code', name: 'name', staff: 'staff' }, key: 'code' }

  it('rows update the record that has it, and blank cells leave what is there', async () => {
    await hands.import(clerk, 'code,name,staff\nA,Acme,5\nB,Bolt,6', request)
    const { progress } = await hands.import(
      clerk,
      'code,name,staff\nA,Acme Inc,\nC,Cord,7\nC,Cord Inc,8',
      request,
    )
    expect(progress).toMatchObject({ created: 1, updated: 2, failed: 0 })
    expect(await hands.rows(clerk, 'firm', ['code', 'name', 'staff'])).toEqual([
      { code: 'A', name: 'Acme Inc', staff: 5 },
      { code: 'B', name: 'Bolt', staff: 6 },
      { code: 'C', name: 'Cord Inc', staff: 8 },
    ])
  })

  it('is looked up with statistics of the rows that came before, not of the empty table', async () => {
    const rows = Array.from({ length: 900 }, (_, at) => `${at},Firm ${at},1`)
    await hands.import(clerk, ['code,name,staff', ...rows].join('\n'), request)
    const [table] = await tenant.sql<{ rows: number }[]>`
      select reltuples::int as rows from pg_class where oid = 'firm'::regclass`
    expect(table?.rows).toBeGreaterThan(400)
  })

  it('rows without a value in it are refused', async () => {
    const { problems } = await hands.import(clerk, 'code,name,staff\n,Acme,5', request)
    expect(problems).toMatchObject([{ line: 2, problems: [{ field: 'code', code: 'required' }] }])
  })

  it('a record that one may not change is not changed', async () => {
    await hands.import(clerk, 'code,name,staff\nA,Acme,5', request)
    await tenant.sql`update firm set owner = ${reader.userId as string}`
    const { problems } = await hands.import(clerk, 'code,name,staff\nA,Taken,6', request)
    expect(problems).toMatchObject([{ line: 2, problems: [{ code: 'forbidden' }] }])
    expect(await hands.rows(clerk, 'firm', ['name'])).toEqual([{ name: 'Acme' }])
  })

  it('rows that repeat it without updating are refused, also in a dry run and far apart', async () => {
    const names = Array.from({ length: 450 }, (_, at) => `${at},Firm ${at},1`)
    const text = ['code,name,staff', ...names, '7,Again,1', '449,Again,1'].join('\n')
    const { key: _, ...creating } = request
    const dry = await hands.import(clerk, text, { ...creating, dry_run: true })
    expect(await hands.rows(clerk, 'firm', ['name'])).toEqual([])
    const real = await hands.import(clerk, text, creating)
    expect(real.progress).toMatchObject({ created: 450, failed: 2 })
    expect(dry.progress).toMatchObject({ created: 450, failed: 2, dry_run: true })
    const lines = (list: typeof real.problems) => list.map(({ line, problems }) => [line, problems[0]?.code])
    expect(lines(dry.problems)).toEqual(lines(real.problems))
  })
})

describe('a state', () => {
  const request = { object: 'deal', mapping: { title: 'title', stage: 'stage' } }

  it('is filled through a declared entry alone', async () => {
    const { file } = await hands.upload(clerk, 'deal', 'title,stage\nOne,won')
    await expect(startImport(tenant.work(clerk), { ...request, file })).rejects.toMatchObject({
      faults: [{ field: 'mapping.stage', code: 'read_only' }],
    })
    const { progress } = await hands.import(clerk, 'title,stage\nOne,赢单\nTwo,\nThree,open', {
      ...request,
      entry: 'import',
    })
    expect(progress).toMatchObject({ created: 3, failed: 0 })
    expect(await hands.rows(clerk, 'deal', ['title', 'stage'])).toEqual([
      { title: 'One', stage: 'won' },
      { title: 'Two', stage: 'open' },
      { title: 'Three', stage: 'open' },
    ])
    const instances = await tenant.sql`select states from _instance order by id`
    expect(instances.map(({ states }) => states)).toEqual([['won'], ['open'], ['open']])
  })

  it.each([
    [clerk, 'nowhere', 'unknown'],
    [outsider, 'import', undefined],
  ])('is refused through an entry that is not there or not permitted', async (principal, entry, code) => {
    const { file } = await hands.upload(clerk, 'deal', 'title,stage\nOne,won')
    const started = startImport(tenant.work(principal), { ...request, file, entry })
    await expect(started).rejects.toMatchObject(
      code === undefined ? { code: 'not_found' } : { faults: [{ field: 'entry', code }] },
    )
  })
})

describe('a mapping', () => {
  const started = async (mapping: Record<string, unknown>, principal = clerk) => {
    const { file } = await hands.upload(principal, 'firm', 'a,b\n1,2')
    return startImport(tenant.work(principal), { object: 'firm', file, mapping: mapping as never })
  }

  it.each([
    [{ c: 'name' }, 'unknown_column'],
    [{ a: 'nmae' }, 'unknown_field'],
    [{ a: 'secret' }, 'read_only'],
    [{ a: 'created_at' }, 'read_only'],
    [{ a: 'name', b: 'name' }, 'twice'],
    [{ a: 'name.first' }, 'unknown_field'],
    [{ a: { field: 'name', match: 'code' } }, 'not_a_reference'],
    [{ a: { field: 'town', match: 'nmae' } }, 'match'],
    [{ a: 'turnover.currency' }, 'required'],
    [{ a: null }, 'required'],
  ])('%j is refused', async (mapping, code) => {
    await expect(started(mapping)).rejects.toMatchObject({ faults: [{ code }] })
  })

  it('to a field that one may not see is refused like an unknown one', async () => {
    await expect(started({ a: 'town' }, outsider)).rejects.toMatchObject({
      faults: [{ code: 'unknown_field' }],
    })
  })
})

describe('an import', () => {
  it('takes the feature and the right to create', async () => {
    await expect(hands.upload(reader, 'firm', 'a\n1')).rejects.toMatchObject({ code: 'forbidden' })
    const { file } = await hands.upload(outsider, 'town', 'a\n1')
    const started = startImport(tenant.work(outsider), { object: 'town', file, mapping: { a: 'name' } })
    await expect(started).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('and its file belong to the person who uploaded it', async () => {
    const { file } = await hands.upload(clerk, 'firm', 'a\n1')
    const request = { object: 'firm', file, mapping: { a: 'name' } }
    await expect(startImport(tenant.work(outsider), request)).rejects.toMatchObject({ code: 'not_found' })
    const { id } = await startImport(tenant.work(clerk), request)
    await expect(importStatus(tenant.work(outsider), id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(importStatus(tenant.work(clerk), 'nonsense')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('that is cancelled brings nothing more', async () => {
    const { file } = await hands.upload(clerk, 'firm', 'a\n1')
    const { id } = await startImport(tenant.work(clerk), { object: 'firm', file, mapping: { a: 'name' } })
    expect(await cancelImport(tenant.work(clerk), id)).toMatchObject({ status: 'cancelled' })
    await hands.run(id)
    expect(await importStatus(tenant.work(clerk), id)).toMatchObject({ status: 'cancelled', done: 0 })
    expect(await hands.rows(clerk, 'firm', ['name'])).toEqual([])
  })

  it('gives way when the worker stops, and is queued again', async () => {
    const text = ['a', ...Array.from({ length: 500 }, (_, at) => `Firm ${at}`)].join('\n')
    const { file } = await hands.upload(clerk, 'firm', text)
    const { id } = await startImport(tenant.work(clerk), { object: 'firm', file, mapping: { a: 'name' } })
    await database.platform`delete from graphile_worker._private_jobs`
    const stopping = new AbortController()
    stopping.abort()
    await hands.run(id, stopping.signal)
    expect(await importStatus(tenant.work(clerk), id)).toMatchObject({ status: 'running', done: 0 })
    expect(await database.platform`select key from graphile_worker._private_jobs`).toMatchObject([
      { key: `test:import:${id}` },
    ])
    await hands.run(id)
    expect(await importStatus(tenant.work(clerk), id)).toMatchObject({ status: 'done', created: 500 })
  })

  it('of a person who does not work here any more fails and says so', async () => {
    const gone = await tenant.person('Gone Girl', { roles: ['clerk'] })
    const { file } = await hands.upload(gone, 'firm', 'a\n1')
    const { id } = await startImport(tenant.work(gone), { object: 'firm', file, mapping: { a: 'name' } })
    await hands.run(id)
    const progress = await importStatus(tenant.work(gone), id)
    expect(progress).toMatchObject({ status: 'failed', done: 0 })
    expect(progress.error).toContain('does not work here any more')
  })
})
