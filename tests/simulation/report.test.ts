import { afterAll, describe, expect, it } from 'vitest'
import { openTheatre } from '../../platform/background/stage/index.ts'
import { asked, hour, loan, model, never, people, simulation, stateOf } from './declarations.ts'

const theatre = await openTheatre({ model })
afterAll(() => theatre.close())
const play = simulation(theatre)

describe('time', () => {
  it('timers come at their own moments, and stays are told in working time of a calendar', async () => {
    const document = asked(50, {
      begins_at: '2026-03-06T12:00Z',
      cases: { every: 'PT0S', values: loan(50) },
    })
    const played = await play({ ...document, calendar: 'office' }, { cases: 3 })
    const clock = await play(document, { cases: 3 })
    expect(played.report.calendar).toBe('office')
    expect(stateOf(played, 'granted')?.stay).toEqual({ count: 3, median_ms: 16 * hour, p90_ms: 16 * hour })
    // From Friday, one o'clock, over the weekend to Tuesday at the same time.
    expect(stateOf(clock, 'granted')?.stay?.median_ms).toBe(96 * hour)
    expect(played.report.duration?.median_ms).toBe(17 * hour)
    expect(played.report.ends_at).toBe('2026-03-10T13:00:00.000Z')
  })

  it('nobody does two things at once', async () => {
    const invoked = { decide: { after: 'PT1H', takes: 'PT2H', outcomes: { approved: 1 } } }
    const document = asked(500, { invoked, cases: { every: 'PT0S', values: loan(500) } })
    const alone = await play(document, { cases: 10 })
    const helped = await play(
      { ...document, people: { ...people, bea: { roles: ['boss'], count: 5 } } },
      { cases: 10 },
    )
    expect(alone.report.work[0]?.waited).toEqual({ count: 10, median_ms: 9 * hour, p90_ms: 17 * hour })
    expect(helped.report.work[0]?.waited).toEqual({ count: 10, median_ms: hour, p90_ms: 3 * hour })
    expect(alone.report.work[0]).toMatchObject({ done: 10, late: 0 })
    expect(alone.report.people).toEqual([
      { name: 'bea', roles: 'boss', done: 10, busy_ms: 20 * hour, share: 20 / 22 },
    ])
    expect(helped.report.people.map(({ done, busy_ms: busy }) => [done, busy])).toEqual(
      Array.from({ length: 5 }, () => [2, 4 * hour]),
    )
  })

  it('what is not over when the time is stays open, and what had no time does not begin', async () => {
    const played = await play(
      asked(50, { cases: { every: 'P1D', values: loan(50) }, events: { ask: { after: 'P3D' } } }),
      { cases: 10, days: 5 },
    )
    expect(played.report.cases).toMatchObject({ begun: 6, left: 4 })
    expect(played.report.ends_at).toBe('2026-03-07T09:00:00.000Z')
    expect(played.report.open.map(({ state, why }) => [state, why])).toContainEqual([
      'draft',
      'the time was over',
    ])
    expect(played.report.open.map(({ state, why }) => [state, why])).toContainEqual([
      'granted',
      'a timer is waited for',
    ])
  })
})

describe('what does not work is told', () => {
  it('with the condition of an event that was refused, and the ways that are closed by it', async () => {
    const played = await play(asked(5), { cases: 8 })
    expect(played.report.cases).toMatchObject({ begun: 8, ended: 0, open: 8, failed: 0 })
    expect(played.report.refused).toMatchObject([
      {
        what: 'event',
        name: 'ask',
        state: 'draft',
        code: 'event_refused',
        reason: 'condition',
        times: 24,
        cases: 8,
        first: 1,
      },
    ])
    expect(played.report.refused[0]?.text).toContain('record.size > 10')
    expect(played.report.open).toEqual([
      { state: 'draft', why: 'what was tried was refused', cases: 8, first: 1 },
    ])
    expect(never(played)).toContainEqual(['draft', 'ask', 'granted', 'the event was refused all 24 times'])
    expect(never(played)).toContainEqual([
      'granted',
      'after P2D@office',
      'paid',
      'the state was never entered',
    ])
  })

  it('with the rule that a record broke, which then does not begin', async () => {
    const played = await play(asked(13), { cases: 3 })
    expect(played.report.cases).toMatchObject({ begun: 0, refused: 3, failed: 0 })
    expect(played.report.refused).toMatchObject([
      {
        what: 'create',
        name: 'loan',
        code: 'validation',
        reason: 'unlucky',
        text: 'size Thirteen is not lent.',
      },
    ])
  })

  it('with the branches that were never taken', async () => {
    const played = await play(asked(50), { cases: 10 })
    expect(never(played)).toEqual([
      ['draft', 'ask', 'review', 'another branch was taken all 10 times'],
      ['draft', 'ask', 'dropped', 'another branch was taken all 10 times'],
      ['draft', 'drop', 'dropped', 'the event was not sent'],
      ['review', 'call_back', 'draft', 'the state was never entered'],
      ['review', 'decide done', 'granted', 'the state was never entered'],
      ['review', 'decide done', 'dropped', 'the state was never entered'],
      ['granted', 'drop', 'dropped', 'the event was not sent'],
      ['granted', 'rate', 'paid', 'the event was not sent'],
    ])
  })

  it('where nobody may do what is to be done', async () => {
    const lonely = await play({ ...asked(500), people: { ann: { roles: ['asker'] } } }, { cases: 4 })
    expect(lonely.report.open).toEqual([{ state: 'review', why: 'nobody can do decide', cases: 4, first: 1 }])
  })

  it('where a case goes round in a circle', async () => {
    const circle = { states: { review: { work: 0 } }, events: { call_back: { weight: 1 }, ask: {} } }
    const played = await play(asked(500, circle), { cases: 2 })
    expect(played.report.open.map(({ why }) => why)).toEqual(
      expect.arrayContaining(['left after 50 acts of people']),
    )
  })
})
