import { describe, expect, it } from 'vitest'
import { compileExpression, type CompileOptions } from './compile.ts'
import { expressionTypes as t } from './expression-types.ts'
import type { ExprType, Scope, Value } from './types.ts'

const objects: Readonly<Record<string, Readonly<Record<string, ExprType>>>> = {
  deal: {
    id: t.record('deal'),
    title: t.string,
    stage: t.string,
    won: t.bool,
    stars: t.int,
    rate: t.decimal,
    price: t.money,
    cost: t.money,
    closes: t.date,
    made: t.datetime,
    tags: t.list(t.string),
    lines: t.list(t.record('line')),
    account: t.record('account'),
  },
  account: { id: t.record('account'), name: t.string, sector: t.string, owner: t.record('user') },
  user: { id: t.record('user'), name: t.string },
  line: { id: t.record('line'), count: t.int, account: t.record('account') },
}

const scope: Scope = {
  variables: {
    record: t.record('deal'),
    before: t.record('deal'),
    user: t.struct({ id: t.record('user'), roles: t.list(t.string) }),
    event: t.map(t.dyn),
  },
  object(name) {
    const fields = objects[name]
    return fields && { name, field: (field) => fields[field], fieldNames: () => Object.keys(fields) }
  },
}

const moment = { now: new Date('2026-11-22T20:30:00Z'), timeZone: 'Asia/Shanghai' }

function compile(text: string, options: Partial<CompileOptions> = {}) {
  const result = compileExpression({ text, scope, ...options })
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return result.expression
}

function faultsOf(text: string, options: Partial<CompileOptions> = {}) {
  const result = compileExpression({ text, scope, ...options })
  return 'faults' in result ? result.faults : []
}

function value(text: string, record: Value = {}, others: Record<string, Value> = {}): Value {
  return compile(text).evaluate({ record, ...others }, moment)
}

describe('blanks', () => {
  it.each([
    ['record.stars > 3', false],
    ['record.stars < 3', false],
    ['record.stars != 3', false],
    ['record.stars == record.stars', false],
    ['record.stars == null', true],
    ['record.title != null', false],
    ["record.title == ''", true],
    ['record.stars + 1', null],
    ["record.title + 'x'", null],
    ["concat(record.title, 'x')", 'x'],
    ['record.account.owner.name', null],
    ['!record.won', true],
    ['record.won || true', true],
    ['record.won ? 1 : 2', 2],
    ['record.won', false],
    ["contains(record.title, 'a')", false],
    ['size(record.title)', 0],
    ['coalesce(record.stars, 7)', 7],
    ['max(record.stars, 7)', 7],
    ['record.tags.all(t, false)', true],
  ])('%s is %j over an empty record', (text, expected) => {
    expect(value(text)).toBe(expected)
  })

  it('takes an empty text for a missing value', () => {
    expect(value('record.title == null', { title: '' })).toBe(true)
    expect(value('record.title', { title: '' })).toBe(null)
  })
})

describe('numbers and money', () => {
  it.each([
    ['0.1 + 0.2', '0.3'],
    ['1.0 / 3', '0.33333333333333333333'],
    ['2.0 / 3', '0.66666666666666666667'],
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['1 / 0', null],
    ['9223372036854775807 + 1', null],
    ['9223372036854775807', '9223372036854775807'],
    ['round(2.5)', '2'],
    ['round(3.5)', '4'],
    ['round(-0.125, 2)', '-0.12'],
    ['record.price * 3', { amount: '37.5', currency: 'EUR' }],
    ['record.price + record.cost', null],
    ['record.price == record.cost', false],
    ['record.price != record.cost', true],
    ['record.price < record.cost', false],
    ['record.price > 12', true],
    ['record.price / record.price', '1'],
    ['record.price.currency', 'EUR'],
  ])('%s is %j', (text, expected) => {
    const record = { price: { amount: '12.50', currency: 'EUR' }, cost: { amount: '12.50', currency: 'USD' } }
    expect(value(text, record)).toEqual(expected)
  })
})

describe('dates, in the zone of the user', () => {
  it.each([
    ['today()', '2026-11-23'],
    ['now()', '2026-11-22T20:30:00.000Z'],
    ['date(record.made)', '2026-12-01'],
    ['hour(record.made)', 0],
    ["date('2024-01-31') + duration('P1M')", '2024-02-29'],
    ["date('2026-11-22') - date('2026-11-20')", 'P2D'],
    ["datetime('2026-11-22T00:00:00Z') - duration('PT90M')", '2026-11-21T22:30:00.000Z'],
    ["date('9999-12-31') + days(1)", null],
    ["weekday(date('2026-11-22'))", 7],
    ["total_hours(duration('P1DT30M'))", '24.5'],
  ])('%s is %j', (text, expected) => {
    expect(value(text, { made: '2026-11-30T16:00:00Z' })).toBe(expected)
  })
})

describe('texts', () => {
  it.each([
    ["size('客户😀')", 3],
    ["'\\uFFFD' < '😀'", true],
    ["upper('straße é 客')", 'STRAßE É 客'],
    ["substring('客户😀abc', 2, 4)", '😀a'],
    ["trim('\\u3000 a ')", 'a'],
    ["replace('a-b-c', '-', '')", 'abc'],
    ["'a\\nb'.matches('^a.b$')", false],
    ["'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')", false],
  ])('%s is %j', (text, expected) => {
    expect(value(text)).toBe(expected)
  })
})

