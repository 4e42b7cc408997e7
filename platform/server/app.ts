import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { TesseraError } from '../access/errors.ts'
import { limitBody } from './http/body-limits.ts'
import type { ServerEnv } from './http/env.ts'
import { identify } from './http/identify.ts'
import { requestLimits } from './http/request-limits.ts'
import { securityHeaders } from './http/security-headers.ts'
import { timeLimit } from './http/time-limit.ts'
import type { ServerParts } from './parts.ts'
import { answerProblem } from './problems/answer-problem.ts'
import { authRoutes } from './routes/auth.ts'
import { healthRoutes } from './routes/health.ts'
import { keyRoutes } from './routes/keys.ts'
import { metaRoutes } from './routes/meta.ts'
import { peopleRoutes } from './routes/people.ts'
import { bulkRoutes } from './routes/records/bulk.ts'
import { recordReads } from './routes/records/read.ts'
import { recordWrites } from './routes/records/write.ts'
import { searchRoutes } from './routes/search.ts'
import { sessionRoutes } from './routes/session.ts'
import { versionRoutes } from './routes/versions.ts'

/** The HTTP face over its parts. It listens to nothing; see listen.ts. */
export function createApp(parts: ServerParts): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.onError((error, c) => answerProblem(c, parts.log, error))
  app.use(requestId({ limitLength: 64 }), securityHeaders(parts.settings))
  app.route('/', healthRoutes(parts))
  app.route('/api', api(parts))
  app.notFound((c) => answerProblem(c, parts.log, new TesseraError('not_found', 'There is nothing here.')))
  return app
}

function api(parts: ServerParts): Hono<ServerEnv> {
  const { settings } = parts
  const routes = new Hono<ServerEnv>()
  routes.use(limitBody(settings.jsonLimitBytes), timeLimit(settings.timeoutMs))
  routes.route('/auth', authRoutes(parts))
  routes.use(identify(parts), requestLimits(settings))
  routes.route('/session', sessionRoutes(parts))
  routes.route('/meta', metaRoutes())
  routes.route('/records', recordReads())
  routes.route('/records', bulkRoutes(parts))
  routes.route('/records', recordWrites(parts))
  routes.route('/search', searchRoutes())
  routes.route('/keys', keyRoutes(parts))
  routes.route('/users', peopleRoutes(parts))
  routes.route('/versions', versionRoutes(parts))
  return routes
}
