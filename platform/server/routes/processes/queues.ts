import { Hono } from 'hono'
import { SKILL_CHOICE_SET } from '../../../definitions/model/queue.ts'
import type { Model } from '../../../definitions/model/model.ts'
import {
  changeProfile,
  describeQueue,
  listQueues,
  readPresence,
  readProfile,
  seePerson,
  setPresence,
  takeNext,
} from '../../../processes/index.ts'
import { readingWork, writingWork } from '../../../records/index.ts'
import { presenceRequest, workProfileChange } from '../../contract/queues.ts'
import type { ServerEnv } from '../../http/env.ts'
import { readJson } from '../../http/read-json.ts'
import { given } from '../../meta/given.ts'
import type { ServerParts } from '../../parts.ts'
import { presentWorkItem } from './present.ts'

/** What waits, who does it, and the next one. */
export function queueRoutes({ live }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const queues = await listQueues(readingWork(c.get('work')))
    return c.json({ items: queues.map(given) })
  })

  routes.get('/:queue', async (c) => {
    const unit = readingWork(c.get('work'))
    const queue = await describeQueue(unit, c.req.param('queue'))
    const items = queue.items.map((each) => ({ ...each, item: presentWorkItem(unit, each.item) }))
    return c.json({ ...given(queue), items, skills: skillChoices(unit.model) })
  })

  routes.post('/:queue/next', async (c) => {
    const work = c.get('work')
    const item = await writingWork(work, async (unit) => {
      const taken = await takeNext(unit, c.req.param('queue'))
      return taken === undefined ? undefined : presentWorkItem(unit, taken)
    })
    if (item === undefined) return c.body(null, 204)
    live.tellWork(work.tenant)
    return c.json(item)
  })

  return routes
}

/** Whether people are here for work that is handed out. */
export function presenceRoutes({ live }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.get('/', async (c) => c.json(await readPresence(readingWork(c.get('work')))))
  routes.post('/', async (c) => {
    const request = await readJson(c, presenceRequest)
    const work = c.get('work')
    const presence = await writingWork(work, (unit) => setPresence(unit, request))
    live.tellWork(work.tenant)
    return c.json(presence)
  })
  routes.post('/seen', async (c) => {
    await writingWork(c.get('work'), seePerson)
    return c.body(null, 204)
  })
  return routes
}

/** Skills, capacity and share of a person. */
export function workProfileRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.get('/:person', async (c) => {
    const unit = readingWork(c.get('work'))
    return c.json({ ...(await readProfile(unit, c.req.param('person'))), choices: skillChoices(unit.model) })
  })
  routes.patch('/:person', async (c) => {
    const change = await readJson(c, workProfileChange)
    const work = c.get('work')
    const profile = await writingWork(work, (unit) => changeProfile(unit, c.req.param('person'), change))
    return c.json({ ...profile, choices: skillChoices(work.model) })
  })
  return routes
}

function skillChoices(model: Model) {
  const choices = model.choiceSets.get(SKILL_CHOICE_SET)?.choices.values() ?? []
  return [...choices].map(({ value, label, colour, isRetired }) =>
    given({ value, label, colour, retired: isRetired || undefined }),
  )
}
