import type { Principal } from '../../access/principal.ts'
import type { Random } from '../recipes/random.ts'
import { shuffled, type World } from './world.ts'

interface Row {
  readonly assignee: string | null
  readonly candidate_roles: readonly string[]
  readonly candidate_users: readonly string[]
  readonly candidate_teams: readonly string[]
}

/** People who might do open work, in an order of chance; whether one may, the work itself says. */
export async function candidatesFor(
  { stage, people }: World,
  { item, random }: { item: { readonly id: string }; random: Random },
): Promise<readonly Principal[]> {
  const [row] = await stage.work(stage.system).pool<Row[]>`
    select assignee, candidate_roles, candidate_users, candidate_teams from _work_item where id = ${item.id}`
  return row === undefined
    ? []
    : shuffled(
        [...people.values()].filter((person) => isMeant(person, row)),
        random,
      )
}

function isMeant({ userId, roles, team }: Principal, row: Row): boolean {
  if (row.assignee !== null) return row.assignee === userId
  return (
    roles.some((role) => row.candidate_roles.includes(role)) ||
    row.candidate_users.includes(String(userId)) ||
    row.candidate_teams.includes(String(team))
  )
}
