import { v7 as uuidv7 } from 'uuid'
import { rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { recordBinding } from '../../access/record-binding.ts'
import { nextTick } from '../../calendars/ticks.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { TriggerModel } from '../../definitions/model/trigger.ts'
import { runStatement } from '../../records/read/run.ts'
import { actingAs, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import { timerPrincipal } from '../steps/acting.ts'
import { askForRuns } from './runs.ts'
import { askForSchedule, lockWatch, saveWatch, type Watch } from './watches.ts'

const batch = 200

/**
 * Goes through the records of a schedule whose moment has come, a batch in a transaction that also moves the place where
 * the next one begins: a node that dies on the way leaves it to another, which goes on there. Moments that were missed
 * come once.
 */
export async function runSchedule(work: WorkOptions, name: string): Promise<void> {
  for (;;) {
    const isOver = await writingWork(work, (unit) => goOn(unit, name))
    if (isOver) return
  }
}

async function goOn(unit: UnitOfWork, name: string): Promise<boolean> {
  const trigger = unit.model.triggers.get(name)
  const watch = await lockWatch(unit, name)
  if (trigger?.on.type !== 'schedule' || watch?.definition !== trigger.hash) return true
  const { ticks } = trigger.on
  const at = watch.running_at ?? watch.next_at
  if (at === null) return true
  const now = unit.moment.now.getTime()
  if (Date.parse(at) > now) {
    await askForSchedule(unit, { trigger: name, runAt: at })
    return true
  }
  const found = await recordsAfter(unit, { trigger, watch })
  await noteRuns(unit, { trigger, ids: found, at })
  if (found.length === batch) {
    await saveWatch(unit, { ...watch, running_at: at, position: found.at(-1) ?? null })
    return false
  }
  const tick = nextTick(ticks, now)
  const next = tick === undefined ? null : new Date(tick).toISOString()
  await saveWatch(unit, { ...watch, next_at: next, running_at: null, position: null })
  if (next !== null) await askForSchedule(unit, { trigger: name, runAt: next })
  return true
}

/** The next records that hold the condition and that the role may read. */
async function recordsAfter(
  unit: UnitOfWork,
  { trigger, watch }: { trigger: TriggerModel; watch: Watch },
): Promise<readonly string[]> {
  const acting = actingAs(unit, timerPrincipal(unit, trigger.actor))
  const { on, object } = trigger
  if (on.type !== 'schedule') return []
  const statement = new StatementBuilder()
  const gate = rowPredicate({ ...acting, object, alias: 't', action: 'read', statement })
  const binding = recordBinding({ model: unit.model, object, alias: 't', statement })
  const text =
    `select t.id from ${identifier(object)} t where t.deleted_at is null and ${gate} ` +
    `and ${on.where.toPredicate(binding, 'bound').sql} ` +
    `and (${statement.slot('position', 'uuid')} is null or t.id > ${statement.slot('position', 'uuid')}) ` +
    `order by t.id limit ${batch}`
  const rows = await runStatement(acting, statement.build(text), {
    ...principalSlots(acting.principal),
    position: watch.running_at === null ? null : watch.position,
  })
  return rows.map((row) => String(row[0]))
}

/** One run for each record and moment. */
async function noteRuns(
  unit: UnitOfWork,
  { trigger, ids, at }: { trigger: TriggerModel; ids: readonly string[]; at: string },
): Promise<void> {
  if (ids.length === 0) return
  const together = uuidv7()
  await unit.sql.unsafe(
    `insert into _trigger_run (id, trigger, object, record, kind, key, status, due_at, batch, created_at)
     select run, $1::text, $2::text, record, 'schedule', concat(record, ' ', $3::text), 'pending', $4::timestamptz,
       $5::uuid, $6::timestamptz
     from unnest($7::uuid[], $8::uuid[]) as found(run, record)
     on conflict (trigger, key) where key is not null do nothing`,
    [
      trigger.name,
      trigger.object,
      at,
      at,
      together,
      unit.moment.now.toISOString(),
      ids.map(() => uuidv7()),
      ids as string[],
    ],
    { prepare: true },
  )
  await askForRuns(unit, { batch: together })
}
