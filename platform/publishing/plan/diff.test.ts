import { describe, expect, it } from 'vitest'
import type { FieldSpec, ObjectSpec, SchemaSpec } from '../spec/schema-spec.ts'
import { diff } from './diff.ts'
import type { Facts } from './facts.ts'

const facts: Facts = { version: 2, populated: new Set(), retired: [] }
const populated: Facts = { ...facts, populated: new Set(['deal']) }

function field(name: string, given: Partial<FieldSpec> = {}): FieldSpec {
  return { name, type: 'text', keeping: 'stored', columns: [{ name, suffix: '', type: 'text' }], ...given }
}

function spec(object: string, fields: readonly FieldSpec[], given: Partial<ObjectSpec> = {}): SchemaSpec {
  const named = Object.fromEntries(fields.map((each) => [each.name, each]))
  return {
    schema: 't_a',
    processes: {},
    timeZone: 'UTC',
    objects: { [object]: { name: object, fields: named, indexes: {}, searchFields: [], ...given } },
  }
}

const number = field('size', { type: 'integer', columns: [{ name: 'size', suffix: '', type: 'bigint' }] })
const index = { name: '_index_deal_code', method: 'btree', columns: ['code', 'id'], isUnique: false } as const

describe('the difference between two schemas', () => {
  it('is nothing between equal ones', () => {
    const same = spec('deal', [field('code'), number])
    expect(diff({ current: same, desired: same, facts: populated })).toEqual({ steps: [], refusals: [] })
  })

  it('never takes a rename for a removal and an addition', () => {
    const { steps } = diff({
      current: spec('deal', [field('code')]),
      desired: spec('sale', [field('key', { formerly: 'code' })], { formerly: 'deal' }),
      facts,
    })
    expect(steps.flatMap(({ statements }) => statements)).toContain(
      'alter table "t_a"."deal" rename to "sale"',
    )
    expect(steps.flatMap(({ statements }) => statements)).toContain(
      'alter table "t_a"."sale" rename column "code" to "key"',
    )
    expect(steps.map((step) => step.class)).not.toContain('destructive')
  })

  it('quotes every name, so that a hostile one stays a name', () => {
    const { steps } = diff({
      current: spec('deal', []),
      desired: spec('deal', [field('a"; drop table x; --')]),
      facts,
    })
    expect(steps[0]?.statements).toEqual(['alter table "t_a"."deal" add column "a""; drop table x; --" text'])
  })

  it('builds an index ahead and without blocking on a table with rows, and at once on an empty one', () => {
    const current = spec('deal', [field('id'), field('code')])
    const desired = spec('deal', [field('id'), field('code')], {
      indexes: { [index.name]: { ...index, fields: ['code'] } },
    })
    const busy = diff({ current, desired, facts: populated }).steps
    expect(busy.map(({ phase }) => phase)).toEqual(['prepare', 'switch'])
    expect(busy[0]?.statements[0]).toContain('create index concurrently "_preparing__index_deal_code"')
    const empty = diff({ current, desired, facts }).steps
    expect(empty.map(({ phase }) => phase)).toEqual(['switch'])
  })

  it('prepares a new column apart where an index over it has to be built', () => {
    const { steps } = diff({
      current: spec('deal', [field('id')]),
      desired: spec('deal', [field('id'), field('code')], {
        indexes: { [index.name]: { ...index, fields: ['code'] } },
      }),
      facts: populated,
    })
    expect(steps.map(({ phase, action }) => `${phase} ${action}`)).toEqual([
      'prepare add_column',
      'prepare create_index',
      'switch add_column',
      'switch rename_index',
    ])
    expect(steps[1]?.statements[0]).toContain('("_preparing_code", "id")')
  })

  it('drops a generated column before a column that it reads changes its type, and adds it afterwards', () => {
    const double = (type: string) =>
      field('double', {
        keeping: 'generated',
        type: 'integer',
        columns: [{ name: 'double', suffix: '', type, expression: '("size" * 2)::bigint' }],
      })
    const decimal = field('size', {
      type: 'decimal',
      columns: [{ name: 'size', suffix: '', type: 'numeric(28,2)' }],
    })
    const { steps } = diff({
      current: spec('deal', [number, double('bigint')]),
      desired: spec('deal', [decimal, double('bigint')]),
      facts: populated,
    })
    expect(steps.map(({ action }) => action)).toEqual(['drop_computed', 'retype_column', 'add_column'])
  })

  it('refuses a type into which not every value fits, with a way out', () => {
    const { refusals } = diff({
      current: spec('deal', [field('size')]),
      desired: spec('deal', [number]),
      facts: populated,
    })
    expect(refusals).toMatchObject([
      { subject: 'deal.size', message: expect.stringContaining('from text into integer') },
    ])
    expect(refusals[0]?.remedy).toContain('Declare a new field')
  })

  it('refuses to let a reference point to another object', () => {
    const reference = (target: string) => field('who', { type: 'reference', target })
    const { refusals } = diff({
      current: spec('deal', [reference('account')]),
      desired: spec('deal', [reference('contact')]),
      facts,
    })
    expect(refusals[0]?.message).toContain('its values are ids of account')
  })

  it('retires instead of dropping, and keeps the book', () => {
    const { steps } = diff({ current: spec('deal', [number]), desired: spec('deal', []), facts: populated })
    expect(steps).toMatchObject([{ action: 'retire_column', class: 'destructive', subject: 'deal.size' }])
    expect(steps[0]?.statements[0]).toBe('alter table "t_a"."deal" rename column "size" to "_retired_2_size"')
    expect(steps[0]?.statements[1]).toContain('insert into "t_a"."_retired"')
    expect(steps.flatMap(({ statements }) => statements).join()).not.toMatch(/drop (column|table)/)
  })
})
