import { v7 as uuidv7 } from 'uuid'
import { invalid, notFound, TesseraError } from '../../access/errors.ts'
import { isRecordId } from '../../records/read/get.ts'
import { offerWork } from '../queues/wait.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { rolesOfActive } from './person.ts'
import { isAdministrator } from './rights.ts'
import type { WorkPerson } from './work-item.ts'

/** When a person is away, and who acts for them meanwhile. */
export interface Absence {
  readonly id: string
  readonly person: WorkPerson
  readonly substitute: WorkPerson
  readonly starts_at: string
  readonly ends_at: string
  /** The asking person may take it back. */
  readonly can_cancel: boolean
}

export interface AbsenceRequest {
  /** The asking person without it; somebody else is for administrators. */
  readonly person?: string | undefined
  readonly substitute: string
  readonly startsAt: Date
  readonly endsAt: Date
}

/**
 * Absences that are or will be, in order: of the person, and those in which he stands in; all of them for administrators
 * who ask for `everyone`.
 * @throws TesseraError forbidden
 */
export async function listAbsences(
  unit: UnitOfWork,
  { everyone = false }: { everyone?: boolean } = {},
): Promise<readonly Absence[]> {
  if (everyone) mustAdminister(unit)
  return read(unit, everyone ? 'true' : '$1::uuid in (a.person, a.substitute)', [])
}

/**
 * Says that a person will be away, and who does their work meanwhile.
 * @throws TesseraError validation, forbidden for another person without "administer", conflict with another absence
 */
export async function createAbsence(unit: UnitOfWork, request: AbsenceRequest): Promise<Absence> {
  const { substitute, startsAt, endsAt } = request
  const me = unit.principal.userId
  const person = request.person ?? me
  if (person === undefined || person !== me) mustAdminister(unit)
  if (person === undefined || (await rolesOfActive(unit, person)) === undefined)
    throw invalid([{ field: 'person', code: 'person', message: 'is nobody who is active here' }])
  if (substitute === person || (await rolesOfActive(unit, substitute)) === undefined)
    throw invalid([{ field: 'substitute', code: 'person', message: 'is nobody else who is active here' }])
  if (endsAt <= startsAt || endsAt <= unit.moment.now)
    throw invalid([{ field: 'ends_at', code: 'order', message: 'must come after the start, and after now' }])
  // Two absences of one person are made one after the other, so that they cannot overlap unseen.
  await unit.sql.unsafe('select 1 from "user" where id = $1::uuid for no key update', [person])
  const overlapping = await unit.sql.unsafe(
    `select 1 from _absence where person = $1::uuid and cancelled_at is null
     and starts_at < $3::timestamptz and ends_at > $2::timestamptz`,
    [person, startsAt.toISOString(), endsAt.toISOString()],
  )
  if (overlapping.length > 0)
    throw new TesseraError('conflict', 'There is another absence in this time; take that one back first.')
  const id = uuidv7()
  await unit.sql.unsafe(
    `insert into _absence (id, person, substitute, starts_at, ends_at, created_by, created_at)
     values ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5::timestamptz, $6::uuid, $7::timestamptz)`,
    [
      id,
      person,
      substitute,
      startsAt.toISOString(),
      endsAt.toISOString(),
      me ?? null,
      unit.moment.now.toISOString(),
    ],
  )
  await offerWork(unit, person)
  await offerWork(unit, person, endsAt)
  const [absence] = await read(unit, 'a.id = $3::uuid', [id])
  return absence as Absence
}

/**
 * Takes an absence back, from now on: by the person or an administrator.
 * @throws TesseraError not_found
 */
export async function cancelAbsence(unit: UnitOfWork, id: string): Promise<void> {
  const [cancelled] = (isRecordId(id)
    ? await unit.sql.unsafe(
        `update _absence set cancelled_at = $2::timestamptz, cancelled_by = $3::uuid
         where id = $1::uuid and cancelled_at is null and (person = $3::uuid or $4::boolean) returning person`,
        [id, unit.moment.now.toISOString(), unit.principal.userId ?? null, isAdministrator(unit)],
      )
    : []) as unknown as { person: string }[]
  if (cancelled === undefined) throw notFound('absence', id)
  await offerWork(unit, cancelled.person)
}

async function read(unit: UnitOfWork, condition: string, values: readonly string[]): Promise<Absence[]> {
  const rows = (await unit.sql.unsafe(
    `select a.id, jsonb_build_object('id', a.person, 'name', p.name) as person,
       jsonb_build_object('id', a.substitute, 'name', s.name) as substitute, a.starts_at, a.ends_at
     from _absence a left join "user" p on p.id = a.person left join "user" s on s.id = a.substitute
     where a.cancelled_at is null and a.ends_at > $2::timestamptz and $1::uuid is not distinct from $1::uuid and ${condition}
     order by a.starts_at, a.id limit 500`,
    [unit.principal.userId ?? null, unit.moment.now.toISOString(), ...values] as never[],
    { prepare: true },
  )) as unknown as Omit<Absence, 'can_cancel'>[]
  const { userId } = unit.principal
  return rows.map((row) => ({
    ...row,
    can_cancel: row.person.id === userId || isAdministrator(unit),
  }))
}

function mustAdminister(unit: UnitOfWork): void {
  if (!isAdministrator(unit))
    throw new TesseraError('forbidden', 'None of your roles has the feature "administer".')
}
