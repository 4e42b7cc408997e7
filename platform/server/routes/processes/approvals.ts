import { Hono, type Context } from 'hono'
import { takeBackVote, withdrawApproval } from '../../../processes/index.ts'
import { writingWork, type UnitOfWork } from '../../../records/index.ts'
import { approvalAct } from '../../contract/approvals.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import type { ServerParts } from '../../parts.ts'

/** What people do with a whole approval: its requester withdraws it, an approver takes his word back. */
export function approvalRoutes({ live, processPorts }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  const done = async (
    c: Context<ServerEnv>,
    act: (unit: UnitOfWork, request: { id: string; comment?: string | undefined }) => Promise<void>,
  ) => {
    const work = c.get('work')
    const { comment } = await readJson(c, approvalAct)
    await writingWork(work, (unit) => act(unit, { id: c.req.param('id') as string, comment }))
    live.tellWork(work.tenant)
    return c.body(null, 204)
  }

  routes.post('/:id/withdraw', (c) =>
    done(c, (unit, request) => withdrawApproval(unit, request, processPorts)),
  )
  routes.post('/:id/take-back', (c) => done(c, takeBackVote))
  return routes
}
