import fc from 'fast-check'
import { expect, it } from 'vitest'
import { standingOf, type Course } from './course.ts'
import { settle, type Finding, type FoundLevel } from './settle.ts'

const people = ['ann', 'bob', 'cid', 'requester', 'manager']
const level = (name: string) =>
  fc.record({
    name: fc.constant(name),
    rule: fc.constantFrom<FoundLevel['rule']>(
      { kind: 'all' },
      { kind: 'share', share: 0.5 },
      { kind: 'weight', weight: 3 },
    ),
    isInTurn: fc.boolean(),
    found: fc.array(
      fc.record({ person: fc.constantFrom(...people), weight: fc.integer({ min: 1, max: 2 }) }),
      { maxLength: 6 },
    ),
    nobody: fc.constantFrom<FoundLevel['nobody']>(
      { do: 'approve' },
      { do: 'reject' },
      { do: 'refuse' },
      { do: 'ask', people: ['eve'] },
    ),
  })
const finding: fc.Arbitrary<Finding> = fc.record({
  levels: fc.tuple(level('one'), level('two'), level('three')),
  requester: fc.record({
    person: fc.constant('requester'),
    manager: fc.constantFrom('manager', null),
    policy: fc.constantFrom('may_approve', 'may_not_approve', 'manager', 'refuse'),
  }),
  repeated: fc.constantFrom('ask_once', 'ask_last', 'ask_every_time'),
})

it('seats everybody once in a level, and never the requester where he may not decide', () => {
  const check = (found: Finding) => {
    const course = settle(found)
    if ('reason' in course) return
    const { policy } = found.requester
    for (const { seats, settled } of course.levels) {
      const sitting = seats.map(({ person }) => person)
      expect(new Set(sitting).size).toBe(sitting.length)
      expect(sitting.length > 0).toBe(settled === null)
      if (policy !== 'may_approve') expect(sitting).not.toContain('requester')
    }
    expect(new Set(course.levels.flatMap(({ seats }) => seats.map(({ id }) => id))).size).toBe(
      course.levels.flatMap(({ seats }) => seats).length,
    )
  }
  fc.assert(fc.property(finding, check), { numRuns: 500 })
})

it('begins undecided, or decided by what is declared for a level without anybody', () => {
  const check = (found: Finding) => {
    const course = settle(found)
    const isRefusing = found.levels.some(({ nobody }) => nobody.do === 'refuse')
    if ('reason' in course) {
      const asks = found.levels.some(({ nobody }) => nobody.do === 'ask')
      expect(isRefusing || asks || found.requester.policy === 'refuse').toBe(true)
      return
    }
    const standing = standingOf(course)
    const first = course.levels[standing.level]
    if (standing.outcome === 'rejected') expect(first?.settled?.because).toBe('nobody')
    if (standing.outcome === undefined) expect(standing.asked.length).toBeGreaterThan(0)
  }
  fc.assert(fc.property(finding, check), { numRuns: 500 })
})

it('asks people at the last level where they come, as long as the others can decide', () => {
  const seated = (rule: FoundLevel['rule'], ...found: string[][]) => {
    const levels = found.map((persons, at): FoundLevel => ({
      name: `${at}`,
      rule,
      isInTurn: false,
      found: persons.map((person) => ({ person, weight: 1 })),
      nobody: { do: 'refuse' },
    }))
    const requester = { person: null, manager: null, policy: 'may_approve' as const }
    return (settle({ levels, requester, repeated: 'ask_last' }) as Course).levels.map(({ seats, settled }) =>
      settled === null ? seats.map(({ person }) => person).join() : settled.because,
    )
  }
  expect(seated({ kind: 'all' }, ['ann', 'bob'], ['bob'], ['cid', 'bob'])).toEqual([
    'ann',
    'repeated',
    'cid,bob',
  ])
  expect(seated({ kind: 'weight', weight: 2 }, ['ann', 'bob'], ['bob', 'cid'])).toEqual([
    'ann,bob',
    'bob,cid',
  ])
})
