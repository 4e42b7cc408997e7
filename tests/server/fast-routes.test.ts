import { RegExpRouter } from 'hono/router/reg-exp-router'
import { afterAll, expect, it } from 'vitest'
import { createModelStore } from '../../platform/publishing/index.ts'
import { createApp } from '../../platform/server/app.ts'
import { createParts } from '../../platform/server/create-parts.ts'
import { openLog } from '../../platform/server/observe/log.ts'
import { defaultSettings } from '../../platform/server/settings.ts'
import { freshDatabase } from '../harness/fresh-database.ts'

const database = await freshDatabase()
const models = await createModelStore(database)
const parts = await createParts({ database, models, log: openLog('silent'), settings: defaultSettings })
afterAll(async () => {
  parts.live.close()
  await models.close()
})

it('no address of a read of records keeps the others from the fast router', () => {
  const reads = createApp(parts).routes.filter(
    ({ method, path }) => (method === 'GET' || method === 'ALL') && /^\/(\*|api\/(\*|records))/.test(path),
  )
  expect(reads.length).toBeGreaterThan(10)
  const router = new RegExpRouter<string>()
  for (const { path } of reads) router.add('ALL', path, path)
  const [found] = router.match('ALL', '/api/records/deal/1')
  expect(found.length).toBeGreaterThan(0)
})
