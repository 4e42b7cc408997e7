import { invalid, type TesseraError } from '../../access/errors.ts'
import { isRecordId } from '../../records/read/get.ts'
import { readApproval } from '../approvals/row.ts'
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
  if (!needsRole) return
  if (await sitsBeside(unit, item, to))
    throw refused('same_person', 'decides on this approval at the same level already')
  const { queue, form } = item
  const needed = form.roles ?? item.candidate_roles
  const isFit =
    form.roles === undefined
      ? isAmongCandidates(item, { userId: to, ...person })
      : form.roles.some((role) => person.roles.includes(role))
  if (isFit) return
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

/** Whether a person has another part of the same approval at the same time: everybody has one seat in a level. */
async function sitsBeside(unit: UnitOfWork, item: WorkItemRow, person: string): Promise<boolean> {
  if (item.approval === null) return false
  const { course, level } = await readApproval(unit, item.approval)
  const beside = course.levels.find(({ name }) => name === level)?.seats ?? []
  if (beside.some((seat) => seat.id !== item.seat && seat.person === person)) return true
  const rows = await unit.sql.unsafe(
    'select 1 from _work_item where approval = $1::uuid and completed_at is null and assignee = $2::uuid and id <> $3::uuid',
    [item.approval, person, item.id],
    { prepare: true },
  )
  return rows.length > 0
}

function refused(code: string, message: string): TesseraError {
  return invalid([{ field: 'to', code, message }])
}
