import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { aggregateRecords } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { sharedData } from '../harness/shared-data.ts'
import { testTenant, type TestTenant } from '../harness/tenant.ts'
import { shippedModel } from '../packages/shipped-packages.ts'
import { importing } from './importing.ts'

const folder = sharedData('crm-maven')
const text = (name: string) => readFileSync(join(folder as string, `${name}.csv`), 'utf8')

describe.skipIf(folder === undefined)('the sales of a whole company', () => {
  let tenant: TestTenant
  let administrator: Principal
  let operator: Principal
  let hands: ReturnType<typeof importing>
  const pipeline = {
    object: 'opportunity',
    entry: 'import',
    key: 'by_external_number',
    mapping: {
      opportunity_id: 'external_number',
      sales_agent: { field: 'owner', match: 'name' },
      product: 'product',
      account: 'account',
      deal_stage: 'stage',
      engage_date: 'engaged_on',
      close_date: 'closed_on',
      close_value: 'close_value',
    },
  }

  beforeAll(async () => {
    const database = await freshDatabase()
    tenant = await testTenant(database, shippedModel().documents)
    administrator = await tenant.person('Ada Administrator', { roles: ['administrator'] })
    operator = await tenant.person('Olga Operator', { roles: ['operations'] })
    hands = importing(database, tenant, [administrator, operator])
  })

  it('begins with the people: managers, then the sellers whom they lead', async () => {
    const sellers = text('sales_teams').trim().split(/\r?\n/).slice(1)
    const people = sellers.map((line) => line.split(',') as [string, string, string])
    const managers = [
      ...new Map(people.map(([, manager, office]) => [manager, `${manager},${office}`])).values(),
    ]
    // The files have no addresses, but everybody who works here needs one.
    const address = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
    const shared = { team: { field: 'team', create: true }, email: 'email', role: 'roles', name: 'name' }
    const first = await hands.import(
      administrator,
      [
        'name,team,email,role',
        ...managers.map((line) => `${line},${address(line.split(',')[0] ?? '')},sales_manager`),
      ].join('\n'),
      { object: 'user', mapping: shared },
    )
    expect(first).toMatchObject({ progress: { created: 6, failed: 0 }, problems: [] })
    const second = await hands.import(
      administrator,
      [
        'name,manager,team,email,role',
        ...sellers.map((line) => `${line},${address(line.split(',')[0] ?? '')},seller`),
      ].join('\n'),
      { object: 'user', mapping: { ...shared, manager: { field: 'manager', match: 'name' } } },
    )
    expect(second).toMatchObject({ progress: { created: 35, failed: 0 }, problems: [] })
    expect(await hands.rows(administrator, 'team', ['name'])).toHaveLength(3)
  })

  it('goes on with the products', async () => {
    const { progress } = await hands.import(operator, text('products'), {
      object: 'product',
      mapping: { product: 'name', series: 'series', sales_price: 'list_price' },
    })
    expect(progress).toMatchObject({ created: 7, failed: 0 })
  })

  it('reports accounts with a misspelt sector, and takes them with the correction, parents in any order', async () => {
    const mapping = {
      account: 'name',
      sector: 'sector',
      year_established: 'year_established',
      revenue: 'annual_revenue',
      employees: 'employees',
      office_location: 'office_location',
      subsidiary_of: 'parent_account',
    }
    const request = { object: 'account', mapping, key: 'by_name' }
    const raw = await hands.import(operator, text('accounts'), request)
    // Twelve are misspelt; three more name one of them, Acme Corporation, as their parent.
    expect(raw.progress).toMatchObject({ total: 85, done: 85, created: 72, failed: 13 })
    const corrected = await hands.import(operator, text('accounts'), {
      ...request,
      mapping: { ...mapping, sector: { field: 'sector', values: { technolgy: 'technology' } } },
    })
    expect(corrected).toMatchObject({ progress: { created: 13, updated: 72, failed: 0 }, problems: [] })
    const parents = await tenant.read(operator, (unit) =>
      aggregateRecords(unit, {
        object: 'account',
        filter: 'record.parent_account != null',
        measures: { accounts: { function: 'count' } },
      }),
    )
    expect(parents[0]?.values).toEqual({ accounts: 15 })
  })

  it('finds the fields of the opportunities by itself', async () => {
    const { columns, rows } = await hands.upload(operator, 'opportunity', text('sales_pipeline'))
    expect(rows).toBe(8_800)
    expect(Object.fromEntries(columns.map(({ name, suggestion }) => [name, suggestion]))).toEqual({
      opportunity_id: 'external_number',
      sales_agent: 'owner',
      product: 'product',
      account: 'account',
      deal_stage: 'stage',
      engage_date: 'engaged_on',
      close_date: 'closed_on',
      close_value: 'close_value',
    })
  })

  it('refuses the opportunities of an unknown product and invents nothing, in a dry run too', async () => {
    const [header, ...lines] = text('sales_pipeline').trim().split(/\r?\n/)
    const part = lines.slice(0, 1_000)
    const unknown = part.filter((line) => line.split(',')[2] === 'GTXPro').length
    const file = [header, ...part].join('\n')
    const counted = { status: 'done', total: 1_000, done: 1_000, created: 1_000 - unknown, failed: unknown }
    expect(unknown).toBeGreaterThan(100)
    const dry = await hands.import(operator, file, { ...pipeline, dry_run: true })
    expect(dry.progress).toMatchObject(counted)
    expect(await hands.rows(operator, 'opportunity', ['id'])).toEqual([])
    const { progress, problems } = await hands.import(operator, file, pipeline)
    expect(progress).toMatchObject(counted)
    expect(problems).toHaveLength(unknown)
    const reasons = new Set(problems.map((row) => JSON.stringify(row.problems)))
    expect([...reasons].map((reason) => JSON.parse(reason) as unknown)).toEqual([
      [
        {
          field: 'product',
          column: 'product',
          code: 'reference',
          message: 'there is no product "GTXPro" that you may see',
        },
      ],
    ])
    expect(problems.every(({ source }) => source.product === 'GTXPro')).toBe(true)
    const [row] = await tenant.sql`select count(*)::int as count from opportunity`
    expect(row?.count).toBe(1_000 - unknown)
  })

  it('takes them when the mapping says which product is meant', { timeout: 300_000 }, async () => {
    const mapping = { ...pipeline.mapping, product: { field: 'product', values: { GTXPro: 'GTX Pro' } } }
    const [known] = await tenant.sql<{ count: number }[]>`select count(*)::int as count from opportunity`
    const { progress } = await hands.import(operator, text('sales_pipeline'), { ...pipeline, mapping })
    const updated = known?.count ?? NaN
    expect(progress).toMatchObject({ done: 8_800, created: 8_800 - updated, updated, failed: 0 })
    expect(await totals()).toEqual({
      engaging: 1_589,
      lost: 2_473,
      prospecting: 500,
      won: 4_238,
      value: '10005534',
    })
    const [without] = await tenant.sql`select count(*)::int as count from opportunity where account is null`
    expect(without?.count).toBe(1_425)
    const [kept] = await tenant.sql`
      select (select sum(won_amount) from account)::text as accounts, (select sum(won_count) from product)::int as products`
    expect(kept).toEqual({ accounts: '10005534.00', products: 4_238 })
  })

  async function totals(): Promise<Record<string, unknown>> {
    const groups = await tenant.read(operator, (unit) =>
      aggregateRecords(unit, {
        object: 'opportunity',
        group_by: ['stage'],
        measures: { rows: { function: 'count' }, value: { function: 'sum', field: 'close_value' } },
      }),
    )
    const rows = groups.map(({ key, values }) => [key.stage, values.rows] as const)
    const won = groups.find(({ key }) => key.stage === 'won')?.values.value as { amount: string }[]
    return { ...Object.fromEntries(rows), value: won[0]?.amount }
  }
})
