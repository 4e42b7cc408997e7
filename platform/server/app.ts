import { Hono } from 'hono'
import { TesseraError } from '../access/errors.ts'
import { limitBody } from './http/body-limits.ts'
import type { ServerEnv } from './http/env.ts'
import { identify } from './http/identify.ts'
import { requestLimits } from './http/request-limits.ts'
import { routerByMethod } from './http/router-by-method.ts'
import { securityHeaders } from './http/security-headers.ts'
import { timeLimit } from './http/time-limit.ts'
import { traced } from './http/traced.ts'
import { isUpload } from './http/uploads.ts'
import { createMetrics } from './observe/metrics.ts'
import type { ServerParts } from './parts.ts'
import { answerProblem } from './problems/answer-problem.ts'
import { longestUploadMs } from './settings.ts'
import { absenceRoutes } from './routes/absences.ts'
import { accountSecurityRoutes } from './routes/account-security.ts'
import { administrationRoutes } from './routes/administration/index.ts'
import { invitationRoutes } from './routes/administration/invitations.ts'
import { accessRoutes } from './routes/access.ts'
import { attachmentRoutes } from './routes/attachments.ts'
import { auditRoutes } from './routes/audit.ts'
import { authRoutes } from './routes/auth.ts'
import { inboundRoutes } from './routes/automation/inbound.ts'
import { outgoingRoutes } from './routes/automation/outgoing.ts'
import { triggerRunRoutes } from './routes/automation/trigger-runs.ts'
import { changeRoutes } from './routes/changes.ts'
import { erasureRoutes } from './routes/erasure.ts'
import { healthRoutes } from './routes/health.ts'
import { endActingAtSignOut } from './routes/end-acting-at-sign-out.ts'
import { impersonationRoutes } from './routes/impersonation.ts'
import { importRoutes } from './routes/imports.ts'
import { keyRoutes } from './routes/keys.ts'
import { metaRoutes } from './routes/meta.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { instanceRoutes, migrationRoutes, repairRoutes } from './routes/operation.ts'
import { openApiRoutes } from './routes/openapi.ts'
import { peopleRoutes } from './routes/people.ts'
import { clockRoutes } from './routes/processes/clocks.ts'
import { eventRoutes } from './routes/processes/events.ts'
import { notificationRoutes } from './routes/processes/notifications.ts'
import { approvalRoutes } from './routes/processes/approvals.ts'
import { workItemRoutes } from './routes/processes/work-items.ts'
import { presenceRoutes, queueRoutes, workProfileRoutes } from './routes/processes/queues.ts'
import { bulkRoutes } from './routes/records/bulk.ts'
import { recordReads } from './routes/records/read.ts'
import { recordWrites } from './routes/records/write.ts'
import { searchRoutes } from './routes/search.ts'
import { sessionRoutes } from './routes/session.ts'
import { sharingRoutes } from './routes/sharing.ts'
import { unsubscribeRoutes } from './routes/unsubscribe.ts'
import { versionRoutes } from './routes/versions.ts'
import { interfaceRoutes } from './static/serve-interface.ts'

/** The HTTP face over its parts. It listens to nothing; see listen.ts. */
export function createApp(parts: ServerParts): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>({ router: routerByMethod() })
  app.onError((error, c) => answerProblem(c, parts.log, error))
  const metrics = createMetrics(parts)
  app.use(traced(metrics, parts.settings), securityHeaders(parts.settings))
  app.route('/', healthRoutes(parts))
  app.route('/', metricsRoutes(metrics, parts.settings))
  app.route('/api', api(parts))
  if (parts.settings.interfaceFolder !== undefined)
    app.route('/', interfaceRoutes(parts.settings.interfaceFolder))
  app.notFound((c) => answerProblem(c, parts.log, new TesseraError('not_found', 'There is nothing here.')))
  return app
}

function api(parts: ServerParts): Hono<ServerEnv> {
  const { settings } = parts
  const routes = new Hono<ServerEnv>()
  const small = limitBody(settings.jsonLimitBytes)
  const soon = timeLimit(settings.timeoutMs)
  const late = timeLimit(longestUploadMs)
  routes.use((c, next) => (isUpload(c.req.path) ? next() : small(c, next)))
  routes.use((c, next) => (isUpload(c.req.path) ? late(c, next) : soon(c, next)))
  routes.post('/auth/sign-out', endActingAtSignOut(parts))
  routes.route('/auth', authRoutes(parts))
  routes.route('/inbound', inboundRoutes(parts))
  routes.route('/unsubscribe', unsubscribeRoutes(parts))
  routes.route('/invitations', invitationRoutes(parts))
  routes.use(identify(parts), requestLimits(settings))
  // Large bodies only from who has been identified.
  routes.post('/imports/preview', limitBody(settings.uploadLimitBytes))
  routes.route('/session', sessionRoutes(parts))
  routes.route('/account', accountSecurityRoutes(parts))
  routes.route('/meta', metaRoutes())
  routes.route('/', openApiRoutes())
  routes.route('/records', recordReads())
  routes.route('/records', eventRoutes(parts))
  routes.route('/records', clockRoutes())
  routes.route('/records', sharingRoutes(parts))
  routes.route('/records', bulkRoutes(parts))
  routes.route('/records', recordWrites(parts))
  routes.route('/', attachmentRoutes(parts))
  routes.route('/work-items', workItemRoutes(parts))
  routes.route('/queues', queueRoutes(parts))
  routes.route('/presence', presenceRoutes(parts))
  routes.route('/work-profiles', workProfileRoutes())
  routes.route('/approvals', approvalRoutes(parts))
  routes.route('/instances', instanceRoutes(parts))
  routes.route('/migrations', migrationRoutes())
  routes.route('/repairs', repairRoutes())
  routes.route('/absences', absenceRoutes(parts))
  routes.route('/notifications', notificationRoutes())
  routes.route('/imports', importRoutes())
  routes.route('/outgoing', outgoingRoutes())
  routes.route('/trigger-runs', triggerRunRoutes())
  routes.route('/changes', changeRoutes(parts))
  routes.route('/search', searchRoutes())
  routes.route('/keys', keyRoutes(parts))
  routes.route('/users', peopleRoutes(parts))
  routes.route('/impersonation', impersonationRoutes(parts))
  routes.route('/administration', administrationRoutes(parts))
  routes.route('/audit', auditRoutes())
  routes.route('/access', accessRoutes(parts))
  routes.route('/erasure', erasureRoutes(parts))
  routes.route('/versions', versionRoutes(parts))
  routes.all('*', () => {
    throw new TesseraError('not_found', 'There is no such address in the API; /api/docs lists them.')
  })
  return routes
}
