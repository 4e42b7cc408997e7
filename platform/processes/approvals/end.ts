import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import type { StepCause } from '../steps/cause.ts'
import { sendEvent } from '../steps/send-event.ts'
import { takeStep } from '../steps/take-step.ts'
import type { LockedWork } from '../work-items/lock.ts'
import { closeApproval } from './close.ts'
import { standingOf, type Course } from './course.ts'
import { askSeats } from './parts.ts'
import { resultOf, type Ending } from './result.ts'
import type { ApprovalRow } from './row.ts'
import type { TellingText } from '../work-items/tell.ts'

interface Act {
  readonly row: ApprovalRow
  /** As the act has left it. */
  readonly course: Course
  readonly by: string | null
  readonly comment: string | null
  readonly cause: StepCause
  readonly locked: LockedWork
  readonly ports: ProcessPorts
}

/** After an act: ends the approval where it is decided, and asks whoever comes next where it is not. */
export async function goOn(unit: UnitOfWork, act: Act & { closing?: TellingText }): Promise<void> {
  const { outcome } = standingOf(act.course)
  if (outcome !== undefined) await endApproval(unit, { ...act, outcome })
  else await askSeats(unit, { ...act, closing: act.closing ?? 'decided' })
}

/**
 * Ends an approval and gives its result to the process.
 * @throws TesseraError conflict where the process has left the state
 */
export async function endApproval(unit: UnitOfWork, act: Act & { outcome: Ending }): Promise<void> {
  const { row, course, outcome, by, comment, cause, locked, ports } = act
  const level = course.levels[standingOf(course).level]?.name ?? null
  await closeApproval(unit, { row, course, outcome, level })
  const form = locked.instance.process.forms.get(row.invocation) ?? new Map()
  const output = resultOf(course, { outcome, level, by, comment, form })
  const step = await takeStep(unit, {
    ...locked,
    event: { type: `xstate.done.actor.${row.invocation}`, output },
    name: `approval ${outcome}`,
    payload: output,
    cause,
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
  if (!step.isTaken)
    throw new TesseraError('conflict', 'The process has left the step that this approval belongs to.')
}
