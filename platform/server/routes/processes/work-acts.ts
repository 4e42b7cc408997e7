import { Hono, type Context } from 'hono'
import type { z } from 'zod'
import {
  addToWorkItem,
  answerWorkItem,
  changeDueTime,
  claimWorkItem,
  commentWorkItem,
  completeAlone,
  delegateWorkItem,
  recallWorkItem,
  releaseWorkItem,
  removeFromWorkItem,
  returnWorkItem,
  transferWorkItem,
  urgeWorkItem,
  type WorkItem,
} from '../../../processes/index.ts'
import { writingWork, type UnitOfWork } from '../../../records/index.ts'
import { returning } from '../../contract/approvals.ts'
import { completion } from '../../contract/processes.ts'
import { adding, dueChange, giving, remark, removing, urging } from '../../contract/work.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import type { ServerParts } from '../../parts.ts'
import { presentWorkItem } from './present.ts'

/** What people do with one work item. The answer is the item as it is then; 204 where it stays as it was. */
export function workActRoutes({ live, processPorts }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  const done = async (
    c: Context<ServerEnv>,
    act: (unit: UnitOfWork, id: string) => Promise<WorkItem | void>,
  ) => {
    const work = c.get('work')
    const item = await writingWork(work, async (unit) => {
      const after = await act(unit, c.req.param('id') as string)
      return after === undefined ? undefined : presentWorkItem(unit, after)
    })
    live.tellWork(work.tenant)
    return item === undefined ? c.body(null, 204) : c.json(item)
  }
  const plain = (path: string, act: (unit: UnitOfWork, id: string) => Promise<WorkItem>) =>
    routes.post(`/:id/${path}`, (c) => done(c, act))
  const filledIn = <T extends z.ZodType<object>>(
    path: string,
    schema: T,
    act: (unit: UnitOfWork, request: z.output<T> & { id: string }) => Promise<WorkItem | void>,
  ) =>
    routes.post(`/:id/${path}`, async (c) => {
      const request = await readJson(c, schema)
      return done(c, (unit, id) => act(unit, { ...request, id }))
    })

  plain('claim', claimWorkItem)
  plain('release', releaseWorkItem)
  plain('recall', recallWorkItem)
  routes.post('/:id/complete', async (c) => {
    const work = c.get('work')
    const request = { ...(await readJson(c, completion)), id: c.req.param('id') }
    const item = await completeAlone(work, request, processPorts)
    live.tellWork(work.tenant)
    return c.json(presentWorkItem(work, item))
  })
  filledIn('return', returning, (unit, request) => returnWorkItem(unit, request, processPorts))
  filledIn('transfer', giving, transferWorkItem)
  filledIn('delegate', giving, delegateWorkItem)
  filledIn('answer', remark, answerWorkItem)
  filledIn('comment', remark, commentWorkItem)
  filledIn('urge', urging, urgeWorkItem)
  filledIn('add', adding, addToWorkItem)
  filledIn('remove', removing, (unit, request) => removeFromWorkItem(unit, request, processPorts))
  filledIn('due', dueChange, (unit, { id, due_at: due, comment }) =>
    changeDueTime(unit, { id, due: due === null ? null : new Date(due), comment }),
  )
  return routes
}
