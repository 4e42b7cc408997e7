import type { ApprovalModel, LevelRule } from '../../definitions/model/approval.ts'

/**
 * The arithmetic of an approval: who is asked next, and when a level is decided. Pure: nothing is read or written, and
 * everything follows from the votes that are there.
 */

export type Vote = 'approved' | 'rejected'

export interface CastVote {
  readonly outcome: Vote
  readonly by: string
  /** Whom a substitute stood in for. */
  readonly on_behalf_of: string | null
  readonly comment: string | null
  /** ISO 8601, in UTC. */
  readonly at: string
  /** What was filled into the form. */
  readonly values: Readonly<Record<string, unknown>>
}

/** The place of one person in a level. */
export interface Seat {
  readonly id: string
  readonly person: string
  readonly weight: number
  readonly vote: CastVote | null
}

export interface Level {
  readonly name: string
  readonly rule: LevelRule
  /** Its people are asked one after the other. */
  readonly isInTurn: boolean
  readonly seats: readonly Seat[]
  /** Decided without votes: nobody was found, everybody comes again later, or the time was over. */
  readonly settled: {
    readonly outcome: Vote
    readonly because: 'nobody' | 'repeated' | 'deadline'
  } | null
}

/** `ask_once`: what a person said counts for the later levels too. */
export type Repeated = ApprovalModel['repeated']

export interface Course {
  readonly repeated: Repeated
  readonly levels: readonly Level[]
}

/** Where an approval stands: decided, or at a level (by position) that waits for some of its seats. */
export type Standing =
  | { readonly outcome: Vote; readonly level: number }
  | { readonly outcome: undefined; readonly level: number; readonly asked: readonly Seat[] }

/** Where the approval stands. It ends with the first level that rejects, or when all levels have approved. */
export function standingOf(course: Course): Standing {
  for (const [level, { seats, isInTurn }] of course.levels.entries()) {
    const outcome = levelOutcome(course, level)
    if (outcome === 'approved') continue
    if (outcome === 'rejected') return { outcome, level }
    const left = seats.filter((seat) => effectiveVote(course, { level, seat }) === null)
    return { outcome: undefined, level, asked: isInTurn ? left.slice(0, 1) : left }
  }
  return { outcome: 'approved', level: course.levels.length - 1 }
}

/** How a level is decided by the votes that are there; undefined while the rest can still turn it. */
export function levelOutcome(course: Course, level: number): Vote | undefined {
  const { seats, rule, settled } = course.levels[level] as Level
  if (settled !== null) return settled.outcome
  const votes = seats.map((seat) => ({
    weight: seat.weight,
    vote: effectiveVote(course, { level, seat }),
  }))
  if (rule.kind === 'first')
    return votes.flatMap(({ vote }) => vote ?? []).toSorted((a, b) => (a.at < b.at ? -1 : 1))[0]?.outcome
  const sum = (outcome: Vote) =>
    votes.reduce((all, { weight, vote }) => (vote?.outcome === outcome ? all + weight : all), 0)
  const needed = neededWeight(rule, seats)
  if (seats.length > 0 && sum('approved') >= needed) return 'approved'
  return totalOf(seats) - sum('rejected') < needed ? 'rejected' : undefined
}

/** The weight that must approve: never more than a hair below what is declared, so that 0.1 of 30 are three. */
export function neededWeight(rule: LevelRule, seats: readonly Pick<Seat, 'weight'>[]): number {
  const total = totalOf(seats)
  switch (rule.kind) {
    case 'all':
      return total
    case 'share':
      return rule.share * total - tolerance
    case 'weight':
      return rule.weight - tolerance
    default:
      return tolerance
  }
}

const tolerance = 1e-9

export function totalOf(seats: readonly Pick<Seat, 'weight'>[]): number {
  return seats.reduce((all, { weight }) => all + weight, 0)
}

/** What counts for a seat: its own vote, or, where people are asked once, what the person said at an earlier level. */
export function effectiveVote(
  { repeated, levels }: Course,
  { level, seat }: { level: number; seat: Seat },
): CastVote | null {
  if (seat.vote !== null || repeated !== 'ask_once') return seat.vote
  const earlier = levels.slice(0, level).flatMap(({ seats }) => seats)
  return earlier.find(({ person, vote }) => person === seat.person && vote !== null)?.vote ?? null
}

