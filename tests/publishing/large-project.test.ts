import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { planProject, publishProject } from '../../platform/publishing/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { writeLargeProject } from './large-project.ts'

const database = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tessera-large-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('plans and publishes many objects, and a field more in each of them as that change alone', async () => {
  writeLargeProject(folder, { objects: 40, fields: 30 })
  const source = { database, folder, shippedFolder: folder, tenant: 'large' }
  const { plan, problems } = await planProject(source)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(plan?.steps.filter(({ action }) => action === 'create_table').length).toBeGreaterThanOrEqual(40)
  const first = await publishProject(source)
  expect(first.result).toMatchObject({ version: 1 })
  writeLargeProject(folder, { objects: 40, fields: 31 })
  const next = await planProject(source)
  expect(next.plan?.steps).toHaveLength(40)
}, 120_000)
