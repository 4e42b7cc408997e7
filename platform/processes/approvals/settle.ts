import type { ApprovalModel, LevelRule } from '../../definitions/model/approval.ts'
import { neededWeight, totalOf, type Course, type Level, type Repeated } from './course.ts'

/** Somebody who could sit in a level, and what his vote weighs. */
export interface Candidate {
  readonly person: string
  readonly weight: number
}

/** What happens at a level where nobody is found. */
export type Nobody =
  | { readonly do: 'approve' | 'reject' | 'refuse' }
  | { readonly do: 'ask'; readonly people: readonly string[] }

export interface FoundLevel {
  readonly name: string
  readonly rule: LevelRule
  readonly isInTurn: boolean
  /** In the order in which they are asked; the same person may be found several times. */
  readonly found: readonly Candidate[]
  readonly nobody: Nobody
}

export interface Finding {
  readonly levels: readonly FoundLevel[]
  readonly requester: {
    readonly person: string | null
    readonly manager: string | null
    readonly policy: ApprovalModel['requester']
  }
  readonly repeated: Repeated
}

/** Why an approval cannot begin. */
export interface Unsettled {
  readonly level: string
  readonly reason: 'nobody' | 'requester'
}

/**
 * Seats the people who were found: everybody once in a level, the requester as the policy says, and whoever comes again
 * later left out where people are asked at the last level. Pure.
 */
export function settle({ levels, requester, repeated }: Finding): Course | Unsettled {
  const seated: Level[] = []
  for (const level of levels) {
    const next = seat(level, requester)
    if ('reason' in next) return next
    seated.push(next)
  }
  return { repeated, levels: repeated === 'ask_last' ? seated.map(withoutRepeated) : seated }
}

function seat(level: FoundLevel, requester: Finding['requester']): Level | Unsettled {
  const { name, rule, isInTurn, found, nobody } = level
  const isRequester = ({ person }: Candidate) => person === requester.person
  if (requester.policy === 'refuse' && found.some(isRequester)) return { level: name, reason: 'requester' }
  const sitting = (candidates: readonly Candidate[]): Level => ({
    name,
    rule,
    isInTurn,
    seats: unique(candidates.flatMap((each) => (isRequester(each) ? inHisPlace(each, requester) : each))).map(
      (candidate, at) => ({ id: `${name}.${at}`, ...candidate, vote: null }),
    ),
    settled: null,
  })
  const asked = sitting(found)
  if (canApprove(asked)) return asked
  if (nobody.do === 'refuse') return { level: name, reason: 'nobody' }
  if (nobody.do === 'ask') {
    // Whoever is asked in the place of the others has the weight that it takes.
    const weight = rule.kind === 'weight' ? rule.weight : 1
    const instead = sitting(nobody.people.map((person) => ({ person, weight })))
    return canApprove(instead) ? instead : { level: name, reason: 'nobody' }
  }
  const outcome = nobody.do === 'approve' ? 'approved' : 'rejected'
  return { ...asked, seats: [], settled: { outcome, because: 'nobody' } }
}

function inHisPlace(
  candidate: Candidate,
  { policy, manager, person }: Finding['requester'],
): readonly Candidate[] {
  if (policy === 'may_approve') return [candidate]
  return policy === 'manager' && manager !== null && manager !== person
    ? [{ ...candidate, person: manager }]
    : []
}

/** Everybody once, in the order of the first time, with the greatest weight. */
function unique(candidates: readonly Candidate[]): readonly Candidate[] {
  const weights = new Map<string, number>()
  for (const { person, weight } of candidates) weights.set(person, Math.max(weight, weights.get(person) ?? 0))
  return [...weights].map(([person, weight]) => ({ person, weight }))
}

function canApprove({ seats, rule }: Level): boolean {
  return seats.length > 0 && totalOf(seats) >= neededWeight(rule, seats)
}

/** Without those who are asked again later, unless the rest could not decide any more. */
function withoutRepeated(level: Level, at: number, levels: readonly Level[]): Level {
  const later = new Set(levels.slice(at + 1).flatMap(({ seats }) => seats.map(({ person }) => person)))
  const seats = level.seats.filter(({ person }) => !later.has(person))
  if (seats.length === level.seats.length) return level
  if (seats.length === 0) return { ...level, seats, settled: { outcome: 'approved', because: 'repeated' } }
  const fewer = { ...level, seats }
  return canApprove(fewer) ? fewer : level
}
