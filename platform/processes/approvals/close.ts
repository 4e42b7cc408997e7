import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { tellPeople, type TellingText } from '../work-items/tell.ts'
import type { Course } from './course.ts'
import { cancelDeadline } from './deadlines.ts'
import { closeParts } from './parts.ts'
import type { Ending } from './result.ts'
import { saveApproval, type ApprovalRow } from './row.ts'

const closings: Readonly<Record<Ending, TellingText>> = {
  approved: 'decided',
  rejected: 'decided',
  returned: 'returned',
  withdrawn: 'withdrawn',
}

/** Ends an approval: what is open is closed, deadlines are void, and who gets copies is told. */
export async function closeApproval(
  unit: UnitOfWork,
  {
    row,
    course,
    outcome,
    level,
  }: { row: ApprovalRow; course: Course; outcome: Ending; level: string | null },
): Promise<void> {
  const { instance, id: approval, plan } = row
  await saveApproval(unit, { id: approval, status: outcome, course, level, due_at: null })
  await closeParts(unit, { row, closing: closings[outcome] })
  if (plan.deadline !== undefined) await cancelDeadline(unit, { instance, approval })
  if (row.level !== null && plan.levels[row.level]?.deadline !== undefined)
    await cancelDeadline(unit, { instance, approval, level: row.level })
  if (outcome === 'returned')
    await tellPeople(unit, { text: 'returned', people: [row.requested_by], about: row })
  for (const copy of plan.copies)
    if (copy.at === 'end' || (copy.at === 'rejection' && outcome === 'rejected'))
      await tellPeople(unit, { text: `copy_${outcome}`, people: copy.people, about: row })
}
