import type { Principal } from '../../access/principal.ts'
import { createRecord, writingWork } from '../../records/index.ts'
import { Deviation } from './deviation.ts'
import type { Stage } from './stage.ts'

/** Somebody who acts, as a document declares him. */
export interface CastPerson {
  readonly roles: readonly string[]
  readonly team?: string
  /** Another of the people, named before. */
  readonly manager?: string
}

/** Makes people and their teams; gives each with what he may do. */
export async function makePeople(
  stage: Stage,
  people: Readonly<Record<string, CastPerson>>,
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
    await standBy(stage, userId)
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

/** Those who play are always here for work that is handed out. */
async function standBy(stage: Stage, person: string): Promise<void> {
  if (stage.model.queues.size === 0) return
  await stage
    .work(stage.system)
    .pool.unsafe(
      `insert into _work_person (person, presence, seen_at) values ($1::uuid, 'available', '9999-01-01T00:00:00Z')`,
      [person],
    )
}
