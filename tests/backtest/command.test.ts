import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommandLine } from '../../platform/cli/run-command-line.ts'
import { createModelStore } from '../../platform/publishing/index.ts'
import { lifecyclePort, sendEvent } from '../../platform/processes/index.ts'
import { createRecord, writingWork } from '../../platform/records/index.ts'
import { systemPrincipal } from '../../platform/server/identity/system-principal.ts'
import { freshDatabase } from '../harness/fresh-database.ts'

const database = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'tessera-backtest-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, content: object): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), JSON.stringify(content, null, 2))
}

/** A deal that is big above a size, and that somebody looks at in so much time. */
function deals(above: number, due = 'P3D'): void {
  write('metadata/own/objects/deal.json', {
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '交易' },
    plural: { en: 'Deals', 'zh-CN': '交易' },
    name_field: 'title',
    lifecycle: 'dealing',
    fields: { title: { type: 'text' }, size: { type: 'integer' }, state: { type: 'state' } },
  })
  const big = { guard: { type: 'when', params: { expression: `record.size > ${above}` } }, target: 'big' }
  write('workflows/own/dealing.json', {
    name: 'dealing',
    label: 'Dealing',
    object: 'deal',
    state_field: 'state',
    starts: 'on_create',
    events: { close: { label: 'Close' } },
    machine: {
      initial: 'open',
      states: {
        open: {
          meta: { label: 'Open' },
          invoke: {
            id: 'look',
            src: 'task',
            input: { title: 'Look', candidate_role: 'administrator', due },
            onDone: 'small',
          },
          on: { close: [big, { target: 'small' }] },
        },
        big: { type: 'final', meta: { label: 'Big' } },
        small: { type: 'final', meta: { label: 'Small' } },
      },
    },
  })
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

let deal: string

beforeAll(async () => {
  write('tessera.project.json', { tenants: { acme: { packages: ['own'] } } })
  write('metadata/own/tessera.json', { name: 'own', version: '1.0.0' })
  deals(100)
  const published = await tessera('publish')
  expect(published).toMatchObject({ code: 0 })
  const models = await createModelStore(database)
  const model = await models.current('acme')
  const work = {
    tenant: 'acme',
    model,
    principal: systemPrincipal(model),
    now: new Date('2026-05-01T08:00:00.000Z'),
    pool: await database.tenant('acme'),
    ports: { lifecycle: lifecyclePort() },
  }
  const { id } = await writingWork(work, (unit) =>
    createRecord(unit, { object: 'deal', values: { title: 'D', size: 70 } }),
  )
  deal = String(id)
  await writingWork({ ...work, now: new Date('2026-05-03T08:00:00.000Z') }, (unit) =>
    sendEvent(unit, { object: 'deal', id: deal, event: 'close', values: {} }),
  )
  await models.close()
})

it('ends with 0 where every case goes the same way', async () => {
  deals(80)
  expect(await tessera('backtest', '--process', 'dealing')).toEqual({
    code: 0,
    out: '1 cases of dealing: 1 go the same way, 0 another way, 0 are refused, 0 are late, 0 cannot be told.',
    errors: '',
  })
})

it('ends with 1 and says where a case goes another way, to people and to machines', async () => {
  deals(50)
  const { code, out } = await tessera('backtest', '--process', 'dealing')
  expect(code).toBe(1)
  expect(out.split('\n')).toEqual([
    `other    deal ${deal}, step 1 (close, 2026-05-03T08:00:00.000Z): from open it went to small; the draft goes to big`,
    '           holds: record.size > 50',
    '1 cases of dealing: 0 go the same way, 1 another way, 0 are refused, 0 are late, 0 cannot be told.',
  ])
  const told = await tessera('backtest', '--process', 'dealing', '--json')
  expect(told.code).toBe(1)
  expect(JSON.parse(told.out)).toMatchObject({
    report: { counts: { other: 1 }, cases: [{ record: deal, way: 'other', drafted: ['big'] }] },
  })
})

it('looks at the cases since a day', async () => {
  deals(50)
  expect(await tessera('backtest', '--process', 'dealing', '--since', '2026-05-02')).toMatchObject({
    code: 0,
  })
})

it('ends with 1 where work would have been late, and says which and by how much', async () => {
  deals(100, 'P1D')
  const { code, out } = await tessera('backtest', '--process', 'dealing')
  expect(code).toBe(1)
  expect(out.split('\n')).toEqual([
    `late     deal ${deal}, step 1 (close): in the draft "look" is due at 2026-05-02T08:00:00.000Z; ` +
      'it was left at 2026-05-03T08:00:00.000Z, late by P1D',
    '1 cases of dealing: 0 go the same way, 0 another way, 0 are refused, 1 are late, 0 cannot be told.',
  ])
  const told = await tessera('backtest', '--process', 'dealing', '--json')
  expect(JSON.parse(told.out)).toMatchObject({
    report: { counts: { late: 1 }, cases: [{ way: 'late', late: [{ work: 'look', lateBy: 'P1D' }] }] },
  })
})

it('ends with 1 where the declarations have errors', async () => {
  deals(50)
  write('workflows/own/dealing.json', { name: 'dealing' })
  const { code, out } = await tessera('backtest', '--process', 'dealing')
  expect(code).toBe(1)
  expect(out).toContain('"machine" is missing')
})

it.each([
  [['backtest'], 'Say which process with --process.'],
  [
    ['backtest', '--process', 'dealing', '--since', 'May'],
    '--since takes a date such as 2026-11-01, not "May".',
  ],
  [['backtest', '--process', 'dealing', '--limit', '0'], '--limit takes a number of cases, not "0".'],
])('%j is refused', async (args, message) => {
  const { code, errors } = await tessera(...args)
  expect(code).toBe(2)
  expect(errors).toContain(message)
})
