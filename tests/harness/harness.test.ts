import { expect, it } from 'vitest'
import { createTenant } from '../../platform/database/index.ts'
import { freshDatabase } from './fresh-database.ts'
import { sharedData } from './shared-data.ts'

const [first, second] = await Promise.all([freshDatabase(), freshDatabase()])

it('gives each caller a database of its own', async () => {
  await createTenant(first, { name: 'acme', label: 'Acme' })
  const names = (database: typeof first) =>
    database.platform`select name from platform.tenant`.then((rows) => rows.map((row) => row.name))
  expect(await names(first)).toEqual(['acme'])
  expect(await names(second)).toEqual([])
})

it('gives Drizzle to the libraries that want it, without changing how the other pools read', async () => {
  const drizzle = await first.drizzle()
  expect(await drizzle.execute(`select '{"a":1}'::jsonb as value`)).toHaveLength(1)
  const [row] =
    await first.platform`select '{"a":1}'::jsonb as value, '2026-11-22 08:00+08'::timestamptz as at`
  expect(row).toEqual({ value: { a: 1 }, at: '2026-11-22T00:00:00.000Z' })
})

it('says that data is missing and returns undefined', () => {
  expect(sharedData('no-such-folder')).toBeUndefined()
})
