import { afterAll, describe, expect, it } from 'vitest'
import { openTheatre } from '../../platform/background/stage/index.ts'
import { asked, ends, hour, loan, model, near, never, people, simulation, stateOf } from './declarations.ts'

const theatre = await openTheatre({ model })
afterAll(() => theatre.close())
const play = simulation(theatre)

describe('with nothing said', () => {
  it('people, records and values are made up, and every way is tried', async () => {
    const played = await play({}, { cases: 60 })
    const { cases } = played.report
    expect(cases).toMatchObject({ begun: 60, ended: 60, open: 0, failed: 0, refused: 0, left: 0 })
    expect(stateOf(played, 'review')?.cases).toBeGreaterThan(5)
    expect(ends(played)).toEqual({ paid: expect.any(Number), dropped: expect.any(Number) })
    expect(never(played).map(([from, on, to]) => [from, on, to])).toEqual([['draft', 'ask', 'dropped']])
  })

  it('the same seed gives the same report, with the same paths, and another seed another one', async () => {
    const [first, same, other] = [
      await play({}, { cases: 12, shown: 5 }),
      await play({}, { cases: 12, shown: 5 }),
      await play({}, { cases: 12, shown: 5, seed: 2 }),
    ]
    expect(same.report).toEqual(first.report)
    expect(same.paths).toEqual(first.paths)
    expect(first.paths).toEqual([{ case: 5, path: expect.any(Array) }])
    expect(other.report).not.toEqual(first.report)
  })

  it('a case is played the same, however many come after it', async () => {
    const [few, many] = [await play({}, { cases: 4, shown: 3 }), await play({}, { cases: 9, shown: 3 })]
    expect(many.paths[0]?.path[0]).toEqual(few.paths[0]?.path[0])
  })
})

