import { expect, it } from 'vitest'
import {
  actOnInstance,
  countInstances,
  listInstances,
  listMigrations,
} from '../../platform/processes/index.ts'
import { readingWork, writingWork } from '../../platform/records/index.ts'
import { declarations, events, renamed, state, waiting } from './declarations.ts'
import { office } from './office.ts'

/** From a place aside one comes back to where one waited. */
const withPlaceAside = declarations({
  events,
  machine: {
    initial: 'draft',
    states: {
      draft: state('Draft', { on: { go: 'waiting' } }),
      waiting: state('Waiting', { on: { end: 'done', hold: 'aside' } }),
      aside: state('Aside', { on: { back: 'waiting' } }),
      done: state('Done', { type: 'final' }),
    },
  },
})

it('operators see how far a version is, what it left behind and why, and try again', async () => {
  const { publish, create, send, instance, migrate, operating, work } = await office(withPlaceAside)
  const [id, fine] = [await create(), await create()]
  for (const each of [id, fine]) await send(each, 'go')
  await publish(waiting('review', {}, renamed))
  const migrations = () => listMigrations(readingWork(operating()))
  expect(await migrations()).toMatchObject([
    { process: 'handling', label: 'Handling', status: 'waiting', left: 2 },
  ])
  await send(id, 'hold')
  await migrate()
  expect(await migrations()).toMatchObject([{ status: 'done', moved: 1, refused: 1, left: 1 }])
  const { items } = await listInstances(readingWork(operating()), { trouble: 'left' })
  expect(items).toMatchObject([
    {
      record: { id },
      isCurrentVersion: false,
      troubles: expect.arrayContaining(['left']),
      left_because: expect.stringContaining('no state "aside" any more'),
    },
  ])
  const counts = await countInstances(readingWork(operating()))
  expect(counts.reduce((sum, place) => sum + place.counts.left, 0)).toBe(1)
  const retry = async () =>
    writingWork(operating(), async (unit) =>
      actOnInstance(unit, {
        act: 'retry',
        instance: (await instance(id)).id,
        step: (await instance(id)).step,
      }),
    )
  await expect(retry()).rejects.toMatchObject({
    code: 'event_refused',
    members: { reason: 'no_counterpart' },
  })
  await send(id, 'back')
  await retry()
  expect((await instance(id)).states).toEqual(['review'])
  expect(await migrations()).toMatchObject([{ moved: 2, refused: 0, left: 0 }])
  await expect(retry()).rejects.toMatchObject({ code: 'conflict' })
  await expect(listMigrations(readingWork(work()))).rejects.toMatchObject({ code: 'forbidden' })
})
