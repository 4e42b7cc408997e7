import { openDatabase } from '../../platform/database/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import { models } from './interrupted-models.ts'

/** Publishes in a process of its own and kills it without warning at the given point of the work. */
const [url, tenant, which, point] = process.argv.slice(2) as [string, string, keyof typeof models, string]
const database = await openDatabase({ url })
let at = 0
const result = await publishModel({
  database,
  tenant,
  model: models[which](),
  settleMs: 0,
  progress(message) {
    process.stdout.write(`${at} ${message}\n`)
    if (at++ === Number(point)) process.kill(process.pid, 'SIGKILL')
  },
})
process.stdout.write(`done ${result.version}\n`)
await database.close()
