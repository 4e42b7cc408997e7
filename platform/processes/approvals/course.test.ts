import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LevelRule } from '../../definitions/model/approval.ts'
import {
  levelOutcome,
  passedOn,
  standingOf,
  totalOf,
  withDeadline,
  withoutVote,
  withReturn,
  withVote,
  type CastVote,
  type Course,
  type Level,
  type Seat,
  type Vote,
} from './course.ts'

const runs = { numRuns: Number(process.env.TESSERA_PROPERTY_RUNS ?? 300) }

const rule: fc.Arbitrary<LevelRule> = fc.oneof(
  fc.constantFrom<LevelRule>({ kind: 'all' }, { kind: 'any' }),
  fc.integer({ min: 1, max: 10 }).map((tenths): LevelRule => ({ kind: 'share', share: tenths / 10 })),
  fc.integer({ min: 1, max: 6 }).map((weight): LevelRule => ({ kind: 'weight', weight })),
)
const people = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay']
const level = (name: string) =>
  fc
    .record({
      rule,
      isInTurn: fc.boolean(),
      people: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 6 }),
      weight: fc.integer({ min: 1, max: 3 }),
    })
    .map((made): Level => ({
      name,
      rule: made.rule,
      isInTurn: made.isInTurn,
      seats: made.people.map((person, at) => ({
        id: `${name}.${at}`,
        person,
        weight: made.rule.kind === 'weight' ? made.weight : 1,
        vote: null,
      })),
      settled: null,
    }))
    .filter(({ rule, seats }) => rule.kind !== 'weight' || totalOf(seats) >= rule.weight)
const course: fc.Arbitrary<Course> = fc.record({
  repeated: fc.constantFrom('ask_once', 'ask_every_time'),
  levels: fc.tuple(level('one'), level('two'), level('three')),
})
/** In which order people act, and what they say. */
const script = fc.array(fc.tuple(fc.nat(5), fc.double({ min: 0, max: 1, noNaN: true })), {
  minLength: 30,
  maxLength: 30,
})

let moment = 0
const voteOf = (by: string, outcome: Vote): CastVote => ({
  outcome,
  by,
  on_behalf_of: null,
  comment: null,
  at: new Date(moment++).toISOString(),
  values: {},
})
const vote = (before: Course, { id, person }: Seat, outcome: Vote) =>
  withVote(before, { seat: id, person, vote: voteOf(person, outcome) })

/** Lets people act as the script says; most approve. Gives every course on the way. */
function* played(from: Course, acts: readonly (readonly [number, number])[]): Generator<Course> {
  let now = from
  yield now
  for (const [which, luck] of acts) {
    const standing = standingOf(now)
    if (standing.outcome !== undefined) return
    const seat = standing.asked[which % standing.asked.length] as Seat
    now = vote(now, seat, luck < 0.75 ? 'approved' : 'rejected')
    yield now
  }
}

/** What the level would come to if all who are left voted so. */
function ifAllSay(from: Course, at: number, outcome: Vote): Vote | undefined {
  const left = (from.levels[at] as Level).seats.filter((seat) => seat.vote === null)
  return levelOutcome(
    left.reduce((now, seat) => vote(now, seat, outcome), from),
    at,
  )
}

const property = (run: (start: Course, acts: readonly (readonly [number, number])[]) => void) =>
  fc.assert(fc.property(course, script, run), runs)

