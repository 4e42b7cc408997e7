import type { Comparison, Condition, Constant } from './condition.ts'
import type { Term } from './condition.ts'

/** Which values a term can have. */
export interface Domain {
  /** All values that it has, where they are known. */
  readonly values?: readonly Constant[]
  readonly mayBeBlank: boolean
  /** Whether it can be of another type than what it is compared with. */
  readonly mayBeOther: boolean
}

export const anyValue: Domain = { mayBeBlank: true, mayBeOther: true }

type Atom = Exclude<Condition, { kind: 'constant' | 'all' | 'any' | 'not' }>

interface Literal {
  readonly atom: Atom
  readonly isNegated: boolean
}

/** Beyond so many cases the question is left open. */
const mostCases = 512

/**
 * Whether a condition can hold for any values at all. False is certain: in every case of the condition (its disjunctive
 * normal form) something contradicts itself. True may be said of a condition that never holds. A comparison with a
 * blank is false, so `!(x > 3)` holds for a blank and `x <= 3` does not.
 */
export function canHold(condition: Condition, domainOf: (term: Term) => Domain = () => anyValue): boolean {
  const cases = casesOf(condition, false)
  return cases === undefined || cases.some((literals) => isPossible(literals, domainOf))
}

/** The cases of a condition, each a list of what must hold together; undefined where there are too many. */
function casesOf(condition: Condition, isNegated: boolean): Literal[][] | undefined {
  switch (condition.kind) {
    case 'constant':
      return condition.holds === isNegated ? [] : [[]]
    case 'not':
      return casesOf(condition.part, !isNegated)
    case 'all':
    case 'any': {
      const parts = condition.parts.map((part) => casesOf(part, isNegated))
      if (parts.some((part) => part === undefined)) return undefined
      const known = parts as Literal[][][]
      return (condition.kind === 'all') === isNegated ? limited(known.flat()) : combined(known)
    }
    default:
      return [[{ atom: condition, isNegated }]]
  }
}

function combined(parts: readonly Literal[][][]): Literal[][] | undefined {
  let all: Literal[][] = [[]]
  for (const part of parts) {
    if (all.length * part.length > mostCases) return undefined
    all = all.flatMap((before) => part.map((literals) => [...before, ...literals]))
  }
  return all
}

function limited(cases: Literal[][]): Literal[][] | undefined {
  return cases.length > mostCases ? undefined : cases
}

function isPossible(literals: readonly Literal[], domainOf: (term: Term) => Domain): boolean {
  return [...Map.groupBy(literals, ({ atom }) => (atom.kind === 'opaque' ? atom.key : atom.term.key))].every(
    ([, group]) => {
      const compared = group.filter(({ atom }) => atom.kind !== 'opaque')
      const unknown = group.filter(({ atom }) => atom.kind === 'opaque')
      const isContrary = unknown.some(({ isNegated }) => isNegated !== unknown[0]?.isNegated)
      if (isContrary) return false
      const [first] = compared
      if (first === undefined || first.atom.kind === 'opaque') return true
      return hasValue(compared, domainOf(first.atom.term))
    },
  )
}

const blank = Symbol('blank')
const other = Symbol('other')

/** Whether any value satisfies everything that is said of one term. */
function hasValue(literals: readonly Literal[], domain: Domain): boolean {
  const constants = literals.flatMap(({ atom }) => (atom.kind === 'compare' ? [atom.value] : []))
  const types = new Set([...constants, ...(domain.values ?? [])].map((value) => typeof value))
  if (types.size > 1) return true
  const candidates = [
    ...(domain.mayBeBlank ? [blank] : []),
    ...(domain.mayBeOther || constants.length === 0 ? [other] : []),
    ...(domain.values ?? representatives(constants)),
  ]
  return candidates.some((value) =>
    literals.every(({ atom, isNegated }) => satisfies(value, atom) !== isNegated),
  )
}

/** One value of each kind that comparisons with the constants tell apart. */
function representatives(constants: readonly Constant[]): readonly Constant[] {
  const [first] = constants
  if (typeof first === 'boolean') return [true, false]
  if (typeof first === 'string') return [...constants, `${constants.join('')}, and more`]
  const numbers = [...new Set(constants as readonly number[])].toSorted((a, b) => a - b)
  const between = numbers.slice(1).map((number, at) => (number + (numbers[at] as number)) / 2)
  const ends = numbers.length === 0 ? [] : [(numbers[0] as number) - 1, (numbers.at(-1) as number) + 1]
  return [...numbers, ...between, ...ends]
}

function satisfies(value: Constant | symbol, atom: Atom): boolean {
  if (atom.kind === 'blank') return value === blank
  if (atom.kind === 'opaque' || typeof value === 'symbol') return false
  return compare(value, atom.operator, atom.value)
}

function compare(left: Constant, operator: Comparison, right: Constant): boolean {
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}
