import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runCommandLine } from '../../platform/cli/run-command-line.ts'
import { watchProject } from '../../platform/publishing/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'

const database = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tessera-project-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, content: object): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), JSON.stringify(content, null, 2))
}

const deal = (fields: object, rest: object = {}) =>
  write('metadata/own/objects/deal.json', {
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '交易' },
    plural: { en: 'Deals', 'zh-CN': '交易' },
    name_field: 'title',
    ownership: 'none',
    fields: { title: { type: 'text', label: { en: 'Title', 'zh-CN': '名称' } }, ...fields },
    ...rest,
  })

write('tessera.project.json', { tenants: { acme: { packages: ['own'] } } })
write('metadata/own/tessera.json', { name: 'own', version: '1.0.0' })

const size = { type: 'integer', label: { en: 'Size', 'zh-CN': '大小' } }

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

it('leads from a plan to a version, through a refusal, and back', async () => {
  deal({ size })
  const plan = await tessera('plan', '--sql')
  expect(plan.out).toContain('acme: first version')
  expect(plan.out).toContain('create table "t_acme"."deal"')
  expect(plan.code).toBe(0)
  expect(await tessera('publish', '--note', 'the first')).toMatchObject({ code: 0 })
  expect((await tessera('plan')).out).toContain('nothing to do')

  const sql = await database.tenant('acme')
  await sql`insert into deal (id, title, size) values (gen_random_uuid(), 'A', 3)`
  deal({})
  expect((await tessera('plan')).code).toBe(1)
  const refused = await tessera('publish')
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.errors).toContain('deal.size: 1 at stake')
  expect(JSON.parse((await tessera('publish', '--json')).out)).toMatchObject({
    refused: { code: 'needs_consent' },
  })
  expect((await tessera('diff')).out).toContain('- /object/deal/fields/size')
  expect(await tessera('publish', '--allow-retire', 'deal.size')).toMatchObject({ code: 0 })
  expect(await tessera('rollback', '1')).toMatchObject({ code: 0 })
  expect([...(await sql`select size from deal`)]).toEqual([{ size: 3 }])

  const history = await tessera('history')
  expect(history.out.split('\n')).toHaveLength(3)
  expect(history.out).toContain('the first')
  expect((await tessera('diff', '1', '3')).out).toBe('No difference.')
  expect((await tessera('diff', '1', '2')).out).toContain('- /object/deal/fields/size')
})

it('names the place of a fault, publishes nothing and ends with 1', async () => {
  const before = await tessera('history')
  deal({ size: { ...size, type: 'interger' } })
  const broken = await tessera('publish')
  expect(broken.code).toBe(1)
  expect(broken.out).toMatch(
    /metadata\/own\/objects\/deal\.json:\d+:\d+ \/fields\/size\/type error: .*interger/,
  )
  expect(await tessera('plan')).toMatchObject({ code: 1 })
  expect(await tessera('history')).toEqual(before)
})

it('verifies the database, and finds what was changed behind its back', async () => {
  deal({
    size,
    double: { type: 'formula', returns: 'integer', expression: 'record.size * 2' },
    parent: { type: 'reference', to: 'deal', label: 'Parent' },
    parts: { type: 'rollup', of: 'deal.parent', function: 'count', returns: 'integer', label: 'Parts' },
  })
  expect(await tessera('publish')).toMatchObject({ code: 0 })
  expect(await tessera('verify')).toMatchObject({ code: 0 })
  await database.platform.unsafe(`
    update t_acme.deal set parts = 9;
    alter table t_acme.deal alter column title type varchar(300);
    drop index t_acme._index_deal_parent`)
  const found = await tessera('verify')
  expect(found.code).toBe(1)
  expect(found.out).toContain('deal.title: The column is character varying(300); it should be text.')
  expect(found.out).toContain('deal (parent, id): The index is not there.')
  const refused = await tessera('publish', '--note', 'again')
  expect(refused.errors).toContain('is not as version')
  expect(await tessera('publish', '--repair')).toMatchObject({ code: 0 })
  const rest = await tessera('verify', '--json')
  expect(JSON.parse(rest.out)).toMatchObject({
    differences: [{ kind: 'rollup', subject: 'deal.parts', count: 1 }],
  })
})

