import type { RecordedStep } from '../../../processes/picture/way.ts'
import type { World } from '../world.ts'

/** Everything that was recorded of the cases, as the runtime keeps it. */
export interface PlayedHistory {
  /** The processes of the cases and their parts. */
  readonly instances: readonly PlayedInstance[]
  readonly items: readonly PlayedItem[]
  /** What triggers could not do. */
  readonly failedRuns: readonly { readonly record: string | null; readonly message: string }[]
}

export interface PlayedInstance {
  readonly id: string
  readonly process: string
  readonly record: string
  readonly states: readonly string[]
  readonly ended_at: string | null
  /** Whether a timer waits. */
  readonly has_timer: boolean
  /** What is waited for that is not people's work, by id of the invocation. */
  readonly waiting: readonly string[]
  readonly steps: readonly PlayedStep[]
}

export interface PlayedStep extends RecordedStep {
  readonly by: string | null
  readonly payload: unknown
}

export interface PlayedItem {
  readonly id: string
  readonly record: string
  readonly invocation: string
  readonly status: string
  readonly outcome: string | null
  readonly assignee: string | null
  readonly candidate_roles: readonly string[]
  readonly created_at: string
  readonly completed_at: string | null
  readonly completed_by: string | null
  readonly due_at: string | null
}

export async function readHistory({ stage, script, casesByRecord }: World): Promise<PlayedHistory> {
  const { pool } = stage.work(stage.system)
  const records = [...casesByRecord.keys()]
  const object = script.object.name
  const [instances, steps, items, failedRuns] = await Promise.all([
    pool<Omit<PlayedInstance, 'steps'>[]>`
      select id, process, record, states, ended_at,
        exists (select 1 from _timer t where t.instance = i.id and t.status = 'pending') as has_timer,
        array(select v.invocation from _invocation v where v.instance = i.id and v.status = 'open' order by v.id) as waiting
      from _instance i where object = ${object} and record = any(${records}::uuid[]) order by id`,
    pool<(PlayedStep & { readonly instance: string })[]>`
      select s.instance, s.number, s.at, s.by, s.event, s.payload, s.states, s.transitions
      from _step s join _instance i on i.id = s.instance
      where i.object = ${object} and i.record = any(${records}::uuid[]) order by s.instance, s.number`,
    pool<PlayedItem[]>`
      select id, record, invocation, status, outcome, assignee, candidate_roles, created_at, completed_at, completed_by, due_at
      from _work_item where object = ${object} and record = any(${records}::uuid[]) and parent is null order by id`,
    pool<{ record: string | null; message: string }[]>`
      select record, trigger || ': ' || last_error as message from _trigger_run where last_error is not null order by id`,
  ])
  const byInstance = Map.groupBy(steps, ({ instance }) => instance)
  return {
    instances: instances.map((row) => ({ ...row, steps: byInstance.get(row.id) ?? [] })),
    items,
    failedRuns,
  }
}
