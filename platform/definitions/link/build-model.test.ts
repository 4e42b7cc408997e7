import { expect, test } from 'vitest'
import { mergePatch } from '../load/merge-patch.ts'
import { buildModel, modelFromDocuments } from './build-model.ts'
import type { GivenDocuments } from './complete-documents.ts'
import { salesDocuments } from './sales-documents.fixture.ts'

const moment = { now: new Date('2026-11-22T08:00:00Z'), timeZone: 'Asia/Shanghai' }

test('plain documents become a model with system fields, people, teams and the administrator', () => {
  const model = modelFromDocuments(salesDocuments)
  expect([...model.objects.keys()]).toEqual(['account', 'opportunity', 'team', 'user'])
  expect([...(model.objects.get('account')?.fields.keys() ?? [])]).toEqual([
    'id',
    'name',
    'sector',
    'won',
    'owner',
    'created_at',
    'created_by',
    'updated_at',
    'updated_by',
  ])
  expect(model.roles.get('administrator')?.objects.get('opportunity')).toMatchObject({
    create: true,
    read: { level: 'all' },
  })
  expect([...(model.objects.get('user')?.fields.get('roles')?.choices?.keys() ?? [])]).toEqual([
    'administrator',
    'seller',
  ])
})

test('the same documents give the same hash, whatever the order of the names, and another setting gives another', () => {
  const reversed = Object.fromEntries(Object.entries(salesDocuments.object ?? {}).reverse())
  const hash = modelFromDocuments(salesDocuments).hash
  expect(modelFromDocuments({ ...salesDocuments, object: reversed }).hash).toBe(hash)
  expect(modelFromDocuments(salesDocuments, { currency: 'EUR' }).hash).not.toBe(hash)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
})

test('a model can be rebuilt from its own documents and settings', () => {
  const model = modelFromDocuments(salesDocuments, { currency: 'CNY' })
  expect(modelFromDocuments(model.documents, model.settings).hash).toBe(model.hash)
})

test('the model is frozen, and what was given stays as it was', () => {
  const given = structuredClone(salesDocuments)
  const model = modelFromDocuments(given)
  const field = model.objects.get('account')?.fields.get('name') as { label: unknown }
  expect(() => (field.label = 'other')).toThrow(TypeError)
  expect(Object.isFrozen(given.object)).toBe(false)
  expect(given).toEqual(salesDocuments)
})

test('a formula over own stored fields is a generated column, one through a reference is computed when read', () => {
  const fields = modelFromDocuments(salesDocuments).objects.get('opportunity')?.fields
  expect(fields?.get('expected')).toMatchObject({
    formula: { isGenerated: true },
    columns: [{ name: 'expected' }, { name: 'expected__currency' }],
  })
  expect(fields?.get('account_sector')).toMatchObject({ formula: { isGenerated: false }, columns: [] })
})

test('a formula over formulas is a generated column up to three levels', () => {
  const formula = (expression: string) => ({ type: 'formula', returns: 'decimal', expression })
  const tower = {
    name: 'tower',
    label: 'Tower',
    plural: 'Towers',
    name_field: 'name',
    fields: {
      name: { type: 'text' },
      // Declared before what it reads.
      four: formula('record.three + 1'),
      three: formula('record.two + 1'),
      two: formula('record.one + 1'),
      one: formula('record.base + 1'),
      base: { type: 'decimal' },
      made: { type: 'date' },
      age: formula('today() > record.made ? record.base : 0'),
      aged: formula('record.age + 1'),
    },
  }
  const fields = modelFromDocuments({ object: { tower } }).objects.get('tower')?.fields
  const generated = [...(fields?.values() ?? [])].filter((field) => field.formula?.isGenerated)
  expect(generated.map((field) => field.name)).toEqual(['three', 'two', 'one'])
})

test('a roll-up is fed by the object that it adds up', () => {
  const model = modelFromDocuments(salesDocuments)
  expect(model.objects.get('opportunity')?.feeds).toEqual([
    { object: 'account', field: 'won', through: 'account' },
  ])
  expect(model.objects.get('account')?.referencedBy).toEqual([
    { object: 'opportunity', field: 'account', onDelete: 'restrict' },
  ])
})

