import type { Principal } from '../../access/principal.ts'
import { createRecord, writingWork } from '../../records/index.ts'
import { Deviation } from './deviation.ts'
import type { ScenarioPerson } from './document.ts'
import type { Stage } from './stage.ts'

/** Makes the people of a scenario and their teams; gives each with what he may do. */
export async function makePeople(
  stage: Stage,
  people: Readonly<Record<string, ScenarioPerson>>,
): Promise<ReadonlyMap<string, Principal>> {
  const made = new Map<string, Principal>()
  const teams = new Map<string, string>()
  const create = (object: string, values: Readonly<Record<string, unknown>>) =>
    writingWork(stage.work(stage.system), async (unit) =>
      String((await createRecord(unit, { object, values })).id),
    )
  for (const [name, { roles, team, manager }] of Object.entries(people)) {
    const unknown = roles.find((role) => !stage.model.roles.has(role))
    if (unknown !== undefined) throw new Deviation(`there is no role "${unknown}" for ${name}`)
    if (team !== undefined && !teams.has(team)) teams.set(team, await create('team', { name: team }))
    const above = manager === undefined ? undefined : made.get(manager)?.userId
    if (manager !== undefined && above === undefined)
      throw new Deviation(`${name} has the manager "${manager}", who is not among the people named before`)
    const teamId = team === undefined ? undefined : teams.get(team)
    const email = `${name}@example.com`
    const userId = await create('user', {
      name,
      email,
      roles,
      team: teamId ?? null,
      manager: above ?? null,
    })
    made.set(name, {
      ...stage.system,
      kind: 'person',
      userId,
      name,
      email,
      roles,
      team: teamId,
      manager: above,
    })
  }
  return made
}
