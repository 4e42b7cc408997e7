import { Hono } from 'hono'
import { rightsOfPrincipal } from '../../access/rights.ts'
import { answerKept } from '../http/answer-kept.ts'
import type { ServerEnv } from '../http/env.ts'
import { buildMeta } from '../meta/build-meta.ts'
import { keepAnswers } from '../meta/kept-answer.ts'

/** GET /api/meta: the declarations as far as the person may see them. */
export function metaRoutes(): Hono<ServerEnv> {
  const answers = keepAnswers(buildMeta)
  return new Hono<ServerEnv>().get('/', (c) => {
    const { model, principal } = c.get('work')
    return answerKept(c, answers(model, rightsOfPrincipal(model, principal)))
  })
}
