import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommandLine } from '../../platform/cli/run-command-line.ts'
import { freshDatabase } from '../harness/fresh-database.ts'

const database = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tessera-access-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, content: object): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), JSON.stringify(content, null, 2))
}

async function tessera(...args: string[]) {
  const out: string[] = []
  const errors: string[] = []
  const code = await runCommandLine({
    args: [...args, '--project', folder],
    environment: { DATABASE_URL: database.url },
    print: (line) => out.push(line),
    printError: (line) => errors.push(line),
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

const seller = (update: string) =>
  write('metadata/own/roles/seller.json', {
    name: 'seller',
    label: { en: 'Seller', 'zh-CN': '销售' },
    objects: { deal: { create: true, read: 'all', update, fields: { size: 'read' } } },
  })

const deal = '01900000-0000-7000-8000-000000000001'

beforeAll(async () => {
  write('tessera.project.json', { tenants: { acme: { packages: ['own'] } } })
  write('metadata/own/tessera.json', { name: 'own', version: '1.0.0' })
  write('metadata/own/objects/deal.json', {
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '交易' },
    plural: { en: 'Deals', 'zh-CN': '交易' },
    name_field: 'title',
    fields: {
      title: { type: 'text', label: { en: 'Title', 'zh-CN': '名称' } },
      size: { type: 'integer', label: { en: 'Size', 'zh-CN': '大小' } },
    },
  })
  seller('own')
  expect(await tessera('publish')).toMatchObject({ code: 0 })
  const sql = await database.tenant('acme')
  await sql`insert into "user" (id, name, email, roles, is_active)
    values (gen_random_uuid(), 'Ann', 'ann@example.com', ${['seller']}, true)`
  await sql`insert into deal (id, title) values (${deal}, 'A')`
})

const explain = (...args: string[]) =>
  tessera('access', 'explain', '--person', 'ANN@example.com', '--object', 'deal', ...args)

it('explains at the terminal, with the file of the declaration that decides', async () => {
  const read = await explain('--record', deal)
  expect(read.code).toBe(0)
  expect(read.out).toContain('Allowed (roles: seller).')
  const changed = await explain('--record', deal, '--action', 'update')
  expect(changed.code).toBe(1)
  expect(changed.out).toContain('Not allowed: decided by the level "record"')
  expect(changed.out).toContain(
    'no  roles/seller/objects/deal/update says own (metadata/own/roles/seller.json)',
  )
  const field = JSON.parse((await explain('--field', 'size', '--action', 'create', '--json')).out) as object
  expect(field).toMatchObject({ allows: false, decided_by: 'field' })
})

it('says what it was not told, and what is not there', async () => {
  expect((await tessera('access', 'explain')).errors).toContain('--person E-MAIL --object NAME')
  expect((await tessera('access', 'nothing')).errors).toContain('access matrix or access explain')
  expect((await explain('--action', 'fly')).errors).toContain('"fly" is none of')
  expect((await explain('--event', 'go')).errors).toContain('--record ID')
  const nobody = await tessera('access', 'explain', '--person', 'x@example.com', '--object', 'deal')
  expect([nobody.code, nobody.errors]).toEqual([1, expect.stringContaining('no active person')])
})

it('keeps the matrix in a file, and tells when it is another one', async () => {
  const file = join(folder, 'matrix.md')
  expect((await tessera('access', 'matrix', '--check', file)).code).toBe(1)
  expect((await tessera('access', 'matrix', '--write', file)).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toContain('| seller | deal | yes | all | own | none | size: read |')
  expect((await tessera('access', 'matrix', '--check', file)).code).toBe(0)
  seller('all')
  expect((await tessera('access', 'matrix', '--check', file)).code).toBe(1)
})
