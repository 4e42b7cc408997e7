import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { runCommandLine } from '../../platform/cli/run-command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'tessera-simulate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, content: object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), JSON.stringify(content, null, 2))
}

async function tessera(...args: string[]) {
  const out: string[] = []
  const errors: string[] = []
  const code = await runCommandLine({
    args: ['simulate', ...args, '--project', folder],
    environment: {},
    print: (line) => out.push(line),
    printError: (line) => errors.push(line),
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

beforeAll(() => {
  write('tessera.project.json', { tenants: { acme: { packages: ['own'] } } })
  write('metadata/own/tessera.json', { name: 'own', version: '1.0.0' })
  write('metadata/own/objects/deal.json', {
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '交易' },
    plural: { en: 'Deals', 'zh-CN': '交易' },
    name_field: 'title',
    lifecycle: 'dealing',
    fields: {
      title: { type: 'text', required: true },
      size: { type: 'integer', maximum: 1000 },
      state: { type: 'state' },
    },
  })
  write('metadata/own/roles/dealer.json', {
    name: 'dealer',
    label: 'Dealer',
    objects: { deal: { create: true, read: 'all', update: 'all' } },
  })
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
          on: {
            close: [
              { guard: { type: 'when', params: { expression: 'record.size > 900' } }, target: 'big' },
              { target: 'small' },
            ],
          },
        },
        big: { type: 'final', meta: { label: 'Big' } },
        small: { type: 'final', meta: { label: 'Small' } },
      },
    },
  })
  write('metadata/own/objects/wheel.json', {
    name: 'wheel',
    label: { en: 'Wheel', 'zh-CN': '轮子' },
    plural: { en: 'Wheels', 'zh-CN': '轮子' },
    name_field: 'title',
    lifecycle: 'turning',
    fields: { title: { type: 'text', required: true }, state: { type: 'state' } },
  })
  write('metadata/own/roles/turner.json', {
    name: 'turner',
    label: 'Turner',
    objects: { wheel: { create: true, read: 'all', update: 'all' } },
  })
  const round = (target: string) => ({
    guard: { type: 'when', params: { expression: 'record.title != null' } },
    target,
  })
  write('workflows/own/turning.json', {
    name: 'turning',
    label: 'Turning',
    object: 'wheel',
    state_field: 'state',
    starts: 'on_create',
    events: { turn: { label: 'Turn' }, stop: { label: 'Stop' } },
    machine: {
      initial: 'still',
      states: {
        still: { meta: { label: 'Still' }, on: { turn: 'up' } },
        up: { meta: { label: 'Up' }, always: round('down'), on: { stop: 'still' } },
        down: { meta: { label: 'Down' }, always: round('up'), on: { stop: 'still' } },
      },
    },
  })
  write('metadata/own/simulations/dealing.json', {
    label: 'Small deals',
    cases: { count: 5, every: 'P1D', values: { size: { integer: [1, 9] } } },
    events: { close: { after: 'PT3H' } },
  })
  write('bold.json', { label: 'Big deals', cases: { count: 3, values: { size: 950 } } })
  write('lost.json', { label: 'Lost', cases: { values: { title: '{record.nothing}' } } })
  write('broken.json', { label: 'Broken', events: { clos: {} } })
})

it('plays the simulation of the package, and says what came of it', async () => {
  const { code, out } = await tessera('dealing')
  expect(out).toMatch(/^metadata\/own\/simulations\/dealing.json: Small deals\n/)
  expect(out).toContain('5 of 5 cases ended after 3.0 h (median), 3.0 h (90 %).')
  expect(out).toMatch(/^ {2}small +5 +100 % +3\.0 h +3\.0 h$/m)
  expect(out).toContain('open, close, to big, where record.size > 900: another branch was taken all 5 times')
  expect(out).toMatch(/Played 5 cases in \d+\.\d s/)
  expect(code).toBe(0)
})

it('plays another file, so many cases as are asked for, and shows one', async () => {
  const { code, out } = await tessera(
    'dealing',
    join(folder, 'bold.json'),
    '--cases',
    '2',
    '--case',
    '2',
    '--seed',
    '7',
  )
  expect(out).toContain('dealing, seed 7')
  expect(out).toContain('2 of 2 cases ended')
  expect(out).toMatch(/Case 2\n.*create deal \{.*"size":950.*\n.*begin open\n.*close open -> big/)
  expect(code).toBe(0)
})

it('prints JSON, and stops when the days are over', async () => {
  const [one, same] = [await tessera('dealing', '--json'), await tessera('dealing', '--json', '--days', '2')]
  const first = JSON.parse(one.out) as { problems: unknown; report: { cases: unknown; work: unknown } }
  expect(first).toMatchObject({
    problems: [],
    file: 'metadata/own/simulations/dealing.json',
    report: { process: 'dealing', seed: 1, cases: { begun: 5, ended: 5 }, refused: [], failed: [], work: [] },
    paths: [],
    seconds: expect.any(Number),
  })
  expect(JSON.parse(same.out)).toMatchObject({
    report: { ends_at: '2026-03-04T09:00:00.000Z', cases: { begun: 3, ended: 2, open: 1, left: 2 } },
  })
})

it('ends with 1 where a case fails, and shows it; without a file all is made up', async () => {
  const { code, out } = await tessera('turning', '--cases', '2')
  expect(out).toMatch(/^No file says how it goes/)
  expect(out).toContain('0 of 2 cases ended; 2 failed.')
  expect(out).toMatch(/case 1 at \S+, event turn: .* does not come to rest/)
  expect(out).toMatch(/Case 1\n.*create wheel.*\n.*begin still\n.*event turn refused \(failed: /)
  expect(code).toBe(1)
})

test.each([
  [
    'a file that names what there is not',
    'broken.json',
    /^broken.json:\d+:\d+ \/events\/clos error: There is no event "clos"\. Did you mean "close"\?$/,
  ],
  [
    'a recipe that cannot be followed',
    'lost.json',
    /^lost.json:\d+:\d+ \/cases\/values error: \{record.nothing\}/,
  ],
  ['a file that is not there', 'nowhere.json', /^nowhere.json:1:1 .*There is no such file/],
])('ends with 1 for %s', async (_, file, message) => {
  const { code, out } = await tessera('dealing', join(folder, file))
  expect(out).toMatch(message)
  expect(code).toBe(1)
})

test.each([
  ['no process', [], /Say which process: dealing/],
  ['an unknown process', ['deling'], /Did you mean "dealing"/],
  ['no number', ['dealing', '--cases', 'many'], /--cases takes a whole number from 1 to 10000/],
])('ends with 2 for %s', async (_, args, message) => {
  const { code, errors } = await tessera(...args)
  expect(errors).toMatch(message)
  expect(code).toBe(2)
})
