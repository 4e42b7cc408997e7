import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freshDatabase } from '../../../tests/harness/fresh-database.ts'
import { createTenant } from '../index.ts'
import { applyMigrations } from './apply-migrations.ts'
import { migratePlatform } from './migrate-platform.ts'

const database = await freshDatabase()

it('does nothing when there is nothing to do, however many processes ask', async () => {
  expect(await Promise.all([1, 2, 3].map(() => migratePlatform(database)))).toEqual([[], [], []])
})

it('refuses a migration whose text was changed after it had been applied', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-migrations-'))
  cpSync(join(import.meta.dirname, 'platform'), folder, { recursive: true })
  appendFileSync(join(folder, '0000_first_tables.sql'), '\n-- later thought')
  const again = database.platform.begin((sql) => applyMigrations(sql, { folder, schema: 'platform' }))
  await expect(again).rejects.toThrow('0000_first_tables.sql was changed after it had been applied')
  rmSync(folder, { recursive: true })
})

it('makes several tenants at once', async () => {
  const names = ['one', 'two', 'three']
  await Promise.all(names.map((name) => createTenant(database, { name, label: name })))
  const rows = await database.platform`select name from platform.tenant order by created_at`
  expect(rows.map((row) => row.name).toSorted()).toEqual(names.toSorted())
})
