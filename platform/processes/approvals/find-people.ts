import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { AskedSource } from './asked.ts'

/** More people than this are a company, not a level. */
const mostPeople = 200

const active = 'is_active is distinct from false and deleted_at is null'

/**
 * The active people of a source, by id: superiors the nearest first, named ones as they are named, others by name.
 * @throws TesseraError event_refused for more than 200
 */
export async function findPeople(
  unit: UnitOfWork,
  { source, requester }: { source: AskedSource; requester: string | null },
): Promise<readonly string[]> {
  const { role, team, people, superiors } = source
  if (people !== undefined) return named(unit, people)
  if (superiors !== undefined) {
    const of = superiors.of === undefined ? requester : superiors.of
    return of === null ? [] : superiorsOf(unit, { ...superiors, of })
  }
  if (role === undefined && (team === undefined || team === null)) return []
  if (team === null) return []
  return limited(
    await ids(
      unit,
      `select id from "user" where ${active} and ($1::text is null or $1::text = any(roles))
         and ($2::uuid is null or team = $2::uuid) order by name, id limit ${mostPeople + 1}`,
      [role ?? null, team ?? null],
    ),
  )
}

/** The manager of each of the people who has an active one. */
export async function managersOf(
  unit: UnitOfWork,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = (await unit.sql.unsafe(
    `select u.id, u.manager from "user" u join "user" m on m.id = u.manager
     where u.id = any($1::uuid[]) and m.is_active is distinct from false and m.deleted_at is null`,
    [people as string[]],
    { prepare: true },
  )) as unknown as { id: string; manager: string }[]
  return new Map(rows.map(({ id, manager }) => [id, manager]))
}

async function named(unit: UnitOfWork, people: readonly string[]): Promise<readonly string[]> {
  if (people.length === 0) return []
  limited(people)
  const known = new Set(
    await ids(unit, `select id from "user" where ${active} and id = any($1::uuid[])`, [people]),
  )
  return people.filter((person) => known.has(person))
}

/** From so many steps up to so many; the line is followed past people who are not active, who are left out. */
function superiorsOf(
  unit: UnitOfWork,
  { of, from, to }: { of: string; from: number; to: number },
): Promise<readonly string[]> {
  return ids(
    unit,
    `with recursive line(id, step) as (select manager, 1 from "user" where id = $1::uuid
       union all select u.manager, l.step + 1 from line l join "user" u on u.id = l.id where l.step < $3::int)
     select l.id from line l join "user" on "user".id = l.id where l.step >= $2::int and ${active} order by l.step`,
    [of, from, to],
  )
}

async function ids(
  unit: UnitOfWork,
  statement: string,
  values: readonly unknown[],
): Promise<readonly string[]> {
  const rows = await unit.sql.unsafe(statement, values as never[], { prepare: true })
  return rows.map((row) => (row as unknown as { id: string }).id)
}

function limited(people: readonly string[]): readonly string[] {
  if (people.length <= mostPeople) return people
  throw new TesseraError(
    'event_refused',
    `An approval would ask more than ${mostPeople} people at one level; name fewer of them.`,
  )
}
