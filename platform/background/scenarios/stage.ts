import type { Principal } from '../../access/principal.ts'
import type { Database } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import {
  armTriggers,
  carryOutAlerts,
  carryOutOverdue,
  fireTimer,
  handOutWork,
  overflowWork,
  runSchedule,
  runTriggers,
  wakeClock,
  type ProcessPorts,
} from '../../processes/index.ts'
import type { RecordPorts, WorkOptions } from '../../records/index.ts'

/** A tenant of its own in which a scenario is played, with a clock that only the scenario moves. */
export interface Stage {
  readonly model: Model
  readonly processPorts: ProcessPorts
  /** Who makes the people, and looks where the scenario names nobody. */
  readonly system: Principal
  readonly now: Date
  /** Work of somebody at the present moment. */
  work(principal: Principal): WorkOptions
  /** Carries out what triggers have to do, and hands out the work that waits in queues, as the worker does at once. */
  settle(): Promise<void>
  /** Moves the clock; each timer, and each clock of a service level, that comes due on the way does so at its own moment. */
  moveTo(moment: Date): Promise<void>
}

/** @param begins the moment at which the clock stands */
export async function openStage(options: {
  database: Database
  tenant: string
  model: Model
  begins: Date
  ports: RecordPorts
  processPorts: ProcessPorts
}): Promise<Stage> {
  const { database, tenant, model, ports, processPorts } = options
  const pool = await database.tenant(tenant)
  let now = options.begins
  const { locale, timeZone } = model.settings
  const system: Principal = {
    kind: 'process',
    userId: undefined,
    name: 'Scenario',
    email: undefined,
    roles: ['administrator'],
    team: undefined,
    manager: undefined,
    locale,
    timeZone,
  }
  const work = (principal: Principal): WorkOptions => ({ tenant, model, principal, now, pool, ports })
  const comes = {
    timer: ({ id }: { id: string }) => fireTimer(work(system), id, processPorts),
    clock: ({ id }: { id: string }) => wakeClock(work(system), id),
    alert: ({ id }: { id: string }) => carryOutAlerts(work(system), id, processPorts),
    overdue: ({ id }: { id: string }) => carryOutOverdue(work(system), id, processPorts),
    overflow: ({ id, queue }: { id: string; queue: string }) =>
      overflowWork(work(system), { item: id, queue }),
    trigger: ({ id }: { id: string }) => runTriggers(work(system), id, processPorts),
    schedule: ({ id }: { id: string }) => runSchedule(work(system), id),
  }
  /** Work goes from queue to queue in no circle, so that it is at rest after as many rounds as there are queues. */
  async function settle(): Promise<void> {
    await runDueTriggers()
    for (let round = 0; round < model.queues.size; round++) await handOutWork(work(system), {})
  }
  async function runDueTriggers(): Promise<void> {
    for (;;) {
      const [next] = await pool<{ batch: string }[]>`
        select batch from _trigger_run
        where status = 'pending' and attempts = 0 and due_at <= ${now.toISOString()} order by id limit 1`
      if (next === undefined) return
      await runTriggers(work(system), next.batch, processPorts)
    }
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
    async moveTo(moment) {
      for (;;) {
        const end = moment.toISOString()
        const [next] = await pool<{ what: keyof typeof comes; id: string; at: string; queue: string }[]>`
          select 'timer' as what, id::text, due_at as at, '' as queue from _timer where status = 'pending' and due_at <= ${end}
          union all select 'clock', id::text, wake_at, '' from _clock where wake_at <= ${end}
          union all select 'alert', clock::text, due_at, '' from _clock_alert where status = 'pending' and due_at <= ${end}
          union all select 'overdue', id::text, overdue_at, '' from _work_item where completed_at is null and overdue_at <= ${end}
          union all select 'overflow', id::text, overflow_at, queue from _work_item
            where status = 'open' and assignee is null and overflow_at <= ${end}
          union all select 'trigger', batch::text, due_at, '' from _trigger_run
            where status = 'pending' and attempts = 0 and due_at <= ${end}
          union all select 'schedule', trigger, next_at, '' from _trigger_watch where next_at <= ${end}
          order by at, what, id limit 1`
        if (next === undefined) break
        const due = new Date(next.at)
        if (due > now) now = due
        await comes[next.what](next)
        await settle()
      }
      now = moment
    },
  }
}
