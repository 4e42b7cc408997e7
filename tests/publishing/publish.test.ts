import { expect, it } from 'vitest'
import { publishModel } from '../../platform/publishing/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { salesDocuments } from '../../platform/definitions/link/sales-documents.fixture.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'

const database = await freshDatabase()

it('makes the tenant and all its tables with the first version', async () => {
  const model = modelFromDocuments(salesDocuments)
  const first = await publishModel({ database, tenant: 'acme', model })
  expect(first).toMatchObject({ version: 1, isNew: true })
  const sql = await database.tenant('acme')
  await sql`insert into account (id, name) values ('00000000-0000-7000-8000-000000000001', 'Ada')`
  await sql`
    insert into opportunity (id, title, account, amount, amount__currency, probability)
    values ('00000000-0000-7000-8000-000000000002', 'Deal', '00000000-0000-7000-8000-000000000001', 200, 'EUR', 50)`
  const [row] = await sql`select expected, expected__currency, version, deleted_at from opportunity`
  expect(row).toMatchObject({ expected__currency: 'EUR', version: 1, deleted_at: null })
  expect(Number(row?.expected)).toBe(100)
})

it('does nothing when the same declarations are published again', async () => {
  const model = modelFromDocuments(salesDocuments)
  const again = await publishModel({ database, tenant: 'acme', model })
  expect(again).toMatchObject({ version: 1, isNew: false })
  expect(again.plan.steps).toEqual([])
  expect(again.plan.drift).toEqual([])
})
