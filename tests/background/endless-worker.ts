import { startWorker } from '../../platform/background/index.ts'
import { openDatabase } from '../../platform/database/index.ts'

/** A process that takes a job, says so, and never ends: for the test that kills it. */
const database = await openDatabase({ url: process.argv[2] as string })
await startWorker({
  database,
  pulse: { everySeconds: 0.2, silentSeconds: 1 },
  handlers: {
    timer: () => {
      process.stdout.write('begun\n')
      return new Promise<void>(() => undefined)
    },
  },
})
