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

it('plans and publishes 200 objects of 30 fields, and a change of one of them as that change alone', async () => {
  writeLargeProject(folder, { objects: 200, fields: 30 })
  const source = { database, folder, shippedFolder: folder, tenant: 'large' }
  const { plan, problems } = await planProject(source)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(plan?.steps.filter(({ action }) => action === 'create_table').length).toBeGreaterThanOrEqual(200)
  const times: number[] = []
  let started = performance.now()
  const first = await publishProject(source)
  times.push(performance.now() - started)
  expect(first.result).toMatchObject({ version: 1 })
  writeLargeProject(folder, { objects: 200, fields: 31 })
  started = performance.now()
  const next = await planProject(source)
  times.push(performance.now() - started)
  expect(next.plan?.steps).toHaveLength(200)
  process.stdout.write(
    `200 objects of 30 fields: first publish ${Math.round(times[0] ?? 0)} ms, check and plan of a change ${Math.round(times[1] ?? 0)} ms\n`,
  )
}, 120_000)
