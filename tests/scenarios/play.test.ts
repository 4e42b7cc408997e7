import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadScenarios, openTheatre } from '../../platform/background/scenarios/index.ts'
import type { ScenarioDocument, ScenarioStep } from '../../platform/background/scenarios/document.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'

const model = modelFromDocuments({
  object: {
    request: {
      name: 'request',
      label: 'Request',
      plural: 'Requests',
      name_field: 'title',
      lifecycle: 'deciding',
      fields: {
        title: { type: 'text', required: true },
        cost: { type: 'money' },
        helper: { type: 'user' },
        state: { type: 'state' },
      },
    },
  },
  role: {
    asker: {
      name: 'asker',
      label: 'Asker',
      objects: { request: { create: true, read: 'own', update: 'own' }, user: { read: 'all' } },
    },
    boss: {
      name: 'boss',
      label: 'Boss',
      objects: { request: { read: 'all', update: 'all' }, user: { read: 'all' } },
    },
  },
  service_level: {
    prompt: {
      name: 'prompt',
      label: 'Prompt',
      object: 'request',
      promises: {
        answer: {
          label: 'Answer',
          target: 'PT1H',
          starts_when: "record.state == 'draft'",
          stops_when: "record.state != 'draft'",
          escalations: {
            nobody: {
              type: 'breach',
              actions: [
                { type: 'notify', params: { to: 'record.owner', text: "'Late'" } },
                { type: 'set', params: { values: { helper: 'null' } } },
              ],
            },
          },
        },
      },
    },
  },
  process: {
    deciding: {
      name: 'deciding',
      label: 'Deciding',
      object: 'request',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'boss',
      events: { ask: { label: 'Ask' }, drop: { label: 'Drop', allowed_roles: { boss: true } } },
      machine: {
        initial: 'draft',
        on: { drop: '.dropped' },
        states: {
          draft: { meta: { label: 'Draft' }, on: { ask: 'asked' } },
          asked: {
            meta: { label: 'Asked' },
            after: { PT2H: 'dropped' },
            invoke: {
              id: 'decide',
              src: 'approval',
              input: { title: 'Decide', candidate_role: 'boss' },
              onDone: [
                {
                  guard: { type: 'when', params: { expression: "event.output.outcome == 'approved'" } },
                  target: 'granted',
                },
                { target: 'dropped' },
              ],
            },
          },
          granted: { type: 'final', meta: { label: 'Granted' } },
          dropped: { type: 'final', meta: { label: 'Dropped' } },
        },
      },
    },
  },
})
const theatre = await openTheatre({ model })
afterAll(() => theatre.close())

const people: ScenarioDocument['people'] = {
  bea: { roles: ['boss'] },
  ann: { roles: ['asker'], team: 'North', manager: 'bea' },
  ben: { roles: ['asker'], team: 'North' },
}
const create: ScenarioStep = {
  do: 'create',
  by: 'ann',
  object: 'request',
  as: 'chair',
  values: { title: '$$5 chair', cost: { amount: '5', currency: 'EUR' }, helper: '$ben' },
}
const play = (...steps: ScenarioStep[]) => theatre.play({ label: 'Test', people, steps: [create, ...steps] })

describe('a scenario passes', () => {
  it('from the first step to a decision, with names in the place of ids', async () => {
    const departure = await play(
      {
        do: 'expect',
        by: 'ann',
        record: 'chair',
        state: 'draft',
        values: { title: '$$5 chair', cost: { amount: '5.00', currency: 'EUR' }, helper: '$ben' },
        holds: 'record.owner.manager.name == "bea"',
        possible: ['ask'],
      },
      { do: 'expect', by: 'ben', record: 'chair', hidden: true },
      { do: 'event', by: 'ann', record: 'chair', event: 'ask' },
      { do: 'expect', by: 'bea', record: 'chair', state: 'asked', work: 1 },
      { do: 'claim', by: 'bea', record: 'chair' },
      { do: 'complete', by: 'bea', record: 'chair', outcome: 'approved', comment: 'Sit well.' },
      { do: 'expect', record: 'chair', state: 'granted', work: 0, possible: [] },
      { do: 'expect_count', by: 'ben', object: 'request', count: 0 },
      { do: 'expect_count', object: 'request', where: "record.state == 'granted'", count: 1 },
    )
    expect(departure).toBeUndefined()
  })

  it('on an empty stage each time', async () => {
    expect(await play({ do: 'expect_count', object: 'request', count: 1 })).toBeUndefined()
  })

  it('when timers fire at their moments, and not before', async () => {
    const departure = await play(
      { do: 'event', by: 'ann', record: 'chair', event: 'ask' },
      { do: 'wait', duration: 'PT1H59M' },
      { do: 'expect', record: 'chair', state: 'asked' },
      { do: 'wait', duration: 'P1D' },
      { do: 'expect', record: 'chair', state: 'dropped' },
      { do: 'expect', record: 'chair', holds: 'record.updated_at == datetime("2026-03-02T11:00:00Z")' },
    )
    expect(departure).toBeUndefined()
  })

  it('when a service level warns and escalates on the way', async () => {
    const departure = await play(
      { do: 'wait', duration: 'PT59M' },
      { do: 'expect', record: 'chair', values: { helper: '$ben' }, told: 0 },
      { do: 'wait', duration: 'PT1M' },
      { do: 'expect', record: 'chair', values: { helper: null }, told: 1 },
      { do: 'expect', by: 'ann', record: 'chair', told: 1 },
      { do: 'expect', by: 'bea', record: 'chair', told: 0 },
      { do: 'expect', record: 'chair', holds: 'record.updated_at == datetime("2026-03-02T10:00:00Z")' },
    )
    expect(departure).toBeUndefined()
  })

  it('when what must be refused is refused as it says', async () => {
    const departure = await play(
      {
        do: 'update',
        by: 'ann',
        record: 'chair',
        values: { title: null },
        refused: { code: 'validation', field: 'title' },
      },
      { do: 'event', by: 'ann', record: 'chair', event: 'drop', refused: { code: 'event_refused' } },
      { do: 'delete', by: 'ann', record: 'chair', refused: { code: 'forbidden' } },
    )
    expect(departure).toBeUndefined()
  })
})

