import { invalid, TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import { endApproval } from '../approvals/end.ts'
import { runningApproval } from '../approvals/row.ts'
import { fireTaken, takeTimer, type TimerRow } from '../timers/fire.ts'
import { readItem } from '../work-items/find.ts'
import { finishWork } from '../work-items/finish.ts'
import { lockWork } from '../work-items/lock.ts'
import { byOperator, logAct } from './log-act.ts'
import { lockTarget, needLive, type LockedTarget, type Target } from './target.ts'

export interface Skip {
  /** What is not waited for any longer: the timer that is due first, or the work that is open longest, if none is named. */
  readonly what: 'timer' | 'work'
  readonly id?: string
  /** How an approval ends. */
  readonly outcome?: 'approved' | 'rejected'
  readonly reason: string
}

/**
 * Goes on as if a timer had fired now, or as if work had been done: with its declared outcome and an empty form.
 * @throws TesseraError as lockTarget does, conflict where there is none, validation for an approval without an outcome
 */
export async function skipInInstance(
  unit: UnitOfWork,
  request: Target & Skip,
  ports: ProcessPorts = {},
): Promise<void> {
  const target = await lockTarget(unit, request)
  needLive(target)
  if (request.what === 'timer') await skipTimer(unit, { target, request, ports })
  else await skipWork(unit, { target, request, ports })
  const [after] = (await unit.sql.unsafe('select states from _instance where id = $1::uuid', [target.id], {
    prepare: true,
  })) as unknown as { states: string[] }[]
  await logAct(unit, { target, act: 'skip', to: after?.states ?? [], reason: request.reason })
}

interface Skipping {
  readonly target: LockedTarget
  readonly request: Skip
  readonly ports: ProcessPorts
}

async function skipTimer(unit: UnitOfWork, { target, request, ports }: Skipping): Promise<void> {
  const { id, reason } = request
  const [timer] = (await unit.sql.unsafe(
    `select id, instance, event_id, status from _timer where instance = $1::uuid and status = 'pending'
       and ($2::text is null or id::text = $2::text) order by due_at limit 1`,
    [target.id, id ?? null],
    { prepare: true },
  )) as unknown as TimerRow[]
  if (timer === undefined) throw gone('timer')
  const instance = await takeTimer(unit, timer)
  if (instance === undefined) throw gone('timer')
  const { object, stored } = target
  const cause = byOperator(unit, { act: 'skip', reason })
  const by = unit.principal.userId
  if (!(await fireTaken(unit, { timer, instance, object, stored, cause, ports, by })))
    throw new TesseraError(
      'conflict',
      'The process lets the timer lead nowhere now: no condition of it holds.',
    )
}

async function skipWork(unit: UnitOfWork, { target, request, ports }: Skipping): Promise<void> {
  const { id, reason } = request
  const [open] = (await unit.sql.unsafe(
    `select id from _work_item where instance = $1::uuid and completed_at is null and parent is null
       and ($2::text is null or id::text = $2::text) order by created_at, id limit 1`,
    [target.id, id ?? null],
    { prepare: true },
  )) as unknown as { id: string }[]
  if (open === undefined) throw gone('work')
  const item = await readItem(unit, open.id)
  const wanted = item.kind === 'approval' ? request.outcome : undefined
  if (item.kind === 'approval' && wanted === undefined)
    throw invalid([
      {
        field: 'outcome',
        code: 'required',
        message: 'of an approval is "approved" or "rejected"; say which',
      },
    ])
  const by = unit.principal.userId ?? null
  const locked = await lockWork(unit, item)
  const act = { by, cause: byOperator(unit, { act: 'skip', reason }), locked, ports }
  // Of an approval in levels, all of it is over.
  if (item.approval !== null && wanted !== undefined) {
    const row = await runningApproval(unit, item.approval)
    return endApproval(unit, { ...act, row, course: row.course, outcome: wanted, comment: reason })
  }
  const outcome = wanted ?? 'done'
  const output = { outcome, comment: reason, by }
  await finishWork(unit, { ...act, item, outcome, output, event: { act: 'skip', comment: reason } })
}

function gone(what: 'timer' | 'work'): TesseraError {
  return new TesseraError('conflict', `This process waits for no such ${what}.`)
}