/** A vote for a seat, in the name of whoever has its work now. */
export function withVote(
  course: Course,
  { seat, person, vote }: { seat: string; person: string; vote: CastVote },
): Course {
  return changeSeats(course, (each) => (each.id === seat ? { ...each, person, vote } : each))
}

/**
 * Back to an earlier level. `fresh`: it and all after it are asked anew; `jump_back`: it alone, then whoever returned it.
 */
export function withReturn(
  { levels, ...course }: Course,
  { to, then }: { to: number; then: 'fresh' | 'jump_back' },
): Course {
  const isAnew = (at: number) => at === to || (at > to && then === 'fresh')
  return { ...course, levels: levels.map((level, at) => (isAnew(at) ? unvoted(level) : level)) }
}

function unvoted(level: Level): Level {
  return {
    ...level,
    seats: level.seats.map((seat) => ({ ...seat, vote: null })),
    settled: level.settled?.because === 'deadline' ? null : level.settled,
  }
}

/**
 * The course without a person's last vote, if nobody who comes after it has acted: nobody of a later level, nor, in turn,
 * of the same one.
 * @returns undefined where there is no such vote, or where it is too late
 */
export function withoutVote(
  course: Course,
  by: string,
): { readonly course: Course; readonly seat: Seat } | undefined {
  const { levels } = course
  const at = levels.findLastIndex(({ seats }) => seats.some(({ vote }) => vote?.by === by))
  const level = levels[at]
  const seat = level?.seats.findLast(({ vote }) => vote?.by === by)
  if (level === undefined || seat === undefined) return undefined
  const hasVote = (seats: readonly Seat[]) => seats.some(({ vote }) => vote !== null)
  const isPassed = levels
    .slice(at + 1)
    .some(({ seats, settled }) => hasVote(seats) || settled?.because === 'deadline')
  const after = level.isInTurn ? level.seats.slice(level.seats.indexOf(seat) + 1) : []
  if (isPassed || hasVote(after) || level.settled !== null) return undefined
  return {
    course: changeSeats(course, (each) => (each.id === seat.id ? { ...each, vote: null } : each)),
    seat,
  }
}

/** The level is decided because its time is over. */
export function withDeadline(
  { levels, ...course }: Course,
  decided: { level: number; outcome: Vote },
): Course {
  const settled = { outcome: decided.outcome, because: 'deadline' } as const
  return {
    ...course,
    levels: levels.map((level, at) => (at === decided.level ? { ...level, settled } : level)),
  }
}

/**
 * Passes seats that have not voted on to other people, as new seats. A person who gets several, or sits there already and
 * has not voted, has the weight of all of them; one who has voted there gets none.
 * @param moves people by the seat that they get
 */
export function passedOn(
  { levels, ...course }: Course,
  { level: at, moves, newId }: { level: number; moves: ReadonlyMap<string, string>; newId: () => string },
): Course {
  const level = levels[at] as Level
  const seats: Seat[] = []
  for (const seat of level.seats) {
    const person = moves.get(seat.id) ?? seat.person
    const sitting = level.seats.find((each) => each.person === person && each !== seat)
    const isMoved = person !== seat.person && seat.vote === null && (sitting?.vote ?? null) === null
    seats.push(isMoved ? { ...seat, id: newId(), person } : seat)
  }
  const merged: Seat[] = []
  for (const seat of seats) {
    const same = merged.findIndex(({ person, vote }) => person === seat.person && vote === null)
    const known = merged[same]
    if (known === undefined || seat.vote !== null) merged.push(seat)
    else merged[same] = { ...known, weight: known.weight + seat.weight }
  }
  return {
    ...course,
    levels: levels.map((each, index) => (index === at ? { ...each, seats: merged } : each)),
  }
}

function changeSeats({ levels, ...course }: Course, change: (seat: Seat) => Seat): Course {
  return { ...course, levels: levels.map((level) => ({ ...level, seats: level.seats.map(change) })) }
}
