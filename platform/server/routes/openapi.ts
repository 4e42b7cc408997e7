import { Hono } from 'hono'
import { rightsOfPrincipal } from '../../access/rights.ts'
import { answerKept } from '../http/answer-kept.ts'
import type { ServerEnv } from '../http/env.ts'
import { keepAnswers } from '../meta/kept-answer.ts'
import { buildOpenApi } from '../openapi/build-openapi.ts'
import { docsPage } from '../openapi/docs-page.ts'

/** GET /api/openapi.json and, for people, /api/docs. */
export function openApiRoutes(): Hono<ServerEnv> {
  const answers = keepAnswers(buildOpenApi)
  const routes = new Hono<ServerEnv>()
  routes.get('/openapi.json', (c) => {
    const { model, principal } = c.get('work')
    return answerKept(c, answers(model, rightsOfPrincipal(model, principal)))
  })
  routes.get('/docs', (c) => {
    const { model, principal } = c.get('work')
    return c.html(docsPage(buildOpenApi(model, rightsOfPrincipal(model, principal))))
  })
  return routes
}
