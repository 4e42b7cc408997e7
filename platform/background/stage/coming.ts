import type { Sql } from '../../database/sql.ts'

/** Something that happens by itself when its moment has come. */
export interface Coming {
  readonly what: 'timer' | 'clock' | 'alert' | 'overdue' | 'overflow' | 'trigger' | 'schedule'
  readonly id: string
  readonly at: string
  /** The queue that work leaves. */
  readonly queue: string
  /** The record that it is about; null for a schedule. */
  readonly record: string | null
}

/**
 * The earliest of what comes due by a moment; undefined where nothing does.
 * @param except ids of what has failed and is left alone
 */
export async function nextComing(
  pool: Sql,
  { until, except }: { until: Date; except: ReadonlySet<string> },
): Promise<Coming | undefined> {
  const end = until.toISOString()
  const [next] = await pool<Coming[]>`
    select * from (
      select 'timer' as what, t.id::text, t.due_at as at, '' as queue, i.record from _timer t join _instance i on i.id = t.instance
        where t.status = 'pending' and t.due_at <= ${end}
      union all select 'clock', id::text, wake_at, '', record from _clock where wake_at <= ${end}
      union all select 'alert', a.clock::text, a.due_at, '', c.record from _clock_alert a join _clock c on c.id = a.clock
        where a.status = 'pending' and a.due_at <= ${end}
      union all select 'overdue', id::text, overdue_at, '', record from _work_item where completed_at is null and overdue_at <= ${end}
      union all select 'overflow', id::text, overflow_at, queue, record from _work_item
        where status = 'open' and assignee is null and overflow_at <= ${end}
      union all select 'trigger', batch::text, due_at, '', record from _trigger_run
        where status = 'pending' and attempts = 0 and due_at <= ${end}
      union all select 'schedule', trigger, next_at, '', null from _trigger_watch where next_at <= ${end}
    ) coming where id <> all(${[...except]})
    order by at, what, id limit 1`
  return next
}