describe('names', () => {
  it('finds what changed, and nothing where both are blank', () => {
    const others = { before: { stage: 'new', title: '' } }
    expect(value("changed('stage')", { stage: 'won' }, others)).toBe(true)
    expect(value("changed('title')", { stage: 'won' }, others)).toBe(false)
    expect(value("changed('stage')", { stage: 'new' }, { before: null })).toBe(true)
  })

  it('compares references by id, loaded or not', () => {
    const record = { account: { id: 'a1', owner: 'u1' } }
    expect(value('record.account.owner == user.id', record, { user: { id: 'u1', roles: [] } })).toBe(true)
    expect(value("record.account == 'a1'", record)).toBe(true)
  })

  it('lists every path read, without its beginnings', () => {
    const { paths } = compile(
      "record.account.owner.name == 'x' && 'a' in user.roles && record.price.amount > 1",
    )
    expect(paths).toEqual([
      ['record', 'account', 'owner', 'name'],
      ['user', 'roles'],
      ['record', 'price'],
    ])
  })

  it('lists what is read of the elements of a list', () => {
    const { paths } = compile("record.lines.filter(l, l.count > 1).exists(l, l.account.name == 'x')")
    expect(paths).toEqual([
      ['record', 'lines'],
      ['record', 'lines', 'count'],
      ['record', 'lines', 'account', 'name'],
    ])
  })

  it('reads values of unknown type as what they are', () => {
    const event = { stars: 4, due: '2026-01-01', price: '12.5' }
    expect(
      value("event.stars >= 3 && event.due < date('2026-02-01') && event.price > 12", {}, { event }),
    ).toBe(true)
    expect(value("'Sent back: ' + string(event.stars) + ' stars'", {}, { event })).toBe('Sent back: 4 stars')
    expect(value('event.missing > 3', {}, { event })).toBe(false)
    expect(value('event.constructor == null', {}, { event })).toBe(true)
  })

  it('knows whether the moment matters', () => {
    expect(compile('record.closes < today()').usesMoment).toBe(true)
    expect(compile('year(record.closes) == 2026').usesMoment).toBe(false)
    expect(compile('year(record.made) == 2026').usesMoment).toBe(true)
  })
})

describe('faults', () => {
  it.each([
    ['record.acount.name', 7, "'deal' has no field 'acount'", "Did you mean 'account'?"],
    ['recrod.title', 0, "There is no 'recrod' here", "Did you mean 'record'?"],
    ["record.title.contians('x')", 0, "There is no function 'contians'", "Did you mean 'contains'?"],
    ['record.stars = 3', 13, 'Unexpected character: =', 'Write == to compare.'],
    [
      'record.stars > "3"',
      0,
      'int and string cannot be compared',
      'Write numbers without quotes, or use decimal().',
    ],
    ["date('2026-02-30')", 0, "'2026-02-30' is no date of the form YYYY-MM-DD", undefined],
    ["record.title.matches('(')", 0, "'(' is no pattern that RE2 can read", undefined],
    [
      'record.stars && true',
      0,
      'A condition is needed here, but this is int',
      'Compare it, for instance with != null.',
    ],
    [
      "record.won ? 1 : 'a'",
      0,
      'One outcome is int, the other string',
      'Give both the same type, for instance with string().',
    ],
    ["changed('stag')", 8, "'deal' has no field 'stag'", "Did you mean 'stage'?"],
    ['', 0, 'The expression is empty', "Write a value, such as 'true'."],
  ])('of %j stand at %i', (text, position, message, remedy) => {
    expect(faultsOf(text)).toEqual([expect.objectContaining({ position, message, remedy })])
  })

  it('are all reported at once', () => {
    expect(faultsOf('record.a1 > 1 && record.b2 > 2')).toHaveLength(2)
  })

  it('name the type that the place needs', () => {
    expect(faultsOf('record.title', { expect: t.bool })[0]!.message).toBe(
      'The place needs bool, but this is string',
    )
    expect(faultsOf('record.stars', { expect: t.decimal })).toEqual([])
  })

  it.each([
    ['a long text', `'${'x'.repeat(20_000)}'`],
    ['many brackets', '('.repeat(5_000) + '1' + ')'.repeat(5_000)],
    ['many signs', `${'-'.repeat(9_000)}1`],
    ['many terms', Array.from({ length: 2_500 }, () => '1').join('+')],
    ['a long list', `1 in [${Array.from({ length: 3_000 }, () => '1').join(',')}]`],
  ])('come from %s, instead of an exception', (_, text) => {
    expect(faultsOf(text).length).toBeGreaterThan(0)
  })

  it('has no SQL, and says so, where the SQL would grow without bounds', () => {
    const text = `${'round('.repeat(40)}record.rate${', 1)'.repeat(40)} > 1`
    expect(compile(text).sqlObstacle?.message).toMatch(/too long/)
    expect(compile(text).evaluate({ record: { rate: '2.25' } }, moment)).toBe(true)
  })

  it('end an evaluation that takes too many steps with a blank', () => {
    const tags = Array.from({ length: 500 }, (_, index) => String(index))
    const text = "record.tags.all(a, record.tags.all(b, record.tags.all(c, a + b + c != 'x')))"
    expect(compile(text).evaluate({ record: { tags } }, moment)).toBe(false)
  })
})
