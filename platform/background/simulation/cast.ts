import type { Model } from '../../definitions/model/model.ts'
import type { CastPerson } from '../stage/index.ts'
import type { SimulationDocument } from './document.ts'

/** Everybody who works in a simulation. */
export interface Cast {
  /** By name, each after his manager. */
  readonly people: Readonly<Record<string, CastPerson>>
  /** The names behind each entry of the declaration, or behind each role where nobody is declared. */
  readonly groups: ReadonlyMap<string, readonly string[]>
}

/** The people of a simulation: the declared ones, or two for each role. */
export function castOf({ roles }: Pick<Model, 'roles'>, { people }: SimulationDocument): Cast {
  return people === undefined ? castByRole([...roles.keys()]) : declaredCast(people)
}

const chief = 'administrator'

/** Of a role one reports to the other, and that one to an administrator; all are in one team. */
function castByRole(roles: readonly string[]): Cast {
  const ordered = [chief, ...roles.filter((role) => role !== chief)]
  const groups = new Map(ordered.map((role) => [role, [`${role}_1`, `${role}_2`]]))
  const people = ordered.flatMap((role): [string, CastPerson][] => {
    const person = { roles: [role], team: 'Everybody' }
    const above = role === chief ? {} : { manager: `${chief}_1` }
    return [
      [`${role}_1`, { ...person, ...above }],
      [`${role}_2`, { ...person, manager: `${role}_1` }],
    ]
  })
  return { people: Object.fromEntries(people), groups }
}

/** Several of one kind share out among several managers. */
function declaredCast(declared: NonNullable<SimulationDocument['people']>): Cast {
  const groups = new Map<string, readonly string[]>()
  const people: Record<string, CastPerson> = {}
  for (const [name, { count = 1, manager, ...person }] of Object.entries(declared)) {
    const names = count === 1 ? [name] : Array.from({ length: count }, (_, at) => `${name}_${at + 1}`)
    const above = manager === undefined ? [] : (groups.get(manager) ?? [manager])
    for (const [at, each] of names.entries()) {
      const superior = above[at % Math.max(1, above.length)]
      people[each] = { ...person, ...(superior === undefined ? {} : { manager: superior }) }
    }
    groups.set(name, names)
  }
  return { people, groups }
}