describe('a course, whoever says what', () => {
  it('asks somebody who has not spoken until it is decided', () => {
    property((start, acts) => {
      const way = [...played(start, acts)]
      for (const now of way) {
        const standing = standingOf(now)
        if (standing.outcome !== undefined) continue
        expect(standing.asked.length).toBeGreaterThan(0)
        expect(standing.asked.every((seat) => seat.vote === null)).toBe(true)
        if (now.levels[standing.level]?.isInTurn) expect(standing.asked).toHaveLength(1)
      }
      expect(standingOf(way.at(-1) as Course).outcome).toBeDefined()
    })
  })

  it('decides a level as soon as its outcome is certain, and not before', () => {
    property((start, acts) => {
      const single: Course = { ...start, levels: start.levels.slice(0, 1) }
      for (const now of played(single, acts)) {
        const both = new Set([ifAllSay(now, 0, 'approved'), ifAllSay(now, 0, 'rejected')])
        const outcome = levelOutcome(now, 0)
        expect(both).toEqual(new Set(outcome === undefined ? ['approved', 'rejected'] : [outcome]))
      }
    })
  })

  it('comes to the outcome that counting the votes gives', () => {
    property((start, acts) => {
      const single: Course = { ...start, levels: start.levels.slice(0, 1) }
      const { rule: by, seats } = [...played(single, acts)].at(-1)?.levels[0] as Level
      const tenths = (share: number) => Math.round(share * 10)
      const yes = totalOf(seats.filter((seat) => seat.vote?.outcome === 'approved'))
      const enough = {
        all: yes === seats.length,
        any: yes > 0,
        first: false,
        share: by.kind === 'share' && yes * 10 >= tenths(by.share) * seats.length,
        weight: by.kind === 'weight' && yes >= by.weight,
      }[by.kind]
      const decided = standingOf([...played(single, acts)].at(-1) as Course)
      expect(decided.outcome).toBe(enough ? 'approved' : 'rejected')
    })
  })

  it('is as it was when a vote is taken back, which nobody can do after the next has acted', () => {
    property((start, acts) => {
      let before: Course | undefined
      for (const now of played(start, acts)) {
        const last = lastVote(before, now)
        if (before !== undefined && last !== undefined) {
          const back = withoutVote(now, last.by)
          if (back !== undefined) expect(standingOf(back.course)).toEqual(standingOf(before))
          const acted = now.levels.map(({ seats }) => seats.flatMap((seat) => seat.vote?.by ?? []))
          const { level: at } = standingOf(before)
          for (const by of acted.slice(0, at).flat())
            if (!acted.slice(at).flat().includes(by)) expect(withoutVote(now, by)).toBeUndefined()
        }
        before = now
      }
    })
  })

  it('asks the level that it was returned to, and then, by a jump, the one who returned it', () => {
    property((start, acts) => {
      const every: Course = { ...start, repeated: 'ask_every_time' }
      for (const now of played(every, acts)) {
        const standing = standingOf(now)
        if (standing.outcome !== undefined || standing.level === 0) continue
        const fresh = withReturn(now, { to: 0, then: 'fresh' })
        expect(standingOf(fresh).level).toBe(0)
        expect(fresh.levels.flatMap(({ seats }) => seats.flatMap((seat) => seat.vote ?? []))).toEqual([])
        let jumped = withReturn(now, { to: 0, then: 'jump_back' })
        for (let at = standingOf(jumped); at.level === 0; at = standingOf(jumped))
          jumped = vote(jumped, (at as { asked: readonly Seat[] }).asked[0] as Seat, 'approved')
        expect(standingOf(jumped)).toEqual(standing)
      }
    })
  })

  it('keeps the weight of all votes when work is passed on', () => {
    fc.assert(
      fc.property(course, script, fc.constantFrom(...people, 'max'), (start, acts, to) => {
        let id = 0
        for (const now of played({ ...start, repeated: 'ask_every_time' }, acts)) {
          const standing = standingOf(now)
          if (standing.outcome !== undefined) continue
          const moves = new Map(standing.asked.map((seat) => [seat.id, to]))
          const next = passedOn(now, { level: standing.level, moves, newId: () => `new.${id++}` })
          const [from, into] = [now, next].map(({ levels }) => levels[standing.level] as Level) as [
            Level,
            Level,
          ]
          expect(totalOf(into.seats)).toBe(totalOf(from.seats))
          expect(into.seats.filter((seat) => seat.vote !== null)).toEqual(
            from.seats.filter((seat) => seat.vote !== null),
          )
          expect(new Set(into.seats.map(({ person }) => person)).size).toBe(into.seats.length)
          expect(standingOf(next).outcome).toBeUndefined()
        }
      }),
      runs,
    )
  })

  it('is decided by the end of its time, until it is returned', () => {
    property((start) => {
      const over = withDeadline(start, { level: 0, outcome: 'rejected' })
      expect(standingOf(over)).toEqual({ outcome: 'rejected', level: 0 })
      expect(standingOf(withReturn(over, { to: 0, then: 'fresh' }))).toEqual(standingOf(start))
    })
  })
})

it('takes the word of whoever speaks first where one word is enough', () => {
  const seats = ['ann', 'bob'].map((person) => ({ id: person, person, weight: 1, vote: null }))
  const start: Course = {
    repeated: 'ask_every_time',
    levels: [{ name: 'one', rule: { kind: 'first' }, isInTurn: false, seats, settled: null }],
  }
  expect(standingOf(vote(start, seats[1] as Seat, 'rejected')).outcome).toBe('rejected')
  expect(standingOf(vote(start, seats[0] as Seat, 'approved')).outcome).toBe('approved')
})

function lastVote(before: Course | undefined, now: Course): CastVote | undefined {
  const votes = (of: Course | undefined) =>
    (of?.levels ?? []).flatMap(({ seats }) => seats.flatMap((seat) => seat.vote ?? []))
  const known = votes(before)
  return votes(now).find((each) => !known.includes(each))
}
