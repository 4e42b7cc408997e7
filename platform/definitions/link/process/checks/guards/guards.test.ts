import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { compileExpression } from '../../../../../language/index.ts'
import { faultsAfter, withProcess, withStates } from '../../../fault-table.fixture.ts'
import { canHold } from './can-hold.ts'
import { conditionOf, type Condition } from './condition.ts'

const at = (pointer: string) => `processes/pipeline/machine/states/open/on/win${pointer}`
const when = (expression: string) => ({ type: 'when', params: { expression } })
const to = (target: string, expression?: string) => ({
  target,
  ...(expression === undefined ? {} : { guard: when(expression) }),
})

/** What is found where the event `win` of the state `open` has these branches. */
const found = (...branches: object[]) => faultsAfter(withStates({ open: { on: { win: branches } } }))

describe('guards that say nothing', () => {
  test.each([
    ['a contradiction', 'event.amount > 5 && event.amount < 3'],
    ['a constant', '1 > 2'],
    ['a blank that is compared', 'event.amount == null && event.amount > 0'],
    ['two values at once', "record.account.sector == 'retail' && record.account.sector == 'industry'"],
    ['something and its contrary', "record.title.contains('a') && !record.title.contains( 'a' )"],
  ])('never hold: %s', (_, text) => {
    expect(found(to('review', text), to('won'))).toEqual([
      `warning guard_never_holds ${at('/0/guard/params/expression')}`,
    ])
  })

  test.each([
    ['a constant', '2 > 1'],
    ['every case', "record.title == 'a' || record.title != 'a' || record.title == null"],
    ['not a contradiction', '!(event.amount > 5 && event.amount < 3)'],
  ])('always hold: %s', (_, text) => {
    expect(found(to('review', text), to('won'))).toContain(
      `warning guard_always_holds ${at('/0/guard/params/expression')}`,
    )
  })

  test.each([
    ['that holds for some', 'event.amount > 3 && event.amount < 5'],
    ['that holds for all but a blank', 'event.amount > 3 || event.amount <= 3'],
    ['whose parts are not known', "record.title.contains('a') && record.title.contains('b')"],
    ['that looks at the clock', 'now() > record.created_at'],
  ])('is silent about a guard %s', (_, text) => {
    expect(found(to('review', text), to('won'))).toEqual([])
  })
})

describe('branches that are never taken', () => {
  const behind = [`warning never_taken ${at('/1/guard/params/expression')}`]
  test.each([
    ['event.amount > 3', 'event.amount > 5'],
    ["record.title in ['a', 'b']", "record.title == 'b'"],
    ['event.amount != null', "event.amount >= 7 && record.title == 'a'"],
    ["record.title.contains('a')", "record.title.contains('a') && event.amount > 5"],
    ['!(event.amount > 5)', 'event.amount <= 5'],
  ])('for %s comes before %s', (first, second) => {
    expect(found(to('review', first), to('won', second), to('lost'))).toEqual(behind)
  })

  it('because two before it leave nothing over', () => {
    expect(
      found(
        to('review', 'event.amount > 3'),
        to('won', 'event.amount <= 5'),
        to('open', 'event.amount == 4'),
        to('lost'),
      ),
    ).toEqual([`warning never_taken ${at('/2/guard/params/expression')}`])
  })

  test.each([
    ['event.amount > 5', 'event.amount > 3'],
    // Of a blank it is not true that it is at most 5, and not true that it is more.
    ['event.amount <= 5', '!(event.amount > 5)'],
    ["record.title == 'a'", "record.title == 'b'"],
  ])('but not for %s before %s', (first, second) => {
    expect(found(to('review', first), to('won', second), to('lost'))).toEqual([])
  })
})

