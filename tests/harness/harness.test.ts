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

it('says that data is missing and returns undefined', () => {
  expect(sharedData('no-such-folder')).toBeUndefined()
})
