import { startWorker, taskHandlers } from '../../../platform/background/index.ts'
import { openDatabase } from '../../../platform/database/index.ts'
import { createModelStore } from '../../../platform/publishing/index.ts'
import { clocksPort, lifecyclePort } from '../../../platform/processes/index.ts'

/** The background work of one node, which tells when it has fired each timer. */
const database = await openDatabase({ url: process.argv[2] as string })
const models = await createModelStore(database)
const handlers = taskHandlers({
  database,
  models,
  ports: { lifecycle: lifecyclePort(), clocks: clocksPort },
  clock: () => new Date(),
  person: () => Promise.resolve(undefined),
})
await startWorker({
  database,
  handlers: {
    async timer(job) {
      await handlers.timer?.(job)
      process.send?.({ timer: job.payload.timer, at: Date.now() })
    },
  },
})
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
