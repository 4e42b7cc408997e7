import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { TriggerModel } from '../../definitions/model/trigger.ts'
import { actingAs, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { findByKey } from '../../records/write/upsert.ts'
import { retryWait } from '../outgoing/retry-wait.ts'
import type { ProcessPorts } from '../ports.ts'
import { timerPrincipal } from '../steps/acting.ts'
import { applyEffects } from '../steps/apply.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { sendEvent } from '../steps/send-event.ts'
import { decided } from '../steps/take-step.ts'
import { eventVariables, processRecord } from '../steps/variables.ts'
import { awaitMoment, dueMoment } from './due.ts'
import { recordBefore } from './notice.ts'
import { askForRuns } from './runs.ts'

const retry = { attempts: 6, firstMs: 5_000, longestMs: 3_600_000 }

interface Run {
  readonly id: string
  readonly trigger: string
  readonly record: string | null
  readonly due_at: string
  readonly seen: { readonly before?: RecordValues; readonly event?: RecordValues }
  readonly chain: readonly string[]
  readonly attempts: number
}

/**
 * Carries out what a batch of runs has to do, each in a transaction of its own and exactly once: the row decides. One
 * that fails is undone, tried again later, and does not keep the others back.
 */
export async function runTriggers(work: WorkOptions, batch: string, ports: ProcessPorts = {}): Promise<void> {
  const runs = await work.pool.unsafe<Run[]>(
    `select id, trigger, record, due_at, seen, chain, attempts from _trigger_run
     where batch = $1::uuid and status = 'pending' order by id`,
    [batch],
    { prepare: true },
  )
  for (const run of runs)
    try {
      await writingWork(work, (unit) => carryOut(unit, run, ports))
    } catch (error) {
      await writingWork(work, (unit) => noteFailure(unit, run, error))
    }
}

async function carryOut(unit: UnitOfWork, run: Run, ports: ProcessPorts): Promise<void> {
  const trigger = unit.model.triggers.get(run.trigger)
  const object = unit.model.objects.get(trigger?.object ?? '')
  if (trigger === undefined || object === undefined) return void (await settle(unit, run, 'void'))
  const acting = actingAs(
    { ...unit, cause: { trigger: trigger.name, run: run.id, triggers: [...run.chain, trigger.name] } },
    timerPrincipal(unit, trigger.actor),
  )
  const id = run.record ?? (await foundRecord(acting, { trigger, object, run }))
  const stored = id === null ? {} : await lockIfPresent(unit, object, id)
  if (stored === undefined) return void (await settle(unit, run, 'void'))
  const scene = openScene(acting, { trigger, object, stored, run, hasRecord: id !== null })
  if (trigger.on.type === 'due' && (await isMoved(unit, { trigger, run, scene }))) return
  const holds = await scene.opened.evaluate(() => isWanted(acting, trigger, scene))
  // The lock may have taken time: only now does the row's status count.
  if (!(await settle(unit, run, holds ? 'done' : 'void')) || !holds) return
  const { effects } = await decided(
    scene.opened,
    {
      unit: acting,
      process: trigger.actor,
      record: scene.record,
      ...(scene.before === undefined ? {} : { before: scene.before }),
    },
    (decider) => {
      for (const action of trigger.actions) decider.act(action, { event: scene.event, context: {} })
    },
  )
  await applyEffects(acting, {
    instance: { id: '', process: trigger.actor, record: id },
    object,
    record: stored,
    state: {},
    effects,
    event: trigger.name,
    cause: acting.cause ?? {},
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
}

interface Scene {
  readonly opened: OpenedRecords
  readonly record: RecordValues
  readonly before: RecordValues | undefined
  readonly event: RecordValues
}

function openScene(
  unit: UnitOfWork,
  options: {
    trigger: TriggerModel
    object: ObjectModel
    stored: RecordValues
    run: Run
    hasRecord: boolean
  },
): Scene {
  const { trigger, object, stored, run, hasRecord } = options
  const opened = new OpenedRecords(unit)
  const process = trigger.actor
  const { before } = run.seen
  const form = trigger.on.type === 'inbound' ? trigger.on.form : new Map<string, never>()
  return {
    opened,
    record: hasRecord ? processRecord(opened, { object, process, values: stored }) : {},
    before: before === undefined ? undefined : recordBefore(opened, { trigger, object, before }),
    event: eventVariables(opened, { process, form, values: run.seen.event ?? {} }),
  }
}

/** Conditions on what the record is now. Those on a change were asked when it was made. */
function isWanted(unit: UnitOfWork, { on, when }: TriggerModel, { record, event }: Scene): boolean {
  if (on.type === 'created' || on.type === 'changed') return true
  const conditions = [when, on.type === 'schedule' ? on.where : undefined]
  return conditions.every(
    (condition) => condition === undefined || condition.evaluate({ record, event }, unit.moment) === true,
  )
}

/** Whether the moment is another by now; the trigger waits for that one then. */
async function isMoved(
  unit: UnitOfWork,
  { trigger, run, scene }: { trigger: TriggerModel; run: Run; scene: Scene },
): Promise<boolean> {
  const at = await scene.opened.evaluate(() => dueMoment(unit, { trigger, record: scene.record }))
  if (at === Date.parse(run.due_at)) return false
  await awaitMoment(unit, { trigger, record: String(run.record), at, passed: 'skip' })
  return true
}

/** The record that something sent from outside is about. @throws TesseraError where the role can read none */
async function foundRecord(
  unit: UnitOfWork,
  { trigger, object, run }: { trigger: TriggerModel; object: ObjectModel; run: Run },
): Promise<string | null> {
  if (trigger.on.type !== 'inbound' || trigger.on.finds === undefined) return null
  const { key, values: numbers } = trigger.on.finds
  const { opened, event } = openScene(unit, { trigger, object, stored: {}, run, hasRecord: false })
  const values = await opened.evaluate(() =>
    Object.fromEntries(
      Object.entries(numbers).map(([name, number]) => [
        name,
        trigger.actor.expressions[number]?.evaluate({ event }, unit.moment),
      ]),
    ),
  )
  const id = await findByKey(unit, { object, key, values })
  if (id !== undefined) return id
  const named = Object.entries(values).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  throw new TesseraError('not_found', `There is no ${object.name} with ${named.join(' and ')}.`)
}

/** Whether the run was still to be carried out. */
async function settle(unit: UnitOfWork, { id }: Run, status: 'done' | 'void'): Promise<boolean> {
  const rows = await unit.sql.unsafe(
    `update _trigger_run set status = $2::text, attempts = attempts + 1, last_error = null, done_at = $3::timestamptz
     where id = $1::uuid and status = 'pending' returning id`,
    [id, status, unit.moment.now.toISOString()],
    { prepare: true },
  )
  return rows.length > 0
}

/** Tries it again later; after the last attempt it is listed as failed. */
async function noteFailure(unit: UnitOfWork, run: Run, error: unknown): Promise<void> {
  const isLast = run.attempts + 1 >= retry.attempts
  const now = unit.moment.now.getTime()
  const batch = uuidv7()
  const text = error instanceof Error ? error.message : String(error)
  const rows = await unit.sql.unsafe(
    `update _trigger_run set status = $3::text, attempts = attempts + 1, batch = $4::uuid, last_error = $5::text,
       done_at = $6::timestamptz
     where id = $1::uuid and status = 'pending' and attempts = $2::int returning id`,
    [
      run.id,
      run.attempts,
      isLast ? 'failed' : 'pending',
      batch,
      text.slice(0, 2_000),
      isLast ? new Date(now).toISOString() : null,
    ],
    { prepare: true },
  )
  if (rows.length === 0 || isLast) return
  const wait = retryWait(retry, { failures: run.attempts + 1, chance: Math.random() })
  await askForRuns(unit, { batch, runAt: new Date(now + wait).toISOString() })
}
