import { fireTimer, type ProcessPorts } from '../processes/index.ts'
import type { Principal } from '../access/principal.ts'
import { runImport, type BackgroundParts } from './import/run/run-import.ts'
import type { TaskHandlers } from './worker/start-worker.ts'

/** What the worker does for each task. */
export function taskHandlers(parts: BackgroundParts, processPorts: ProcessPorts = {}): TaskHandlers {
  return {
    import: (job) => runImport(parts, job),
    async timer({ tenant, payload }) {
      const { database, models, ports, clock } = parts
      const model = await models.current(tenant)
      const { timeZone, locale } = model.settings
      const clockwork: Principal = {
        kind: 'process',
        userId: undefined,
        name: 'Timer',
        email: undefined,
        roles: [],
        team: undefined,
        manager: undefined,
        locale,
        timeZone,
      }
      const pool = await database.tenant(tenant)
      const work = { tenant, model, principal: clockwork, now: clock(), pool, ports }
      await fireTimer(work, payload.timer, processPorts)
    },
  }
}
