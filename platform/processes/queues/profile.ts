import { invalid, notFound, TesseraError, type Fault } from '../../access/errors.ts'
import { SKILL_CHOICE_SET } from '../../definitions/model/queue.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isAdministrator } from '../work-items/rights.ts'
import { memberById } from './members.ts'
import { offerWork } from './wait.ts'

/** What a person takes of the work that is handed out. */
export interface WorkProfile {
  /** The level by skill, from 1 to 5. */
  readonly skills: Readonly<Record<string, number>>
  /** Units at a time; null: what the queue says. */
  readonly capacity: number | null
  readonly share: number
  /** The asking person may change it. */
  readonly can_change: boolean
}

/**
 * The skills and the capacity of a person: for the person, those above in the reporting line, and administrators.
 * @throws TesseraError not_found
 */
export async function readProfile(unit: UnitOfWork, person: string): Promise<WorkProfile> {
  const mayChange = isRecordId(person) && (await isAbove(unit, person))
  const member = mayChange || person === unit.principal.userId ? await memberById(unit, person) : undefined
  if (member === undefined) throw notFound('person', person)
  const { skills, capacity, share } = member
  return { skills, capacity, share, can_change: mayChange }
}

/**
 * Changes them: by those above in the reporting line, and administrators.
 * @param change skills replace all that the person has
 * @throws TesseraError not_found, forbidden, validation
 */
export async function changeProfile(
  unit: UnitOfWork,
  person: string,
  change: {
    skills?: Readonly<Record<string, number>> | undefined
    capacity?: number | null | undefined
    share?: number | undefined
  },
): Promise<WorkProfile> {
  const before = await readProfile(unit, person)
  if (!before.can_change)
    throw new TesseraError(
      'forbidden',
      'Skills are given by those above in the reporting line, and by administrators.',
    )
  const { skills, capacity = before.capacity, share = before.share } = change
  const faults = faultsOf(unit, { skills, before: before.skills, capacity, share })
  if (faults.length > 0) throw invalid(faults)
  await unit.sql.unsafe(
    `insert into _work_person (person, since, seen_at, capacity, share)
     values ($1::uuid, $2::timestamptz, $2::timestamptz, $3::int, $4::int)
     on conflict (person) do update set capacity = excluded.capacity, share = excluded.share`,
    [person, unit.moment.now.toISOString(), capacity, share],
  )
  if (skills !== undefined) {
    await unit.sql.unsafe('delete from _person_skill where person = $1::uuid and skill <> all($2::text[])', [
      person,
      Object.keys(skills),
    ])
    await unit.sql.unsafe(
      `insert into _person_skill (person, skill, level) select $1::uuid, * from unnest($2::text[], $3::int[])
       on conflict (person, skill) do update set level = excluded.level`,
      [person, Object.keys(skills), Object.values(skills)],
    )
  }
  await offerWork(unit, person)
  return readProfile(unit, person)
}

function faultsOf(
  { model }: UnitOfWork,
  options: {
    skills: Readonly<Record<string, number>> | undefined
    before: Readonly<Record<string, number>>
    capacity: number | null
    share: number
  },
): Fault[] {
  const { skills = {}, before, capacity, share } = options
  const choices = model.choiceSets.get(SKILL_CHOICE_SET)?.choices
  const known = [...(choices?.values() ?? [])].filter(({ isRetired }) => !isRetired).map(({ value }) => value)
  const isWhole = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most
  return [
    ...Object.entries(skills).flatMap(([skill, level]): Fault[] => {
      const isKnown = choices?.get(skill)?.isRetired === false || Object.hasOwn(before, skill)
      if (!isKnown)
        return [
          {
            field: 'skills',
            code: 'choice',
            message: `"${skill}" is no skill; known: ${known.join(', ') || 'none'}`,
          },
        ]
      return isWhole(level, 5)
        ? []
        : [
            {
              field: 'skills',
              code: 'range',
              message: `the level of "${skill}" is a whole number from 1 to 5`,
            },
          ]
    }),
    ...(capacity === null || isWhole(capacity, 1_000)
      ? []
      : [{ field: 'capacity', code: 'range', message: 'is a whole number from 1 to 1000' }]),
    ...(isWhole(share, 100)
      ? []
      : [{ field: 'share', code: 'range', message: 'is a whole number from 1 to 100' }]),
  ]
}

async function isAbove(unit: UnitOfWork, person: string): Promise<boolean> {
  if (isAdministrator(unit)) return true
  const [row] = await unit.sql.unsafe(
    `with recursive line(id) as (select manager from "user" where id = $1::uuid
       union select u.manager from "user" u join line on u.id = line.id)
     select 1 from line where id = $2::uuid and $1::uuid <> $2::uuid`,
    [person, unit.principal.userId ?? null],
    { prepare: true },
  )
  return row !== undefined
}
