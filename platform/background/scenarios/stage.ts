import type { Principal } from '../../access/principal.ts'
import type { Database } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { carryOutAlerts, fireTimer, wakeClock, type ProcessPorts } from '../../processes/index.ts'
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
  return {
    model,
    processPorts,
    system,
    work,
    get now() {
      return now
    },
    async moveTo(moment) {
      for (;;) {
        const end = moment.toISOString()
        const [next] = await pool<{ what: 'alert' | 'clock' | 'timer'; id: string; at: string }[]>`
          select 'timer' as what, id, due_at as at from _timer where status = 'pending' and due_at <= ${end}
          union all select 'clock', id, wake_at from _clock where wake_at <= ${end}
          union all select 'alert', clock, due_at from _clock_alert where status = 'pending' and due_at <= ${end}
          order by at, what, id limit 1`
        if (next === undefined) break
        const due = new Date(next.at)
        if (due > now) now = due
        if (next.what === 'timer') await fireTimer(work(system), next.id, processPorts)
        else if (next.what === 'clock') await wakeClock(work(system), next.id)
        else await carryOutAlerts(work(system), next.id, processPorts)
      }
      now = moment
    },
  }
}
