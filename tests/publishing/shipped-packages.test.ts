import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { describeProblem } from '../../platform/definitions/index.ts'
import { planProject, publishProject, verifyTenant } from '../../platform/publishing/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'

const database = await freshDatabase()

it('publishes the packages that ship with the platform, and finds the database as they say', async () => {
  const folder = resolve(import.meta.dirname, '../..')
  const source = { database, folder, shippedFolder: folder, tenant: 'main' }
  const { problems, result } = await publishProject(source)
  expect(problems.filter(({ severity }) => severity === 'error').map(describeProblem)).toEqual([])
  expect(result).toMatchObject({ version: 1, isNew: true })
  expect((await planProject(source)).plan).toMatchObject({ isSame: true, steps: [], drift: [], refusals: [] })
  const { differences, compared } = await verifyTenant({ database, tenant: 'main' })
  expect(differences).toEqual([])
  expect(compared.rollup).toBeGreaterThan(0)
})
