import { beforeEach, describe, expect, it } from 'vitest'
import { recordTimeline } from '../../platform/records/index.ts'
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

it('is written in the audit log with the file and its rows', async () => {
  await hands.import(clerk, 'town\nBerlin\nParis', { object: 'town', mapping: { town: 'name' } })
  const [entry] = await tenant.sql`
    select actor_name, object, detail - 'import' as detail from _audit where action = 'import' order by number desc limit 1`
  expect(entry).toEqual({
    actor_name: 'Carla Clerk',
    object: 'town',
    detail: { file: 'town.csv', rows: 2 },
  })
})

describe('values', () => {
  it('are converted by the type of the field', async () => {
    await hands.import(clerk, 'town\nBerlin\nParis', { object: 'town', mapping: { town: 'name' } })
    const { progress, problems } = await hands.import(
      clerk,
      'Firm;Size;Tags;Town;Branches;Staff;Share;Turnover;Founded;Seen;Active;Street;City;Owner\n' +
        'Acme;Large;red, blue;Berlin;Paris; 1.234;12,5 %;1.234,50;31.12.1999;2020-02-03 04:05;nein;Main St 1;Rome;Rita Reader\n' +
        'Bolt;s;;;"Berlin;Paris";7;0,5;€ 9;1.2.1999;;no;;;\n',
      {
        object: 'firm',
        mapping: {
          Firm: 'name',
          Size: 'size',
          Tags: 'tags',
          Town: 'town',
          Branches: 'towns',
          Staff: 'staff',
          Share: 'share',
          Turnover: 'turnover',
          Founded: 'founded',
          Seen: 'seen',
          Active: { field: 'active', values: { nein: 'no' } },
          Street: 'address.street',
          City: 'address.city',
          Owner: 'owner',
        },
      },
    )
    expect(problems).toEqual([])
    expect(progress).toMatchObject({ status: 'done', total: 2, done: 2, created: 2, updated: 0, failed: 0 })
    const fields = [
      'name',
      'size',
      'tags',
      'staff',
      'share',
      'turnover',
      'founded',
      'seen',
      'active',
      'address',
      'owner',
    ]
    expect(await hands.rows(clerk, 'firm', fields, "record.name == 'Acme'")).toEqual([
      {
        name: 'Acme',
        size: 'l',
        tags: ['red', 'blue'],
        staff: 1234,
        share: '12.5',
        turnover: { amount: '1234.5', currency: 'USD' },
        founded: '1999-12-31',
        seen: '2020-02-03T04:05:00.000Z',
        active: false,
        address: { street: 'Main St 1', city: 'Rome' },
        owner: reader.userId,
      },
    ])
    expect(
      await hands.rows(clerk, 'firm', ['size', 'turnover', 'founded', 'owner'], "record.name == 'Bolt'"),
    ).toEqual([
      { size: 's', turnover: { amount: '9', currency: 'EUR' }, founded: '1999-02-01', owner: clerk.userId },
    ])
    const links = await tenant.sql`
      select firm.name, town.name as town from firm__towns link
      join firm on firm.id = link.record join town on town.id = link.target order by 1, 2`
    expect([...links]).toEqual([
      { name: 'Acme', town: 'Paris' },
      { name: 'Bolt', town: 'Berlin' },
      { name: 'Bolt', town: 'Paris' },
    ])
  })

  it('take their currency from a column of its own', async () => {
    const { problems } = await hands.import(clerk, 'firm,amount,currency\nA,1,eur\nB,2,\nC,$3,EUR\nD,,EUR', {
      object: 'firm',
      mapping: { firm: 'name', amount: 'turnover', currency: 'turnover.currency' },
    })
    expect(problems).toMatchObject([{ line: 4, problems: [{ column: 'amount', code: 'currency' }] }])
    expect(await hands.rows(clerk, 'firm', ['name', 'turnover'])).toEqual(
      expect.arrayContaining([
        { name: 'A', turnover: { amount: '1', currency: 'EUR' } },
        { name: 'B', turnover: { amount: '2', currency: 'USD' } },
        { name: 'D', turnover: null },
      ]),
    )
  })

  it('that look like formulas are kept as they are', async () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=cmd|calc']
    await hands.import(clerk, ['name', ...formulas].join('\n'), { object: 'firm', mapping: { name: 'name' } })
    const rows = await hands.rows(clerk, 'firm', ['name'])
    expect(rows.map(({ name }) => name).toSorted()).toEqual(formulas.toSorted())
  })
})

