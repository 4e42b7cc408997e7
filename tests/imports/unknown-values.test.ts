import { expect, it } from 'vitest'
import { previewImport, runImport, startImport, unknownValues } from '../../platform/background/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'
import { importing } from './importing.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const outsider = await tenant.person('Otto Outsider', { roles: ['outsider'] })
const { parts } = importing(database, tenant, [clerk, outsider])

async function tried(text: string, mapping: Parameters<typeof startImport>[1]['mapping']): Promise<string> {
  const work = tenant.work(clerk)
  const { file } = await previewImport(work, {
    object: 'firm',
    fileName: 'firm.csv',
    bytes: Buffer.from(text),
  })
  const { id } = await startImport(work, { object: 'firm', file, mapping, dry_run: true })
  const signal = new AbortController().signal
  await runImport(parts, { tenant: 'test', payload: { import: id }, attempt: 1, attempts: 1, signal })
  return id
}

const file = 'Firm;Size;Town;Staff\nA;larg; Rom \nB;larg;Rom;x\nC;huge;;1\nD;Large;Rom;2\n'
const mapping = { Firm: 'name', Size: 'size', Town: 'town', Staff: 'staff' }

it('are the texts that stand for no choice or record, the most frequent first', async () => {
  const id = await tried(file.replace(' Rom ', ' Rom ;3'), mapping)
  expect(await unknownValues(tenant.work(clerk), id)).toEqual([
    { column: 'Town', field: 'town', text: 'Rom', rows: 3 },
    { column: 'Size', field: 'size', text: 'larg', rows: 2 },
    { column: 'Size', field: 'size', text: 'huge', rows: 1 },
  ])
})

it('are fewer when the mapping says what they stand for', async () => {
  const id = await tried(file, { ...mapping, Size: { field: 'size', values: { larg: 'Large', huge: 'l' } } })
  const found = await unknownValues(tenant.work(clerk), id)
  expect(found.map(({ column }) => column)).toEqual(['Town'])
})

it('are shown to nobody else', async () => {
  const id = await tried(file, mapping)
  await expect(unknownValues(tenant.work(outsider), id)).rejects.toMatchObject({ code: 'not_found' })
})
