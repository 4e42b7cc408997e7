import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { openDatabase } from '../../platform/database/index.ts'
import { createModelStore } from '../../platform/publishing/index.ts'
import { createApp } from '../../platform/server/app.ts'
import { createParts } from '../../platform/server/create-parts.ts'
import { readPerson } from '../../platform/server/identity/principals.ts'
import { listen } from '../../platform/server/listen.ts'
import { openLog } from '../../platform/server/observe/log.ts'
import { defaultSettings } from '../../platform/server/settings.ts'
import { pulse } from './pulse.ts'

/**
 * One node as `tessera start` puts it together, on the database of its first argument and the port of its second; only
 * the pulse is faster, so that a silent node is given up within a second.
 */
const [, , url = '', port = ''] = process.argv
const database = await openDatabase({ url, sizes: { platform: 4, tenant: 6 } })
const models = await createModelStore(database)
const log = openLog('fatal')
const parts = await createParts({
  database,
  models,
  log,
  settings: { ...defaultSettings, requestsPerMinute: Number.MAX_SAFE_INTEGER, timeoutMs: 15_000 },
})
const { ports, processPorts, clock } = parts
await startWorker({
  database,
  pulse,
  handlers: taskHandlers(
    {
      database,
      models,
      ports,
      clock,
      person: (who) => readPerson({ database, models, ...who }),
    },
    processPorts,
  ),
})
await listen({ app: createApp(parts), port: Number(port), hostname: '127.0.0.1' })
process.send?.('ready')
// Whoever started it is gone.
process.on('disconnect', () => process.exit(1))