describe('a row', () => {
  it('is imported or listed with everything that is wrong with it, never both, never neither', async () => {
    const { progress, problems } = await hands.import(
      clerk,
      'name,size,staff,founded,town\n' +
        'Good,s,1,2000-01-01,\n' +
        'Bad,huge,many,1/2/2000,Atlantis\n' +
        ',s,1,,\n' +
        'Late,s,1,2999-01-01,\n' +
        'Short,s\n' +
        '"Quoted"x,s,1,,\n' +
        'Nul\u0000,s,1,,\n' +
        `${'x'.repeat(81)},s,-1,,\n` +
        'Fine,l,2,,\n',
      {
        object: 'firm',
        mapping: { name: 'name', size: 'size', staff: 'staff', founded: 'founded', town: 'town' },
      },
    )
    expect(progress).toMatchObject({ status: 'done', total: 9, done: 9, created: 2, failed: 7 })
    const told = problems.map(({ line, status, problems: list }) => [
      line,
      status,
      ...list.map(({ column, field, code }) => `${column ?? ''}/${field ?? ''}: ${code}`),
    ])
    expect(told).toEqual([
      [
        3,
        'failed',
        'size/size: choice',
        'staff/staff: number',
        'founded/founded: date',
        'town/town: reference',
      ],
      [4, 'failed', 'name/name: required'],
      [5, 'failed', 'founded/founded: not_future'],
      [6, 'failed', '/: cells'],
      [7, 'failed', '/: quotes'],
      [8, 'failed', 'name/name: character'],
      [9, 'failed', 'name/name: too_long', 'staff/staff: range'],
    ])
    expect(problems[0]?.source).toEqual({
      name: 'Bad',
      size: 'huge',
      staff: 'many',
      founded: '1/2/2000',
      town: 'Atlantis',
    })
    expect((await hands.rows(clerk, 'firm', ['name'])).map(({ name }) => name)).toEqual(['Good', 'Fine'])
  })

  it('leaves its line and import in the history of its record', async () => {
    const { progress } = await hands.import(clerk, 'name\n\nAcme', {
      object: 'firm',
      mapping: { name: 'name' },
    })
    const [firm] = await tenant.sql`select id from firm`
    const { entries } = await tenant.read(clerk, (unit) =>
      recordTimeline(unit, { object: 'firm', id: firm?.id as string }),
    )
    expect(entries).toMatchObject([{ action: 'create', cause: { import: progress.id, line: 3 } }])
  })

  it('may name a record that a later row brings', async () => {
    const text =
      'name,parent\nGrandchild,Child\nChild,Root\nOrphan,Nobody\nLoop A,Loop B\nLoop B,Loop A\nRoot,'
    const request = { object: 'firm', mapping: { name: 'name', parent: 'parent' } }
    const dry = await hands.import(clerk, text, { ...request, dry_run: true })
    const { progress, problems } = await hands.import(clerk, text, request)
    expect(progress).toMatchObject({ status: 'done', done: 6, created: 3, failed: 3 })
    expect(problems.map(({ line, problems: list }) => [line, list[0]?.code])).toEqual([
      [4, 'reference'],
      [5, 'reference'],
      [6, 'reference'],
    ])
    expect(dry.progress).toMatchObject({ status: 'done', done: 6, created: 3, failed: 3 })
    expect(dry.problems).toEqual(problems)
    const parents = await tenant.sql`
      select firm.name, parent.name as parent from firm left join firm parent on parent.id = firm.parent
      order by firm.name`
    expect([...parents]).toEqual([
      { name: 'Child', parent: 'Root' },
      { name: 'Grandchild', parent: 'Child' },
      { name: 'Root', parent: null },
    ])
  })
})

describe('a reference', () => {
  it('that is missing is refused, or blanked with a warning where that is asked for', async () => {
    const text = 'name,town\nAcme,Atlantis'
    const request = { object: 'firm', mapping: { name: 'name', town: 'town' } }
    const refused = await hands.import(clerk, text, request)
    expect(refused.progress).toMatchObject({ created: 0, failed: 1 })
    const blanked = await hands.import(clerk, text, { ...request, on_missing_reference: 'blank' })
    expect(blanked.progress).toMatchObject({ created: 1, failed: 0, done: 1 })
    expect(blanked.problems).toMatchObject([
      { line: 2, status: 'warning', problems: [{ code: 'reference' }] },
    ])
    expect(await hands.rows(clerk, 'firm', ['name', 'town'])).toEqual([{ name: 'Acme', town: null }])
  })

  it('that is missing is made where that is asked for and allowed', async () => {
    const text = 'name,town\nAcme,Atlantis\nBolt,Atlantis'
    const request = { object: 'firm', mapping: { name: 'name', town: { field: 'town', create: true } } }
    const { progress } = await hands.import(clerk, text, request)
    expect(progress).toMatchObject({ created: 2, failed: 0 })
    expect(await hands.rows(clerk, 'town', ['name'])).toEqual([{ name: 'Atlantis' }])
  })

  it('that several records fit is refused', async () => {
    await hands.import(clerk, 'name\nTwin\nTwin', { object: 'firm', mapping: { name: 'name' } })
    const { problems } = await hands.import(clerk, 'deal,firm\nOne,Twin', {
      object: 'deal',
      mapping: { deal: 'title', firm: { field: 'firm', match: 'name' } },
    })
    expect(problems).toMatchObject([{ line: 2, problems: [{ column: 'firm', code: 'ambiguous' }] }])
  })

  it('is looked up under the rights of the person who imports', async () => {
    await hands.import(clerk, 'name\nHidden', { object: 'firm', mapping: { name: 'name' } })
    const { problems } = await hands.import(outsider, 'name,parent\nMine,Hidden', {
      object: 'firm',
      mapping: { name: 'name', parent: 'parent' },
    })
    expect(problems).toMatchObject([{ line: 2, problems: [{ code: 'reference' }] }])
  })
})
