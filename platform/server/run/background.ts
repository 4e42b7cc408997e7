import { startWorker, type RunningWorker } from '../../background/index.ts'
import type { Database } from '../../database/index.ts'
import { fireTimer, type ProcessPorts } from '../../processes/index.ts'
import type { RecordPorts, WorkOptions } from '../../records/index.ts'
import type { Log } from '../observe/log.ts'
import type { ModelSource } from '../parts.ts'
import { systemPrincipal } from './system-principal.ts'

/** Starts the worker of this process: due timers of processes. */
export function startBackground(parts: {
  database: Database
  models: ModelSource
  ports: RecordPorts
  processPorts: ProcessPorts
  log: Log
}): Promise<RunningWorker> {
  const { database, models, ports, processPorts, log } = parts
  const workIn = async (tenant: string): Promise<WorkOptions> => {
    const [model, pool] = await Promise.all([models.current(tenant), database.tenant(tenant)])
    return { tenant, model, principal: systemPrincipal(model), now: new Date(), pool, ports }
  }
  return startWorker({
    database,
    handlers: {
      timer: async ({ tenant, payload }) => fireTimer(await workIn(tenant), payload.timer, processPorts),
    },
    log: ({ level, message, error }) => log[level === 'error' ? 'error' : 'warn']({ error }, message),
  })
}
