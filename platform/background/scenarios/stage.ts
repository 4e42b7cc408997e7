import type { Principal } from '../../access/principal.ts'
import type { Database } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { fireTimer, type ProcessPorts } from '../../processes/index.ts'
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
  /** Moves the clock; each timer that comes due on the way fires at its own moment. */
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
        const [timer] = await pool<{ id: string; due_at: string }[]>`
          select id, due_at from _timer where status = 'pending' and due_at <= ${moment.toISOString()}
          order by due_at, id limit 1`
        if (timer === undefined) break
        const due = new Date(timer.due_at)
        if (due > now) now = due
        await fireTimer(work(system), timer.id, processPorts)
      }
      now = moment
    },
  }
}
