import {
  armTriggers,
  callInvoked,
  carryOutAlerts,
  carryOutOverdue,
  handOutWork,
  hearOfEnd,
  hearOfRequest,
  overflowWork,
  renewClocks,
  renewPlaces,
  runSchedule,
  runTriggers,
  wakeClock,
  type ProcessPorts,
} from '../processes/index.ts'
import { runRetention } from '../privacy/index.ts'
import { endSessionsOf } from '../database/index.ts'
import { discardAttachment, readingWork, type WorkOptions } from '../records/index.ts'
import type { Principal } from '../access/principal.ts'
import { runImport, type BackgroundParts } from './import/run/run-import.ts'
import { runMigration } from './migrations/run-migration.ts'
import { outgoingMeans, type OutgoingMeans } from './outgoing/means.ts'
import { runDelivery } from './outgoing/run-delivery.ts'
import { runRepair } from './repairs/run-repair.ts'
import { runTimer } from './timers/run-timer.ts'
import type { TaskHandlers } from './worker/start-worker.ts'

/** What the worker does for each task. */
export function taskHandlers(
  parts: BackgroundParts,
  given: ProcessPorts = {},
  means: OutgoingMeans = outgoingMeans({}),
): TaskHandlers {
  const processPorts: ProcessPorts = { requestEnded: hearOfRequest, ...given }
  return {
    import: (job) => runImport(parts, job),
    repair: (job) => runRepair(parts, job, processPorts),
    migrate: ({ tenant, payload, signal }) =>
      runMigration(() => clockwork(parts, tenant), { ...payload, signal }, processPorts),
    timer: async (job) => runTimer(await clockwork(parts, job.tenant), job, processPorts),
    invocation: async ({ tenant, payload }) =>
      hearOfEnd(await clockwork(parts, tenant), payload.invocation, processPorts),
    call: async ({ tenant, payload, attempt, attempts }) =>
      callInvoked(
        await clockwork(parts, tenant),
        { token: payload.invocation, isLast: attempt >= attempts },
        processPorts,
      ),
    clock: async ({ tenant, payload }) => wakeClock(await clockwork(parts, tenant), payload.clock),
    alerts: async ({ tenant, payload }) =>
      carryOutAlerts(await clockwork(parts, tenant), payload.clock, processPorts),
    attachment: async ({ tenant, payload }) =>
      discardAttachment(readingWork(await clockwork(parts, tenant)), payload.attachment),
    effect: async ({ tenant, payload }) =>
      runDelivery(await clockwork(parts, tenant), payload, { means, ports: processPorts }),
    end_sessions: async ({ tenant, payload }) =>
      void (await endSessionsOf(parts.database, { tenant, ...payload })),
    hand_out: async ({ tenant, payload }) => handOutWork(await clockwork(parts, tenant), payload),
    overflow: async ({ tenant, payload }) => overflowWork(await clockwork(parts, tenant), payload),
    overdue: async ({ tenant, payload }) =>
      carryOutOverdue(await clockwork(parts, tenant), payload.item, processPorts),
    renew_queues: async ({ tenant }) => renewPlaces(await clockwork(parts, tenant)),
    trigger: async ({ tenant, payload }) =>
      runTriggers(await clockwork(parts, tenant), payload.batch, processPorts),
    schedule: async ({ tenant, payload }) => runSchedule(await clockwork(parts, tenant), payload.trigger),
    arm_triggers: async ({ tenant }) => armTriggers(await clockwork(parts, tenant)),
    renew_clocks: async ({ tenant }) => renewClocks(await clockwork(parts, tenant)),
    retention: async ({ tenant, signal }) =>
      void (await runRetention(await clockwork(parts, tenant), signal)),
  }
}

/** Work that nobody does: its time has come. */
async function clockwork(parts: BackgroundParts, tenant: string): Promise<WorkOptions> {
  const { database, models, ports, clock } = parts
  const model = await models.current(tenant)
  const { timeZone, locale } = model.settings
  const principal: Principal = {
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
  return { tenant, model, principal, now: clock(), pool: await database.tenant(tenant), ports }
}