it('lets search find the records that exist by the fields that are searched now', async () => {
  const sql = await database.tenant('acme')
  await sql`insert into deal (id, title) values (gen_random_uuid(), 'Große 交易')`
  const found = (words: string) => sql`select title from deal where _search @@ to_tsquery('simple', ${words})`
  expect(await found('grosse')).toEqual([])
  const note = { type: 'text', label: 'Note' }
  deal({ size, note }, { search: ['title', 'note'] })
  expect(await tessera('publish', '--allow-retire', 'deal')).toMatchObject({ code: 0 })
  expect(await found('große | grosse')).toMatchObject([{ title: 'Große 交易' }])
  expect(await found("'交易'")).toMatchObject([{ title: 'Große 交易' }])
})

it('publishes on save in development, and says what stands in the way', async () => {
  const lines: string[] = []
  const watching = watchProject({
    database,
    folder,
    shippedFolder: folder,
    print: (line) => lines.push(line),
    debounceMs: 20,
    settleMs: 0,
  })
  await watching.isReady
  const seen = (text: string) => expect.poll(() => lines.join('\n'), { timeout: 10_000 }).toContain(text)
  deal({ size, colour: { type: 'text', label: 'Colour' } })
  await seen('is served')
  deal({ colour: { type: 'text', label: 'Colour' } })
  await seen('deal.size: 1 at stake')
  deal({ size: 7 })
  await seen('/fields/size error')
  await watching.close()
})

it('verifies and exports the audit log, and tells whether its end was cut off', async () => {
  const { code, out } = await tessera('audit', 'verify')
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('each as it was sealed.') })
  const head = /^Last entry: (.*)$/m.exec(out)?.[1] as string
  expect(await tessera('audit', 'verify', '--head', head)).toMatchObject({ code: 0 })
  const beyond = `${Number(head.split(':')[0]) + 1}:${head.split(':')[1]}`
  expect(await tessera('audit', 'verify', '--head', beyond)).toMatchObject({
    code: 1,
    out: expect.stringContaining('the log was cut off at its end'),
  })
  const [first] = (await tessera('audit', 'export', '--format', 'ndjson')).out.split('\n')
  expect(JSON.parse(first as string)).toMatchObject({ action: 'export', actor: { name: 'Tessera' } })
  const file = join(folder, 'audit.csv')
  expect(await tessera('audit', 'export', '--file', file)).toMatchObject({ code: 0 })
  expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(Number(head.split(':')[0]) + 4)
  for (const wrong of [['audit'], ['audit', 'verify', '--head', 'x'], ['audit', 'export', '--format', 'xml']])
    expect(await tessera(...wrong)).toMatchObject({ code: 2 })
})

it('lists what is kept too long, and has the worker end it', async () => {
  const jobs = () => database.platform`select 1 from graphile_worker.jobs where key = 'acme:retention'`
  expect((await tessera('retention', '--dry-run')).out).toBe('No object says how long its records are kept.')
  const colour = { type: 'text', label: { en: 'Colour' } }
  deal({ size, colour }, { retention: { after: 'P1M', since: 'record.created_at', then: 'delete' } })
  expect(await tessera('publish')).toMatchObject({ code: 0, errors: '' })
  const sql = await database.tenant('acme')
  await sql`insert into deal (id, title, created_at, updated_at) values
    ('00000000-0000-7000-8000-000000000001', 'Old', now() - interval '3 months', now()),
    ('00000000-0000-7000-8000-000000000002', 'New', now(), now())`
  const { code, out } = await tessera('retention', '--dry-run', '--json')
  expect({ code, found: JSON.parse(out) }).toEqual({
    code: 0,
    found: [{ object: 'deal', after: 'P1M', then: 'delete', ids: ['00000000-0000-7000-8000-000000000001'] }],
  })
  expect((await tessera('retention', '--dry-run')).out).toContain('deal: 1 to delete (kept for P1M)')
  expect([...(await sql`select 1 from deal where deleted_at is not null`)]).toEqual([])
  await database.platform`select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs`
  expect(await tessera('retention')).toMatchObject({
    code: 0,
    out: 'The worker carries it out with its next job.',
  })
  expect(await jobs()).toHaveLength(1)
})
