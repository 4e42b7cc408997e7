import type { Principal } from '../../access/principal.ts'
import type { Database } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import {
  armTriggers,
  callInvoked,
  carryOutAlerts,
  carryOutOverdue,
  fireTimer,
  handOutWork,
  hearOfEnd,
  overflowWork,
  runSchedule,
  runTriggers,
  wakeClock,
  type ProcessPorts,
} from '../../processes/index.ts'
import type { RecordPorts, WorkOptions } from '../../records/index.ts'
import { nextComing, type Coming } from './coming.ts'

/** A tenant of its own in which something is played, with a clock that only the player moves. */
export interface Stage {
  readonly model: Model
  readonly processPorts: ProcessPorts
  /** Who makes the people, and looks where nobody is named. */
  readonly system: Principal
  readonly now: Date
  /** Work of somebody at the present moment. */
  work(principal: Principal): WorkOptions
  /** Carries out what the worker does at once: what triggers have to do, calls and ends of invocations, handing out work. */
  settle(): Promise<void>
  /** Carries out the first of what comes due by a moment, at its own moment; where nothing does, the clock goes there. */
  advance(until: Date): Promise<Coming | undefined>
  /** Moves the clock; whatever comes due on the way does so at its own moment. */
  moveTo(moment: Date): Promise<void>
}

/** What came due and could not be carried out. */
export interface ComingFailure {
  readonly coming: Coming
  readonly error: unknown
}

/**
 * @param options.begins the moment at which the clock stands
 * @param options.failed is told of what came due and failed, which then is left alone; without it, the error is thrown
 */
export async function openStage(options: {
  database: Database
  tenant: string
  model: Model
  begins: Date
  ports: RecordPorts
  processPorts: ProcessPorts
  failed?: (failure: ComingFailure) => void
}): Promise<Stage> {
  const { database, tenant, model, ports, processPorts, failed } = options
  const pool = await database.tenant(tenant)
  let now = options.begins
  const system = systemOf(model)
  const broken = new Set<string>()
  const work = (principal: Principal): WorkOptions => ({ tenant, model, principal, now, pool, ports })
  const comes: Readonly<Record<Coming['what'], (coming: Coming) => Promise<unknown>>> = {
    timer: ({ id }) => fireTimer(work(system), id, processPorts),
    clock: ({ id }) => wakeClock(work(system), id),
    alert: ({ id }) => carryOutAlerts(work(system), id, processPorts),
    overdue: ({ id }) => carryOutOverdue(work(system), id, processPorts),
    overflow: ({ id, queue }) => overflowWork(work(system), { item: id, queue }),
    trigger: ({ id }) => runTriggers(work(system), id, processPorts),
    schedule: ({ id }) => runSchedule(work(system), id),
  }
  async function carryOut(coming: Coming): Promise<void> {
    try {
      await comes[coming.what](coming)
    } catch (error) {
      if (failed === undefined) throw error
      broken.add(coming.id)
      failed({ coming, error })
    }
  }
  /** Work goes from queue to queue in no circle, so that it is at rest after as many rounds as there are queues. */
  async function settle(): Promise<void> {
    do await runDueTriggers()
    while (await endInvocations())
    for (let round = 0; round < model.queues.size; round++) await handOutWork(work(system), {})
  }
  async function runDueTriggers(): Promise<void> {
    if (model.triggers.size === 0) return
    for (;;) {
      const [next] = await pool<{ batch: string }[]>`
        select batch from _trigger_run
        where status = 'pending' and attempts = 0 and due_at <= ${now.toISOString()} order by id limit 1`
      if (next === undefined) return
      await runTriggers(work(system), next.batch, processPorts)
    }
  }
  /** Calls of plugins are carried out, and processes hear of what has ended elsewhere; whether there was any. */
  async function endInvocations(): Promise<boolean> {
    if (!invokes(model)) return false
    const rows = await pool<{ id: string; actor: string; status: string }[]>`
      select id, actor, status from _invocation
      where status = 'ended' or (status = 'open' and actor = 'call') order by id`
    for (const { id, status } of rows)
      if (status === 'ended') await hearOfEnd(work(system), id, processPorts)
      else await callInvoked(work(system), { token: id, isLast: true }, processPorts)
    return rows.length > 0
  }
  async function advance(until: Date): Promise<Coming | undefined> {
    const next = await nextComing(pool, { until, except: broken })
    if (next === undefined) {
      now = until
      return undefined
    }
    const due = new Date(next.at)
    if (due > now) now = due
    await carryOut(next)
    await settle()
    return next
  }
  await armTriggers(work(system))
  return {
    model,
    processPorts,
    system,
    work,
    get now() {
      return now
    },
    settle,
    advance,
    async moveTo(moment) {
      while ((await advance(moment)) !== undefined);
    },
  }
}

function systemOf({ settings: { locale, timeZone } }: Model): Principal {
  return {
    kind: 'process',
    userId: undefined,
    name: 'Stage',
    email: undefined,
    roles: ['administrator'],
    team: undefined,
    manager: undefined,
    locale,
    timeZone,
  }
}

/** Whether any process invokes something that ends elsewhere than in people's work. */
function invokes({ processes }: Model): boolean {
  return [...processes.values()].some(({ actors }) =>
    [...actors.values()].some((actor) => actor !== 'task' && actor !== 'approval'),
  )
}