describe('a scenario fails at the step', () => {
  const cases: [string, ScenarioStep, RegExp][] = [
    ['that is refused', { do: 'delete', by: 'ann', record: 'chair' }, /refused \(forbidden\)/],
    [
      'that should have been refused',
      { do: 'event', by: 'ann', record: 'chair', event: 'ask', refused: { code: 'event_refused' } },
      /nothing was refused/,
    ],
    [
      'that is refused in another way',
      { do: 'event', by: 'ann', record: 'chair', event: 'drop', refused: { code: 'validation' } },
      /the refusal is "event_refused"/,
    ],
    ['with another state', { do: 'expect', record: 'chair', state: 'asked' }, /"draft", not "asked"/],
    ['with another value', { do: 'expect', record: 'chair', values: { title: 'x' } }, /title is "\$5 chair"/],
    [
      'with another amount',
      { do: 'expect', record: 'chair', values: { cost: { amount: '6', currency: 'EUR' } } },
      /cost is/,
    ],
    ['with an unknown field', { do: 'expect', record: 'chair', values: { titel: 'x' } }, /no field "titel"/],
    [
      'with a condition that does not hold',
      { do: 'expect', record: 'chair', holds: 'record.cost.amount > 5' },
      /does not hold/,
    ],
    ['with other events', { do: 'expect', by: 'ann', record: 'chair', possible: [] }, /possible are ask/],
    ['with more work', { do: 'expect', record: 'chair', work: 1 }, /0 work items/],
    ['of which more people are told', { do: 'expect', record: 'chair', told: 1 }, /0 notifications/],
    ['that can be seen', { do: 'expect', by: 'bea', record: 'chair', hidden: true }, /can be seen/],
    ['that cannot be seen', { do: 'expect', by: 'ben', record: 'chair' }, /cannot be seen/],
    ['with another count', { do: 'expect_count', object: 'request', count: 2 }, /there are 1/],
    ['of nobody known', { do: 'delete', by: 'anne', record: 'chair' }, /Did you mean "ann"/],
    ['about no known record', { do: 'expect', record: 'chaire' }, /Did you mean "chair"/],
    ['without work', { do: 'complete', by: 'bea', record: 'chair', outcome: 'approved' }, /no work item/],
  ]
  it.each(cases)('%s', async (_, step, message) => {
    expect(await play(step)).toEqual({ step: 1, message: expect.stringMatching(message) })
  })

  it('before the first, where a person has a role that there is not', async () => {
    const outcome = theatre.play({ label: 'Test', people: { ann: { roles: ['askr'] } }, steps: [create] })
    expect(await outcome).toEqual({ step: undefined, message: expect.stringContaining('"askr"') })
  })
})

describe('scenarios of a package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-scenario-files-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const write = (root: string, file: string, content: unknown) => {
    const place = join(folder, root, 'metadata/desk/scenarios')
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, file), JSON.stringify(content))
  }
  const load = () =>
    loadScenarios({
      roots: [join(folder, 'shipped'), join(folder, 'own')],
      packages: ['desk'],
      base: folder,
    })

  it("are read in order, a project's own in the place of a shipped one of that name", () => {
    write('shipped', 'b.json', { label: 'Shipped b', people, steps: [create] })
    write('shipped', 'a.json', { label: 'Shipped a', people, steps: [create] })
    write('own', 'b.json', { label: 'Own b', people, steps: [create] })
    const { scenarios, problems } = load()
    expect(problems).toEqual([])
    expect(scenarios.map(({ name, document }) => [name, document.label])).toEqual([
      ['desk/a', 'Shipped a'],
      ['desk/b', 'Own b'],
    ])
  })

  it('are refused at the place of a step that there is not, or of a misspelt key', () => {
    write('own', 'b.json', { label: 'b', people, steps: [create, { do: 'creat' }] })
    expect(load().problems).toMatchObject([{ place: { pointer: '/steps/1' } }])
    write('own', 'b.json', { label: 'b', people, steps: [{ ...create, valus: {} }] })
    expect(load().problems).toMatchObject([
      { message: expect.stringContaining('valus'), place: { pointer: '/steps/0' } },
    ])
  })
})