describe('what may be left out', () => {
  const sector = {
    label: 'Win',
    form: { sector: { type: 'choice', required: true, choices: { a: {}, b: {} } } },
  }
  const asks = (form: object, ...branches: object[]) =>
    faultsAfter({
      process: {
        pipeline: {
          events: { win: form },
          machine: { states: { open: { on: { win: branches } } } },
        },
      },
    })

  it('is an event whose guards leave a gap', () => {
    expect(found(to('review', 'event.amount > 5'), to('won', 'event.amount < 5'))).toEqual([
      `warning missing_fallback ${at('/1')}`,
    ])
  })

  it('is not an event with one guard, which is the condition of sending it', () => {
    expect(found(to('review', 'event.amount > 5'))).toEqual([])
  })

  it('is no matter where guards share all values of a required field among them', () => {
    expect(found(to('review', 'event.amount > 5'), to('won', 'event.amount <= 5'))).toEqual([])
    const all = [to('review', "event.sector == 'a'"), to('won', "event.sector == 'b'")]
    expect(asks(sector, ...all)).toEqual([])
    const optional = { ...sector, form: { sector: { ...sector.form.sector, required: false } } }
    expect(asks(optional, ...all)).toEqual([`warning missing_fallback ${at('/1')}`])
  })

  it('is no matter where a state around it takes the event', () => {
    const patch = withProcess({
      machine: {
        on: { win: '.lost' },
        states: { open: { on: { win: [to('review', 'event.amount > 5'), to('won', 'event.amount < 5')] } } },
      },
    })
    expect(faultsAfter(patch)).toEqual([])
  })

  it('is a choice that a field does not have', () => {
    expect(asks(sector, to('review', "event.sector == 'c'"), to('won'))).toEqual([
      `warning guard_never_holds ${at('/0/guard/params/expression')}`,
    ])
  })

  it('is the last way out of a state, which a timer tries once', () => {
    const waiting = { meta: { label: 'X' }, after: { P1D: [to('lost', "record.title == 'a'")] } }
    expect(faultsAfter(withStates({ review: { on: { lose: 'waiting' } }, waiting }))).toEqual([
      'warning missing_fallback processes/pipeline/machine/states/waiting/after/P1D/0',
    ])
  })

  it('is what follows when parts are done', () => {
    const part = { initial: 'a', states: { a: { type: 'final', meta: { label: 'A' } } } }
    const parts = { ...part, meta: { label: 'X' }, onDone: [to('won', "record.title == 'a'")] }
    expect(faultsAfter(withStates({ review: { on: { lose: 'parts' } }, parts }))).toContain(
      'warning missing_fallback processes/pipeline/machine/states/parts/onDone/0',
    )
  })

  it('is not the outcome of an approval whose both outcomes are named', () => {
    const onDone = [
      to('won', "event.output.outcome == 'approved'"),
      to('open', "event.output.outcome == 'rejected'"),
    ]
    expect(faultsAfter(withStates({ review: { invoke: { onDone } } }))).toEqual([])
  })
})

test('a condition that cannot hold is true of no values: 3,000 random ones', () => {
  const scope = {
    variables: {
      r: {
        kind: 'struct',
        fields: { x: { kind: 'decimal' }, s: { kind: 'string' }, b: { kind: 'bool' }, d: { kind: 'dyn' } },
      },
    },
    object: () => undefined,
  } as const
  const number = fc.constantFrom('-1', '0', '2', '2.5', '3')
  const operator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')
  const atom = fc.oneof(
    fc.tuple(operator, number).map(([sign, value]) => `r.x ${sign} ${value}`),
    fc.tuple(number, operator).map(([value, sign]) => `${value} ${sign} r.x`),
    fc
      .tuple(fc.constantFrom('==', '!='), fc.constantFrom("'a'", "'b'", 'null', "''"))
      .map(([sign, value]) => `r.s ${sign} ${value}`),
    fc
      .tuple(fc.constantFrom('==', '!='), fc.constantFrom("'a'", '2', 'null', 'true'))
      .map(([sign, value]) => `r.d ${sign} ${value}`),
    fc.constantFrom(
      'r.b',
      'r.b == true',
      'r.b != true',
      "r.s in ['a', 'b']",
      'r.x in [2, 3]',
      "r.s.contains('a')",
      'r.d',
      'r.x == null',
      'true',
      'false',
    ),
  )
  const { text } = fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      atom,
      tie('text').map((inner) => `!(${inner})`),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a}) && (${b})`),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a}) || (${b})`),
    ),
  }))
  const values = fc.record({
    x: fc.constantFrom(null, '-2', '-1', '0', '1', '2', '2.2', '2.5', '2.7', '3', '4'),
    s: fc.constantFrom(null, '', 'a', 'b', 'c', 'ab'),
    b: fc.constantFrom(null, true, false),
    d: fc.constantFrom<unknown>(null, '', 'a', 'b', 2, '2', true, false),
  })
  const moment = { now: new Date(0), timeZone: 'UTC' }
  let impossible = 0
  fc.assert(
    fc.property(text, fc.array(values, { minLength: 20, maxLength: 20 }), (guard, records) => {
      const compiled = compileExpression({ text: guard, scope })
      if (!('expression' in compiled)) throw new Error(guard)
      if (canHold(conditionOf(guard) as Condition)) return
      impossible++
      for (const r of records) expect(compiled.expression.evaluate({ r }, moment)).not.toBe(true)
    }),
    { numRuns: 3_000 },
  )
  expect(impossible).toBeGreaterThan(100)
})
