import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** What an instance waits for: the timers of its states, and what they have invoked, by invocation id. */
export interface OpenThings {
  readonly timers: readonly { readonly id: string; readonly eventId: string }[]
  readonly work: ReadonlySet<string>
  readonly invocations: ReadonlySet<string>
}

export async function openThings(unit: UnitOfWork, instance: string): Promise<OpenThings> {
  const rows = (await unit.sql.unsafe(
    `select 'timer' as kind, id::text as id, event_id as name from _timer
       where instance = $1::uuid and status = 'pending' and event_id like 'xstate.after.%'
     union all select 'work', null, invocation from _work_item
       where instance = $1::uuid and completed_at is null and invocation is not null
     union all select 'work', null, invocation from _approval where instance = $1::uuid and status = 'running'
     union all select 'invocation', null, invocation from _invocation
       where instance = $1::uuid and status in ('open', 'ended')`,
    [instance],
    { prepare: true },
  )) as unknown as { kind: 'timer' | 'work' | 'invocation'; id: string; name: string }[]
  const named = (kind: string) => new Set(rows.filter((row) => row.kind === kind).map(({ name }) => name))
  return {
    timers: rows.filter(({ kind }) => kind === 'timer').map(({ id, name }) => ({ id, eventId: name })),
    work: named('work'),
    invocations: named('invocation'),
  }
}