test('the states of the process are the choices of the state field', () => {
  const object = modelFromDocuments(salesDocuments).objects.get('opportunity')
  expect(object?.lifecycle).toEqual({ process: 'pipeline', stateField: 'stage' })
  expect([...(object?.fields.get('stage')?.choices?.keys() ?? [])]).toEqual(['open', 'review', 'won', 'lost'])
})

test('expressions of a machine are numbered and evaluate', () => {
  const process = modelFromDocuments(salesDocuments).processes.get('pipeline')
  const open = (
    process?.machine.states as Record<
      string,
      { on: { win: { guard: { params: { expression: number } } }[] } }
    >
  ).open
  const number = open?.on.win[0]?.guard.params.expression as number
  expect(process?.expressions[number]?.text).toBe('event.amount > 1000')
  expect(process?.expressions[number]?.evaluate({ event: { amount: '1001' } }, moment)).toBe(true)
  expect([...(process?.forms.get('approve')?.keys() ?? [])]).toEqual(['comment'])
})

test('a moment follows the fields that it reads, unless it is counted from entering the state', () => {
  const pipeline = {
    delays: {
      closing: { until: "record.close_on + duration('P1D')", label: 'when it should be closed' },
      rest: { until: "now() + (record.amount.amount > 10 ? duration('PT4H') : duration('P2D'))" },
    },
    machine: { states: { open: { after: { closing: 'lost', rest: 'lost' } } } },
  }
  const model = modelFromDocuments(mergePatch(salesDocuments, { process: { pipeline } }) as GivenDocuments)
  const process = model.processes.get('pipeline')
  const closing = process?.delays.get('closing')
  expect(closing).toMatchObject({ label: 'when it should be closed', fields: new Set(['close_on']) })
  expect(process?.delays.get('rest')).toMatchObject({ label: 'Rest', fields: new Set() })
  const value = process?.expressions[closing?.until ?? -1]?.evaluate(
    { record: { close_on: '2026-12-31' } },
    moment,
  )
  expect(value).toBe('2027-01-01')
})

test('a row rule, a view with a path through a reference and an app are linked', () => {
  const model = modelFromDocuments(salesDocuments)
  expect(model.roles.get('seller')?.objects.get('opportunity')?.read.where?.text).toBe(
    'record.owner == user || record.owner == user.id',
  )
  expect(model.views.get('open_opportunities')?.columns).toEqual(['title', 'account.name', 'owner.team.name'])
  expect(model.apps.get('sales')?.items).toEqual([
    { name: 'opportunities', object: 'opportunity', view: 'open_opportunities', label: 'Opportunities' },
  ])
})

test('every problem is reported together, with its address and the nearest name', () => {
  const wrong: GivenDocuments = {
    object: {
      lead: {
        name: 'lead',
        label: 'Lead',
        name_field: 'titel',
        fields: {
          title: { type: 'text' },
          account: { type: 'reference', to: 'acount' },
          score: { type: 'formula', returns: 'integer', expression: 'record.titl' },
        },
      },
      account: { name: 'account', label: 'Account', name_field: 'name', fields: { name: { type: 'text' } } },
    },
  }
  const { model, problems } = buildModel({ documents: wrong })
  expect(model).toBeUndefined()
  expect(problems.map(({ place, remedy }) => [place.pointer, remedy])).toEqual([
    ['/fields/account/to', 'Did you mean "account"?'],
    ['/fields/score/expression', expect.stringContaining('title')],
    ['/name_field', 'Did you mean "title"?'],
  ])
})

test('a throwing convenience lists all problems', () => {
  const documents = { object: { lead: { name: 'lead', lable: 'Lead', name_field: 'title', fields: {} } } }
  expect(() => modelFromDocuments(documents)).toThrow(
    /Unknown key "lable"\. Did you mean "label"\?\n.*"label" is missing/,
  )
})
