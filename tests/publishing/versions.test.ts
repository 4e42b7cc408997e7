import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Model } from '../../platform/definitions/index.ts'
import {
  compareVersions,
  createModelStore,
  listVersions,
  publishModel,
  rollback,
  type PublishOptions,
} from '../../platform/publishing/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { decimal, integer, modelOf, text } from './declarations.ts'

const database = await freshDatabase()

const publish = (tenant: string, model: Model, options: Partial<PublishOptions> = {}) =>
  publishModel({ database, tenant, model, settleMs: 0, ...options })

it('takes a version back: renamed fields get their names back, retired ones return, new ones retire with consent', async () => {
  await publish('back', modelOf({ deal: { a: text, b: text, old: text } }))
  const sql = await database.tenant('back')
  await sql`insert into deal (id, title, a, b, old) values (${randomUUID()}, 'one', 'A', 'B', 'O')`
  await publish(
    'back',
    modelOf({ sale: { formerly: 'deal', fields: { c: { ...text, formerly: 'a' }, b: text } } }),
    {
      allowRetire: ['sale.old'],
    },
  )
  await publish('back', modelOf({ sale: { c: text, a: { ...text, formerly: 'b' }, fresh: integer } }))
  await sql`update sale set fresh = 1`
  await expect(rollback({ database, tenant: 'back', to: 1 })).rejects.toThrow('--allow-retire deal.fresh')
  const { version } = await rollback({
    database,
    tenant: 'back',
    to: 1,
    allowRetire: ['deal.fresh'],
    settleMs: 0,
  })
  expect(version).toBe(4)
  expect([...(await sql`select title, a, b, old from deal`)]).toEqual([
    { title: 'one', a: 'A', b: 'B', old: 'O' },
  ])
  await rollback({ database, tenant: 'back', to: 3, settleMs: 0, allowRetire: ['sale.old'] })
  expect([...(await sql`select title, c, a, fresh from sale`)]).toEqual([
    { title: 'one', c: 'A', a: 'B', fresh: 1 },
  ])
})

it('keeps a history of the versions, and tells what differs between two of them by pointer', async () => {
  await publish('told', modelOf({ deal: { size: integer } }), { note: 'the first', publishedBy: 'ada' })
  await publish('told', modelOf({ deal: { size: decimal, note: text } }))
  const history = await listVersions(database.platform, 'told')
  expect(history).toMatchObject([
    { number: 2, isActive: true },
    { number: 1, isActive: false, note: 'the first', publishedBy: 'ada' },
  ])
  const changes = await compareVersions(database, { tenant: 'told', from: 1, to: 2 })
  expect(changes).toEqual([
    { pointer: '/object/deal/fields/size/type', change: 'changed', before: 'integer', after: 'decimal' },
    { pointer: '/object/deal/fields/note', change: 'added', after: text },
  ])
})

it('activates a new version on every node within a second, and leaves requests under way their Model', async () => {
  const first = modelOf({ deal: { size: integer } })
  await publish('served', first)
  const stores = await Promise.all([createModelStore(database), createModelStore(database)])
  const [here, there] = stores as [(typeof stores)[0], (typeof stores)[0]]
  const kept = await here.current('served')
  await there.current('served')
  const activations: number[] = []
  there.onActivated((_tenant, _model, version) => activations.push(version))
  await publish('served', modelOf({ deal: { size: integer, note: text } }))
  const deadline = performance.now() + 1_000
  while (
    !(await there.current('served')).objects.get('deal')?.fields.has('note') &&
    performance.now() < deadline
  )
    await wait(10)
  expect(performance.now()).toBeLessThan(deadline)
  expect(activations).toEqual([2])
  expect((await here.refresh('served')).objects.get('deal')?.fields.has('note')).toBe(true)
  expect(kept.objects.get('deal')?.fields.has('note')).toBe(false)
  await Promise.all(stores.map((store) => store.close()))
})

it('finds a new version without a notification too', async () => {
  await publish('quiet', modelOf({ deal: {} }))
  const store = await createModelStore(database, undefined, { recheckMs: 50 })
  await store.current('quiet')
  await database.platform`
    insert into platform.published_version (tenant, number, hash, documents, plan)
    select tenant, 2, hash, documents, plan from platform.published_version where tenant = 'quiet'`
  const activated = new Promise((resolve) =>
    store.onActivated((tenant, _model, version) => resolve({ tenant, version })),
  )
  await database.platform`update platform.tenant set active_version = 2 where name = 'quiet'`
  expect(await activated).toMatchObject({ tenant: 'quiet', version: 2 })
  await store.close()
})

it('says what to do when nothing has been published', async () => {
  const store = await createModelStore(database)
  await expect(store.current('nobody')).rejects.toThrow('`tessera publish` does it')
  await store.close()
})
