import { invalid, type TesseraError } from '../../access/errors.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isBarred } from './rights.ts'
import type { WorkItemRow } from './work-item.ts'

/**
 * Makes sure that work can be given to a person: active, not the one who has it, not the one who asked for the approval.
 * @param needsRole whether the person takes the work over, and so has to hold its role
 * @throws TesseraError validation at `to`
 */
export async function mustBeAbleToDo(
  unit: UnitOfWork,
  options: { item: WorkItemRow; to: string; needsRole: boolean },
): Promise<void> {
  const { item, to, needsRole } = options
  const roles = await rolesOfActive(unit, to)
  if (roles === undefined) throw refused('person', 'is nobody who is active here')
  if (item.assignee === to) throw refused('same_person', 'has this work already')
  if (isBarred(item, to))
    throw refused('requester', 'asked for this approval and so does not take part in it')
  const needed = item.candidate_roles
  if (needsRole && needed.length > 0 && !needed.some((role) => roles.includes(role)))
    throw refused('role', `does not hold the role ${needed.join(' or ')} that this work needs`)
}

/** The roles of a person; undefined where there is no such person or no longer. */
export async function rolesOfActive(
  unit: UnitOfWork,
  person: string,
): Promise<readonly string[] | undefined> {
  if (!isRecordId(person)) return undefined
  const [row] = (await unit.sql.unsafe(
    `select coalesce(roles, '{}') as roles from "user" where id = $1::uuid and is_active is distinct from false and deleted_at is null`,
    [person],
    { prepare: true },
  )) as unknown as { roles: string[] }[]
  return row?.roles
}

function refused(code: string, message: string): TesseraError {
  return invalid([{ field: 'to', code, message }])
}
