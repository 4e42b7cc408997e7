import { Hono } from 'hono'
import type { z } from 'zod'
import {
  cancelRepair,
  listRepairs,
  repairResults,
  repairStatus,
  startRepair,
} from '../../background/index.ts'
import {
  actOnInstance,
  countInstances,
  listInstances,
  listMigrations,
  type InstanceFilter,
  type ListedInstance,
  type OperatorAct,
} from '../../processes/index.ts'
import { readingWork, writingWork } from '../../records/index.ts'
import {
  actRequest,
  afterQuery,
  instanceQuery,
  repairRequest,
  type instanceFilter,
  type operatorAct,
  type repair,
} from '../contract/operation.ts'
import type { RepairAnswer } from '../contract/types.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { given } from '../meta/given.ts'
import type { ServerParts } from '../parts.ts'

/** Live processes in trouble, and what operators do about them: one at a time. */
export function instanceRoutes({ live, processPorts }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/', async (c) => {
    const { after, limit, ...filter } = instanceQuery.parse(c.req.query())
    const request = given({ ...filterOf(filter), after, limit }) as Parameters<typeof listInstances>[1]
    const { items, next } = await listInstances(readingWork(c.get('work')), request)
    return c.json({ items: items.map(presentInstance), next })
  })

  routes.get('/counts', async (c) => {
    const places = await countInstances(readingWork(c.get('work')))
    return c.json({
      places: places.map(({ isCurrentVersion, ...place }) => ({
        ...place,
        is_current_version: isCurrentVersion,
      })),
    })
  })

  routes.post('/:id/act', async (c) => {
    const { step, act } = await readJson(c, actRequest)
    const work = c.get('work')
    const request = { ...actOf(act), instance: c.req.param('id'), step }
    await writingWork(work, (unit) => actOnInstance(unit, request, processPorts))
    live.tellWork(work.tenant)
    return c.body(null, 204)
  })

  return routes
}

/** How far new versions are that take over what lives on earlier ones. */
export function migrationRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.get('/', async (c) => c.json({ items: await listMigrations(readingWork(c.get('work'))) }))
  return routes
}

/** The same act on many instances, carried out by the worker. */
export function repairRoutes(): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.post('/', async (c) => {
    const { act, filter } = await readJson(c, repairRequest)
    return c.json(await startRepair(c.get('work'), { act: actOf(act), filter: filterOf(filter) }), 202)
  })

  routes.get('/', async (c) => c.json({ items: (await listRepairs(c.get('work'))).map(presentRepair) }))

  routes.get('/:id', async (c) => c.json(presentRepair(await repairStatus(c.get('work'), c.req.param('id')))))

  routes.get('/:id/results', async (c) => {
    const { after } = afterQuery.parse(c.req.query())
    const request = given({ id: c.req.param('id'), after }) as Parameters<typeof repairResults>[1]
    return c.json(await repairResults(c.get('work'), request))
  })

  routes.post('/:id/cancel', async (c) =>
    c.json(presentRepair(await cancelRepair(c.get('work'), c.req.param('id')))),
  )

  return routes
}

function actOf(act: z.output<typeof operatorAct>): OperatorAct {
  if (act.act !== 'move') return given(act) as OperatorAct
  const { runs_entry: runsEntry, ...move } = act
  return given({ ...move, runsEntry }) as OperatorAct
}

function filterOf({ quiet_hours: hours, ...filter }: z.output<typeof instanceFilter>): InstanceFilter {
  return given({
    ...filter,
    quietMs: hours === undefined ? undefined : hours * 3_600_000,
  }) as InstanceFilter
}

function presentRepair({ act, ...progress }: Awaited<ReturnType<typeof repairStatus>>): RepairAnswer {
  if (act.act !== 'move') return { ...progress, act } as z.output<typeof repair>
  const { runsEntry, ...move } = act
  return { ...progress, act: given({ ...move, runs_entry: runsEntry }) } as z.output<typeof repair>
}

function presentInstance({ isCurrentVersion, isUsable, ...instance }: ListedInstance) {
  return { ...instance, is_current_version: isCurrentVersion, is_usable: isUsable }
}
