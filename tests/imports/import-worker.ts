import type { Principal } from '../../platform/access/principal.ts'
import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { openDatabase } from '../../platform/database/index.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import { declarations } from './declarations.ts'

/** A process that carries out imports until it is killed: its arguments are the database and the person. */
const [, , url = '', person = ''] = process.argv
const principal = JSON.parse(person) as Principal
const model = modelFromDocuments(declarations)
const database = await openDatabase({ url })
await startWorker({
  database,
  pulse: { everySeconds: 0.2, silentSeconds: 1 },
  handlers: taskHandlers({
    database,
    models: { current: () => Promise.resolve(model) },
    ports: {},
    clock: () => new Date(),
    person: () => Promise.resolve(principal),
  }),
})