describe('what is said comes true', () => {
  it('events come with the shares of their weights', async () => {
    const played = await play(asked(50, { states: { draft: { events: { ask: 3, drop: 1 } } } }), {
      cases: 100,
    })
    expect(stateOf(played, 'dropped')?.share).toSatisfy(near(0.25))
  })

  it('a weight counts everywhere, unless a state says another one', async () => {
    const events = { drop: { weight: 1 } }
    const played = await play(asked(50, { events, states: { draft: { events: { drop: 0 } } } }), {
      cases: 40,
    })
    expect(never(played)).toContainEqual(['draft', 'drop', 'dropped', 'the event was not sent'])
    expect(ends(played)).toEqual({ paid: expect.any(Number), dropped: expect.any(Number) })
  })

  it('work is done and ends with the shares of its outcomes, or is left by an event', async () => {
    const played = await play(
      asked(500, {
        invoked: { decide: { after: 'PT3H', outcomes: { approved: 4, rejected: 1 } } },
        states: { review: { work: 3, events: { call_back: 1 } } },
        events: { call_back: { after: 'PT1H' } },
      }),
      { cases: 80 },
    )
    const [work] = played.report.work
    expect(work).toMatchObject({ invocation: 'decide', role: 'boss', done: 80, open: 0, late: 0 })
    expect((work?.closed ?? 0) / (work?.items ?? 1)).toSatisfy(near(0.25))
    expect((work?.outcomes.approved ?? 0) / 80).toSatisfy(near(0.8))
    expect(work?.waited).toEqual({ count: 80, median_ms: 3 * hour, p90_ms: 3 * hour })
  })

  it('kinds of cases come with the shares of their weights and go their own ways', async () => {
    const cases = {
      every: 'PT1H',
      kinds: { small: { weight: 3, values: loan(50) }, large: { values: loan(500) } },
    }
    const played = await play(
      asked(50, { cases: cases, invoked: { decide: { outcomes: { rejected: 1 } } } }),
      {
        cases: 100,
      },
    )
    const [small, large] = [...played.report.kinds].sort((a, b) => b.cases - a.cases)
    expect(small).toMatchObject({ kind: 'small', states: { paid: small?.cases } })
    expect(large).toMatchObject({ kind: 'large', states: { dropped: large?.cases } })
    expect((large?.cases ?? 0) / 100).toSatisfy(near(0.25))
  })

  it('records are made before, and cases refer to them', async () => {
    const bank = { reference: 'bank', where: { name: 'North' } }
    const values = { ...loan(50), bank, title: 'Loan {index} of {record.bank.name}' }
    const played = await play(
      asked(50, {
        records: {
          north: { object: 'bank', values: { name: 'North' } },
          others: { object: 'bank', count: 2, values: { name: 'Bank {index}' } },
        },
        cases: { values: values },
      }),
      { cases: 3, shown: 2 },
    )
    const made = played.paths[0]?.path.find(({ what }) => what === 'create loan')
    expect(made?.values).toMatchObject({ title: 'Loan 2 of North', size: 50 })
    expect(played.report.cases.ended).toBe(3)
  })

  it('those who are named make records and cases, and send events; forms of work are filled in', async () => {
    const played = await play(
      asked(500, {
        people: {
          ...people,
          ann: { roles: ['asker'], count: 3 },
          cy: { roles: ['asker'] },
          di: { roles: ['asker'] },
        },
        records: { north: { object: 'bank', by: 'cy', values: { name: 'North' } } },
        cases: { by: ['ann'], values: loan(500) },
        events: { ask: { by: ['di'] } },
        invoked: { decide: { values: { reason: 'Case {index}' }, outcomes: { approved: 1 } } },
      }),
      { cases: 6, shown: 2 },
    )
    const path = played.paths[0]?.path.map(({ what, by, values }) => [what, by?.replace(/\d/, '*'), values])
    expect(path).toEqual([
      ['create loan', 'ann_*', expect.objectContaining({ size: 500 })],
      ['begin', 'ann_*', undefined],
      ['ask', 'di', {}],
      ['approval approved', 'bea', { reason: 'Case 2', outcome: 'approved', by: 'bea' }],
      ['after P2D@office', undefined, undefined],
    ])
  })

  it('entries are drawn from lists, for records, for cases and for a kind of them', async () => {
    const lists = { towns: [{ name: 'Kiel', bank: 'Kieler Bank' }], words: ['small'], sizes: [20, 30] }
    const played = await play(
      asked(50, {
        lists,
        records: { one: { object: 'bank', draw: { town: 'towns' }, values: { name: '{town.bank}' } } },
        cases: {
          draw: { word: 'words' },
          values: { ...loan({ of: 'size' }), title: 'A {word} loan of {size}' },
          kinds: { only: { draw: { size: 'sizes' } } },
        },
      }),
      { cases: 1, shown: 1 },
    )
    const { values } = played.paths[0]?.path[0] ?? {}
    expect(values).toMatchObject({ title: expect.stringMatching(/^A small loan of (20|30)$/) })
    expect(values).toMatchObject({ size: Number(JSON.stringify(values).match(/loan of (\d+)/)?.[1]) })
  })

  it('who sends an event changes the record before, and other fields when he sends it again', async () => {
    const events = {
      ask: { after: 'PT1H', update: { note: 'asked' }, again: { size: 50 } },
      call_back: { weight: 1, after: 'PT1H' },
    }
    const states = { review: { work: 0 } }
    const played = await play(asked(500, { events, states }), { cases: 5, shown: 1 })
    expect(ends(played)).toEqual({ paid: 5 })
    const changes = played.paths[0]?.path.filter(({ what }) => what === 'change')
    expect(changes?.map(({ values }) => values)).toEqual([{ note: 'asked' }, { note: 'asked', size: 50 }])
  })

  it('values of forms are said, or made up until they pass', async () => {
    const rated = { events: { rate: { weight: 1, after: 'PT1H' } } }
    const made = await play(asked(50, rated), { cases: 40 })
    const said = await play(
      asked(50, {
        events: { rate: { weight: 1, after: 'PT1H', values: { stars: { integer: [1, 3] } } } },
        states: { granted: { nothing: 0 } },
      }),
      { cases: 10 },
    )
    expect(ends(made)).toEqual({ paid: 40 })
    expect(stateOf(made, 'granted')?.stay?.median_ms).toBeLessThan(16 * hour)
    expect(said.report.refused).toMatchObject([
      { what: 'event', name: 'rate', state: 'granted', code: 'event_refused', reason: 'guard', cases: 10 },
    ])
    expect(said.report.refused[0]?.text).toContain('event.stars >= 4')
  })
})
