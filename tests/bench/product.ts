import { openDatabase } from '../../platform/database/index.ts'
import { createModelStore } from '../../platform/publishing/index.ts'
import { createApp } from '../../platform/server/app.ts'
import { createParts } from '../../platform/server/create-parts.ts'
import { listen } from '../../platform/server/listen.ts'
import { openLog } from '../../platform/server/observe/log.ts'
import { defaultSettings } from '../../platform/server/settings.ts'

/** The product itself, as `tessera start` puts it together, without the worker: the load asks for none. */
const { platformUrl } = JSON.parse(process.env.BENCH_SETTINGS ?? '{}') as { platformUrl: string }
const database = await openDatabase({ url: platformUrl })
const models = await createModelStore(database)
const parts = await createParts({
  database,
  models,
  log: openLog('error'),
  settings: { ...defaultSettings, requestsPerMinute: Number.MAX_SAFE_INTEGER },
})
await parts.signIn.warmUp()
const listening = await listen({ app: createApp(parts), port: 0, hostname: '127.0.0.1' })
process.send?.({ port: listening.port })
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ memory: process.memoryUsage().rss })
})
process.on('SIGTERM', () => {
  void (async () => {
    parts.live.close()
    await listening.close()
    await models.close()
    await database.close()
    process.exit(0)
  })()
})
