import { invalid, TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { rolesOfActive } from '../work-items/person.ts'
import { isAdministrator } from '../work-items/rights.ts'
import { memberById, presenceOf, type Presence } from './members.ts'
import { offerWork } from './wait.ts'

/** Whether somebody is here for work that is handed out. */
export interface PresenceView {
  /** What holds: away while on leave, and after not having been seen for a while. */
  readonly presence: Presence
  /** What the person said. */
  readonly chosen: Presence
  readonly since: string | null
}

const usualAbsenceMs = 15 * 60_000
const seenEveryMs = 60_000

/** The asking person's own. */
export async function readPresence(unit: UnitOfWork): Promise<PresenceView> {
  const member = await memberById(unit, unit.principal.userId ?? '00000000-0000-0000-0000-000000000000')
  if (member === undefined) return { presence: 'away', chosen: 'away', since: null }
  const presence = presenceOf(member, { awayAfterMs: shortestAbsence(unit), now: unit.moment.now })
  return { presence, chosen: member.presence, since: member.since }
}

/**
 * Says whether a person is here: the asking one, or another by an administrator. Waiting work is handed out to who has
 * become available.
 * @throws TesseraError forbidden, validation for somebody who is not active here
 */
export async function setPresence(
  unit: UnitOfWork,
  { presence, person = unit.principal.userId }: { presence: Presence; person?: string | undefined },
): Promise<PresenceView> {
  if (person === undefined || (person !== unit.principal.userId && !isAdministrator(unit)))
    throw new TesseraError('forbidden', 'None of your roles has the feature "administer".')
  if ((await rolesOfActive(unit, person)) === undefined)
    throw invalid([{ field: 'person', code: 'person', message: 'is nobody who is active here' }])
  await unit.sql.unsafe(
    `insert into _work_person as p (person, presence, since, seen_at) values ($1::uuid, $2::text, $3::timestamptz, $3::timestamptz)
     on conflict (person) do update set presence = excluded.presence, seen_at = excluded.seen_at,
       since = case when p.presence = excluded.presence then p.since else excluded.since end`,
    [person, presence, unit.moment.now.toISOString()],
    { prepare: true },
  )
  await offerWork(unit, person)
  return { presence, chosen: presence, since: unit.moment.now.toISOString() }
}

/** The asking person does something: he is not idle. Who comes back is offered what waits. */
export async function seePerson(unit: UnitOfWork): Promise<void> {
  const now = unit.moment.now
  const [seen] = (await unit.sql.unsafe(
    `update _work_person p set seen_at = $2::timestamptz from (select person, seen_at from _work_person where person = $1::uuid) before
     where p.person = before.person and p.seen_at < $3::timestamptz returning before.seen_at`,
    [unit.principal.userId ?? null, now.toISOString(), new Date(now.getTime() - seenEveryMs).toISOString()],
    { prepare: true },
  )) as unknown as { seen_at: string }[]
  const wasAway =
    seen !== undefined && new Date(seen.seen_at).getTime() + shortestAbsence(unit) <= now.getTime()
  if (wasAway && unit.principal.userId !== undefined) await offerWork(unit, unit.principal.userId)
}

function shortestAbsence({ model }: UnitOfWork): number {
  const declared = [...model.queues.values()].map(({ awayAfterMs }) => awayAfterMs)
  return Math.min(...(declared.length === 0 ? [usualAbsenceMs] : declared))
}
