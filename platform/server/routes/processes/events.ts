import { Hono } from 'hono'
import {
  describePicture,
  describeProcess,
  listSteps,
  sendEvent,
  type StepQuery,
} from '../../../processes/index.ts'
import { getRecord, readingWork, writingAndReading, type UnitOfWork } from '../../../records/index.ts'
import { stepQuery } from '../../contract/picture.ts'
import { eventQuery, eventRequest } from '../../contract/processes.ts'
import type { ServerEnv } from '../../http/env.ts'
import { given } from '../../meta/given.ts'
import { readJson } from '../../http/read-json.ts'
import type { ServerParts } from '../../parts.ts'
import { asSeen, ifVisible } from '../records/as-seen.ts'
import { followPeople } from '../records/follow-people.ts'
import { presentPicture, presentStep } from './present-picture.ts'
import { presentProcess } from './present.ts'

/** Where a record is in its process, and the events that move it on. */
export function eventRoutes(parts: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/:object/:id/process', async (c) => {
    const { object, id } = c.req.param()
    const unit = readingWork(c.get('work'))
    return c.json(presentProcess(unit, { object, view: await describeProcess(unit, { object, id }) }))
  })

  routes.get('/:object/:id/process/picture', async (c) => {
    const unit = readingWork(c.get('work'))
    return c.json(presentPicture(unit, await describePicture(unit, c.req.param())))
  })

  routes.get('/:object/:id/process/steps', async (c) => {
    const query = given(stepQuery.parse(c.req.query()))
    const unit = readingWork(c.get('work'))
    const { process, steps, next } = await listSteps(unit, { ...c.req.param(), ...query } as StepQuery)
    return c.json({ steps: steps.map((step) => presentStep(unit, { process, step })), next })
  })

  routes.post('/:object/:id/events/:event', async (c) => {
    const { object, id, event } = c.req.param()
    const { version, values = {} } = await readJson(c, eventRequest)
    const { expand } = eventQuery.parse(c.req.query())
    const answer = await writingAndReading(
      c.get('work'),
      async (unit) => {
        const request = { object, id, event, values, ...(version === undefined ? {} : { version }) }
        const step = await sendEvent(unit, request, { ports: parts.processPorts })
        if (expand === undefined) return { step, process: {} }
        const view = await ifVisible(() => describeProcess(unit, { object, id }))
        return {
          step,
          process: { process: view === undefined ? null : presentProcess(unit, { object, view }) },
        }
      },
      async (unit, { step, process }) => {
        const [record, created] = await Promise.all([
          asSeen(unit, object, step.record),
          visibleOnes(unit, step.created),
        ])
        return { record, ...process, created }
      },
    )
    await followPeople(parts, c.get('work'), { object, ids: [id] })
    return c.json(answer)
  })

  return routes
}

/** Of the records that a step created, those that the sender may know of. */
async function visibleOnes(unit: UnitOfWork, created: readonly { object: string; id: string }[]) {
  const seen = await Promise.all(
    created.map(({ object, id }) =>
      ifVisible(() => getRecord(unit, { object, id, fields: ['id'], hasLines: false })),
    ),
  )
  return created.filter((_, at) => seen[at] !== undefined)
}
