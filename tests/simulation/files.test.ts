import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it, test } from 'vitest'
import { checkSimulation, loadSimulation } from '../../platform/background/simulation/index.ts'
import { model, people } from './declarations.ts'

const folder = mkdtempSync(join(tmpdir(), 'tessera-simulation-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, content: object): void {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify({ label: 'Test', ...content }, null, 2))
}

const load = (file?: string) =>
  loadSimulation({
    process: 'lending',
    roots: [join(folder, 'shipped'), join(folder, 'own')],
    packages: ['desk', 'more'],
    base: folder,
    ...(file === undefined ? {} : { file: join(folder, file) }),
  })

describe('the simulation of a process', () => {
  const labels: unknown[] = []
  const place = (root: string, name: string) => `${root}/metadata/${name}/simulations/lending.json`

  it('is that of the last package that has one, and of the project before a shipped one', () => {
    expect(load()).toEqual({ simulation: undefined, problems: [] })
    for (const [root, name] of [
      ['shipped', 'desk'],
      ['own', 'desk'],
      ['shipped', 'more'],
      ['own', 'more'],
    ] as const) {
      write(place(root, name), { label: `${root} ${name}` })
      labels.push(load().simulation?.document.label)
    }
    expect(labels).toEqual(['shipped desk', 'own desk', 'shipped more', 'own more'])
  })

  it('is a file that is named', () => {
    write('what-if.json', { label: 'What if' })
    expect(load('what-if.json').simulation?.document.label).toBe('What if')
    expect(load('nowhere.json').problems).toMatchObject([
      { code: 'no_file', place: { file: 'nowhere.json' } },
    ])
  })
})

test.each([
  ['a misspelt key', { evnts: {} }, '', /evnts/],
  ['no duration', { events: { ask: { after: '2 days' } } }, '/events/ask/after', /no duration/],
  [
    'three durations',
    { events: { ask: { after: ['PT1H', 'PT2H', 'PT3H'] } } },
    '/events/ask/after',
    /no duration/,
  ],
  ['no recipe', { cases: { values: { size: { integr: [1, 2] } } } }, '/cases/values/size', /no recipe/],
  ['a weight below nothing', { events: { ask: { weight: -1 } } }, '/events/ask/weight', />= 0/],
  [
    'another status than that of success',
    { invoked: { x: { answer: { status: 404 } } } },
    '/invoked/x/answer/status',
    /<= 299/,
  ],
])('%s is found at its place', (_, content, pointer, message) => {
  write('broken.json', content)
  expect(load('broken.json')).toMatchObject({
    simulation: undefined,
    problems: [
      {
        message: expect.stringMatching(message),
        place: { file: 'broken.json', pointer, line: expect.any(Number) },
      },
    ],
  })
})

const half = { after: 'PT1H' }

test.each([
  ['calendar', { calendar: 'ofice' }, '/calendar', /Did you mean "office"/],
  ['role', { people: { ann: { roles: ['askr'] } } }, '/people/ann/roles/0', /Did you mean "asker"/],
  [
    'manager',
    { people: { ann: { roles: [], manager: 'bea' }, bea: { roles: [] } } },
    '/people/ann/manager',
    /They are/,
  ],
  [
    'object of a record',
    { records: { one: { object: 'bnk' } } },
    '/records/one/object',
    /Did you mean "bank"/,
  ],
  [
    'maker of a record',
    { people, records: { one: { object: 'bank', by: 'an' } } },
    '/records/one/by/0',
    /Did you mean/,
  ],
  [
    'field of a record',
    { records: { one: { object: 'bank', values: { nam: 'x' } } } },
    '/records/one/values/nam',
    /Did you mean "name"/,
  ],
  ['list', { cases: { draw: { x: 'lst' } } }, '/cases/draw/x', /none/],
  ['maker of cases', { cases: { by: ['askers'] } }, '/cases/by/0', /Did you mean "asker"/],
  ['field of cases', { cases: { values: { sise: 1 } } }, '/cases/values/sise', /Did you mean "size"/],
  [
    'field of a kind',
    { cases: { kinds: { a: { values: { sise: 1 } } } } },
    '/cases/kinds/a/values/sise',
    /Did you mean/,
  ],
  [
    'field of lines',
    { cases: { values: { parts: { rows: [1, 1], row: { nam: 'x' } } } } },
    '/cases/values/parts/row/nam',
    /Did you mean "name"/,
  ],
  ['event', { events: { asc: half } }, '/events/asc', /Did you mean "ask"/],
  ['sender', { events: { ask: { by: ['nobody'] } } }, '/events/ask/by/0', /administrator, asker, boss/],
  [
    'field of a form',
    { events: { rate: { values: { star: 1 } } } },
    '/events/rate/values/star',
    /Did you mean "stars"/,
  ],
  [
    'field that is changed',
    { events: { ask: { update: { nte: 1 } } } },
    '/events/ask/update/nte',
    /Did you mean "note"/,
  ],
  [
    'field that is changed again',
    { events: { ask: { again: { nte: 1 } } } },
    '/events/ask/again/nte',
    /Did you mean/,
  ],
  [
    'calendar of a delay',
    { events: { ask: { after: ['PT1H@office', 'PT2H@offic'] } } },
    '/events/ask/after/1',
    /Did you mean/,
  ],
  [
    'calendars of a delay',
    { events: { ask: { after: ['PT1H@office', 'PT2H'] } } },
    '/events/ask/after',
    /same/,
  ],
  ['order of a delay', { cases: { every: ['P2D', 'PT2H'] } }, '/cases/every', /shorter one first/],
  ['state', { states: { drafd: { work: 1 } } }, '/states/drafd', /Did you mean "draft"/],
  [
    'event in a state',
    { states: { draft: { events: { asc: 1 } } } },
    '/states/draft/events/asc',
    /Did you mean "ask"/,
  ],
  ['invocation', { invoked: { decid: half } }, '/invoked/decid', /Did you mean "decide"/],
  [
    'property of an invocation',
    { invoked: { decide: { update: { note: 'x' } } } },
    '/invoked/decide/update',
    /Remove it/,
  ],
  [
    'outcome',
    { invoked: { decide: { outcomes: { returned: 1 } } } },
    '/invoked/decide/outcomes/returned',
    /It ends as: approved, rejected/,
  ],
  ['form of work', { invoked: { decide: { values: { x: 1 } } } }, '/invoked/decide/values/x', /reason/],
])('an unfit %s is found at its place', (_, content, pointer, remedy) => {
  write('unfit.json', content)
  const { simulation, problems } = load('unfit.json')
  expect(problems).toEqual([])
  const process = model.processes.get('lending')
  if (simulation === undefined || process === undefined) throw new Error('There is no simulation.')
  expect(checkSimulation(simulation, { model, process })).toMatchObject([
    { severity: 'error', remedy: expect.stringMatching(remedy), place: { file: 'unfit.json', pointer } },
  ])
})
