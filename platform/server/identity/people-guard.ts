import { invalid, TesseraError } from '../../access/errors.ts'
import { rightsOf, rightsOfPrincipal } from '../../access/rights.ts'
import type { Model, ObjectModel } from '../../definitions/model/model.ts'
import type { BeforeWrite, RecordPorts, RecordValues, UnitOfWork } from '../../records/index.ts'

/**
 * What no write to the object `user` may do, whatever the roles say about its records; on the one write path, so that
 * imports, bulk writes and processes keep to it too:
 * - nobody changes his own roles, and only who administers changes those of others;
 * - nobody gives a role with a feature of the product that he does not have himself;
 * - the last active person who may administer stays so.
 */
export function guardPeople(beforeWrite: RecordPorts['beforeWrite']): RecordPorts['beforeWrite'] {
  return async (unit, write) => {
    const values = beforeWrite === undefined ? write.values : await beforeWrite(unit, write)
    if (write.object.name === 'user') await checkPerson(unit, { ...write, values })
    return values
  }
}

/** The last active person who may administer is not deleted either. */
export async function guardDeletion(
  unit: UnitOfWork,
  { object, before }: { object: ObjectModel; before: RecordValues },
): Promise<void> {
  if (object.name === 'user' && isAdministrator(unit.model, before))
    await mustLeaveAnAdministrator(unit, before.id as string)
}

async function checkPerson(unit: UnitOfWork, write: BeforeWrite): Promise<void> {
  const { model } = unit
  const { before, values } = write
  const rolesBefore = rolesIn(before?.roles)
  const roles = values.roles === undefined ? rolesBefore : rolesIn(values.roles)
  if (values.roles !== undefined) checkRoles(unit, { id: write.id, before: rolesBefore, after: roles })
  const isActive = (values.is_active === undefined ? before?.is_active : values.is_active) !== false
  const wasOne = before !== undefined && isAdministrator(model, before)
  if (wasOne && !(isActive && mayAdminister(model, roles))) await mustLeaveAnAdministrator(unit, write.id)
}

function checkRoles(
  unit: UnitOfWork,
  { id, before, after }: { id: string; before: readonly string[]; after: readonly string[] },
): void {
  const { principal, model } = unit
  const given = after.filter((role) => !before.includes(role))
  const isChanged = given.length > 0 || before.some((role) => !after.includes(role))
  // What the product does by itself acts under a role that a declaration gives it.
  if (!isChanged || principal.kind !== 'person') return
  if (id === principal.userId) throw refused('own_roles', 'are changed by another administrator')
  const own = rightsOfPrincipal(model, principal).features
  if (!own.has('administer')) throw refused('administer', 'are changed by who has the feature "administer"')
  for (const role of given) {
    const missing = [...rightsOf(model, [role]).features].find((feature) => !own.has(feature))
    if (missing !== undefined)
      throw refused(
        'feature',
        `cannot be given: "${role}" has the feature "${missing}", which you do not have`,
      )
  }
}

/**
 * Refuses where nobody else who is active may administer. Two at the same time wait for each other, so that they
 * cannot take it from one another.
 */
async function mustLeaveAnAdministrator(unit: UnitOfWork, id: string): Promise<void> {
  const roles = [...unit.model.roles.values()].filter(({ features }) => features.has('administer'))
  await unit.sql.unsafe(`select pg_advisory_xact_lock(hashtext(current_schema() || '/administrators'))`)
  const others = await unit.sql.unsafe(
    `select 1 from "user" where id <> $1::uuid and is_active is distinct from false and deleted_at is null
       and roles && $2::text[] limit 1`,
    [id, roles.map(({ name }) => name)],
  )
  if (others.length === 0)
    throw new TesseraError(
      'conflict',
      'This is the last active person who may administer. Give another a role with the feature "administer" first.',
    )
}

function isAdministrator(model: Model, person: RecordValues): boolean {
  return person.is_active !== false && mayAdminister(model, rolesIn(person.roles))
}

function mayAdminister(model: Model, roles: readonly string[]): boolean {
  return rightsOf(model, roles).features.has('administer')
}

function rolesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : []
}

function refused(code: string, message: string): TesseraError {
  return invalid([{ field: 'roles', code, message }])
}
