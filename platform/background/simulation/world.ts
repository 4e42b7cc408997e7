import type { Principal } from '../../access/principal.ts'
import { rightsOf } from '../../access/rights.ts'
import type { FieldModel } from '../../definitions/model/model.ts'
import { randomFor, type Random } from '../recipes/random.ts'
import type { RecordBook } from '../recipes/record-book.ts'
import type { Stage } from '../stage/index.ts'
import type { Case } from './case.ts'
import type { Script } from './script.ts'

/** Everything that a simulation is played with. */
export interface World {
  readonly script: Script
  readonly stage: Stage
  readonly seed: number
  /** When it is over, whatever is still open. */
  readonly ends: Date
  readonly people: ReadonlyMap<string, Principal>
  /** Records that are declared, by the keys under which recipes know them, and their ids. */
  readonly book: RecordBook
  readonly ids: Map<string, string>
  /** Records that were made up so that others can refer to them, by object and person. */
  readonly props: Map<string, readonly string[]>
  /** Those that have begun, by number and by record. */
  readonly cases: Case[]
  readonly casesByRecord: Map<string, Case>
  /** Until when somebody is at work on something, by the person's id, and how long all in all. */
  readonly busy: Map<string, { readonly until: Date; readonly spentMs: number }>
  /** When somebody began with work, by its id. */
  readonly begun: Map<string, Date>
  /** What failed and is no matter of a case. */
  readonly troubles: Map<string, number>
  /** Counts what is made up. */
  marks: number
}

/** The people behind names of the declaration; everybody where none are said. */
export function peopleNamed(
  { script, people }: World,
  names: readonly string[] | undefined,
): readonly Principal[] {
  const wanted = names?.flatMap((name) => script.cast.groups.get(name) ?? []) ?? [...people.keys()]
  return wanted.flatMap((name) => people.get(name) ?? [])
}

export function personById({ people }: World, id: string | null | undefined): Principal | undefined {
  return id === null || id === undefined
    ? undefined
    : [...people.values()].find(({ userId }) => userId === id)
}

export function rightsIn({ script }: World, person: Principal, object: string) {
  return rightsOf(script.model, person.roles).object(object)
}

/** Chance of its own for each thing of a case, and each time: one more draw of one thing changes no other. */
export function chanceOf({ seed }: World, played: Case, what: string): Random {
  const time = (played.draws.get(what) ?? 0) + 1
  played.draws.set(what, time)
  return randomFor(seed, `case ${played.number}/${what}/${time}`)
}

export function linesOf({ script }: World, { lines }: FieldModel): ReadonlyMap<string, FieldModel> {
  return script.model.objects.get(lines?.object ?? '')?.fields ?? new Map<string, FieldModel>()
}

/** In an order of chance. */
export function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((entry) => [random.next(), entry] as const)
    .sort(([a], [b]) => a - b)
    .map(([, entry]) => entry)
}
