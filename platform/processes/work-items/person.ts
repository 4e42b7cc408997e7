import { invalid, type TesseraError } from '../../access/errors.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isAmongCandidates, isBarred } from './rights.ts'
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
  const person = await activePerson(unit, to)
  if (person === undefined) throw refused('person', 'is nobody who is active here')
  if (item.assignee === to) throw refused('same_person', 'has this work already')
  if (isBarred(item, to))
    throw refused('requester', 'asked for this approval and so does not take part in it')
  if (!needsRole || isAmongCandidates(item, { userId: to, ...person })) return
  const { candidate_roles: needed, queue } = item
  if (queue !== null) throw refused('member', `is no member of the queue "${queue}"`)
  if (needed.length > 0)
    throw refused('role', `does not hold the role ${needed.join(' or ')} that this work needs`)
}

/** The roles of a person; undefined where there is no such person or no longer. */
export async function rolesOfActive(
  unit: UnitOfWork,
  person: string,
): Promise<readonly string[] | undefined> {
  return (await activePerson(unit, person))?.roles
}

async function activePerson(
  unit: UnitOfWork,
  person: string,
): Promise<{ readonly roles: readonly string[]; readonly team: string | null } | undefined> {
  if (!isRecordId(person)) return undefined
  const [row] = (await unit.sql.unsafe(
    `select coalesce(roles, '{}') as roles, team from "user" where id = $1::uuid and is_active is distinct from false and deleted_at is null`,
    [person],
    { prepare: true },
  )) as unknown as { roles: string[]; team: string | null }[]
  return row
}

function refused(code: string, message: string): TesseraError {
  return invalid([{ field: 'to', code, message }])
}
