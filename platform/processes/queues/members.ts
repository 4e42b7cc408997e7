import type { MembersModel, QueueModel, SkillsModel } from '../../definitions/model/queue.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** A person as queues look at people. */
export interface Member {
  readonly id: string
  readonly name: string | null
  readonly roles: readonly string[]
  /** By name. */
  readonly team: string | null
  readonly email: string
  readonly presence: Presence
  readonly since: string | null
  readonly seen_at: string | null
  readonly is_absent: boolean
  readonly capacity: number | null
  readonly share: number
  readonly skills: Readonly<Record<string, number>>
  /** Units of the work of queues that he has. */
  readonly load: number
  readonly turn: number
  readonly pass: number
}

export type Presence = 'available' | 'busy' | 'away'

/** $1 when; $2 the queue whose turns are read. */
const memberSelect =
  `select u.id, u.name, coalesce(u.roles, '{}') as roles, t.name as team, lower(u.email) as email, ` +
  `coalesce(p.presence, 'away') as presence, p.since, p.seen_at, p.capacity, coalesce(p.share, 1) as share, ` +
  `exists (select 1 from _absence a where a.person = u.id and a.starts_at <= $1::timestamptz and a.ends_at > $1::timestamptz ` +
  `and a.cancelled_at is null) as is_absent, ` +
  `(select coalesce(jsonb_object_agg(s.skill, s.level), '{}') from _person_skill s where s.person = u.id) as skills, ` +
  `(select coalesce(sum(w.units), 0)::int from _work_item w where w.assignee = u.id and w.completed_at is null ` +
  `and w.queue is not null) as load, coalesce(q.turn, 0) as turn, coalesce(q.pass, 0) as pass ` +
  `from "user" u left join team t on t.id = u.team left join _work_person p on p.person = u.id ` +
  `left join _queue_turn q on q.queue = $2::text and q.person = u.id ` +
  `where u.is_active is distinct from false and u.deleted_at is null`

/** All who may get work of a queue, by its members or those of one of its rules. */
export async function membersOfQueue(unit: UnitOfWork, queue: QueueModel): Promise<readonly Member[]> {
  const named = [queue.members, ...queue.rules.map(({ members }) => members)]
  const all = (key: keyof MembersModel) => [...new Set(named.flatMap((members) => members[key]))]
  return (await unit.sql.unsafe(
    `${memberSelect} and (u.roles && $3::text[] or t.name = any($4::text[]) or lower(u.email) = any($5::text[])) order by u.id`,
    [unit.moment.now.toISOString(), queue.name, all('roles'), all('teams'), all('people')],
    { prepare: true },
  )) as unknown as Member[]
}

/** One person as the queue looks at him; undefined where he is not active here. */
export async function memberById(unit: UnitOfWork, id: string, queue = ''): Promise<Member | undefined> {
  const [member] = (await unit.sql.unsafe(
    `${memberSelect} and u.id = $3::uuid`,
    [unit.moment.now.toISOString(), queue, id],
    { prepare: true },
  )) as unknown as Member[]
  return member
}

/** Whether work is handed out to somebody: he said that he is here, and was seen lately. */
export function isHere(member: Member, { awayAfterMs }: QueueModel, now: Date): boolean {
  return presenceOf(member, { awayAfterMs, now }) === 'available'
}

/** What a person said, unless he is on leave or has not been seen for so long. */
export function presenceOf(
  { presence, is_absent: isAbsent, seen_at: seen }: Pick<Member, 'presence' | 'is_absent' | 'seen_at'>,
  { awayAfterMs, now }: { awayAfterMs: number; now: Date },
): Presence {
  if (isAbsent || seen === null) return 'away'
  return new Date(seen).getTime() + awayAfterMs <= now.getTime() ? 'away' : presence
}

/** The names of the rules under which a person may get work of a queue; '' stands for work that follows none. */
export function rulesFor({ members, skills, rules }: QueueModel, person: Member): readonly string[] {
  return [{ name: '', members, skills }, ...rules]
    .filter((rule) => isMember(rule.members, person) && hasSkills(rule.skills, person))
    .map(({ name }) => name)
}

/** A person who is a member, whatever he can do. */
export function isMemberOf(queue: QueueModel, person: Member): boolean {
  return [queue.members, ...queue.rules.map(({ members }) => members)].some((members) =>
    isMember(members, person),
  )
}

function isMember({ roles, teams, people }: MembersModel, person: Member): boolean {
  return (
    person.roles.some((role) => roles.includes(role)) ||
    (person.team !== null && teams.includes(person.team)) ||
    people.includes(person.email)
  )
}

function hasSkills(needed: SkillsModel, { skills }: Member): boolean {
  return [...needed].every(([skill, level]) => (skills[skill] ?? 0) >= level)
}

/** How many units a person may have; undefined for no limit. */
export function capacityOf(queue: Pick<QueueModel, 'capacity'>, member: Member): number | undefined {
  return member.capacity ?? queue.capacity
}

/**
 * Locks people, so that nobody gives them work at the same moment: what they have is to be read after that. In one order,
 * so that two who lock several do not wait for each other.
 */
export async function lockPeople(unit: UnitOfWork, ids: readonly string[]): Promise<void> {
  await unit.sql.unsafe(
    `select 1 from _work_person where person = any($1::uuid[]) order by person for update`,
    [ids as string[]],
    { prepare: true },
  )
}
