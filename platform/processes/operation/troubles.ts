import { rowPredicate } from '../../access/predicate.ts'
import { identifier } from '../../database/identifier.ts'
import type { StatementBuilder } from '../../database/statement.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { withoutWayOn, type Place } from './places.ts'

/**
 * What is the matter with a live instance. Stuck: nothing can lead on. Failed: what it had to do has failed, a timer or
 * a message. Late: a timer that is due has not fired, or work is past its due time. Left: a new version of its process
 * could not take it over.
 */
export type Trouble = 'stuck' | 'failed' | 'late' | 'left'

export const troubles: readonly Trouble[] = ['stuck', 'failed', 'late', 'left']

/** What is due has that long to happen before it counts as late. */
export const lateAfterMs = 300_000

/** A trouble as a condition over the live instance `i`. */
export async function troubleCondition(
  unit: UnitOfWork,
  { trouble, statement, places }: { trouble: Trouble; statement: StatementBuilder; places: readonly Place[] },
): Promise<string> {
  if (trouble === 'failed')
    return (
      `(i.id in (select instance from _timer where status = 'pending' and last_error is not null) or ` +
      `i.record in (select record from _effect where status = 'failed' and record is not null))`
    )
  if (trouble === 'late') {
    const moment = new Date(unit.moment.now.getTime() - lateAfterMs).toISOString()
    const overdue = statement.constant(moment, 'timestamptz')
    return (
      `i.id in (select instance from _timer where status = 'pending' and due_at < ${overdue} union ` +
      `select instance from _work_item where completed_at is null and due_at < ${overdue} and instance is not null)`
    )
  }
  if (trouble === 'left')
    return (
      `i.id in (select r.instance from _process_migration_refusal r join _process_migration m on m.id = r.migration ` +
      `where m.status <> 'overtaken' and m.definition <> i.definition)`
    )
  const without = (table: string, open: string) =>
    `not exists (select 1 from ${table} x where x.instance = i.id and x.${open})`
  return (
    // The places first: they tell nearly all apart, and cost nothing.
    `(${await withoutWayOn(unit, { statement, places })} and ${without('_timer', "status = 'pending'")} and ${without('_work_item', 'completed_at is null')} and ` +
    `${without('_approval', "status = 'running'")} and ` +
    `${without('_invocation', "status in ('open', 'ended')")} and ${without('_effect', "status in ('waiting', 'failed')")})`
  )
}

/** That the record behind the instance `i` is there and may be read. */
export function visibleRecord(unit: UnitOfWork, statement: StatementBuilder, process?: string): string {
  const objects = [...unit.model.objects.values()].filter(
    ({ name, lifecycle }) =>
      lifecycle !== undefined &&
      (process === undefined || unit.model.processes.get(process)?.object === name) &&
      unit.rights.object(name).read.length > 0,
  )
  const seen = objects.map(({ name }) => {
    const alias = statement.alias('v')
    const permitted = rowPredicate({ ...unit, object: name, action: 'read', alias, statement })
    const row = `select 1 from ${identifier(name)} ${alias} where ${alias}.id = i.record and ${alias}.deleted_at is null and ${permitted}`
    return `(i.object = ${statement.constant(name, 'text')} and exists (${row}))`
  })
  return seen.length === 0 ? 'false' : `(${seen.join(' or ')})`
}
