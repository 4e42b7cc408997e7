import { resolve } from 'node:path'
import { migratePlatform, migrateTenant, openDatabase, type Database } from '../../database/index.ts'
import type { Command } from '../command.ts'

export const command: Command = {
  usage: 'tessera start [--project FOLDER]',
  description: [
    'Starts the platform and keeps it running until Ctrl-C.',
    '',
    '  --project FOLDER   the folder with your declarations; its data is in FOLDER/.tessera (default: here)',
    '',
    'DATABASE_URL names a PostgreSQL (15 or later) to use; without it, the embedded one is started.',
  ].join('\n'),
  options: { project: { type: 'string', default: '.' } },
  async run({ options, environment, print }) {
    const started = performance.now()
    const database = await openDatabase({
      url: environment.DATABASE_URL,
      project: resolve(String(options.project)),
      report: print,
    })
    try {
      for (const notice of database.notices) print(notice)
      await migrate(database)
      print(`The database is ready (${Math.round(performance.now() - started)} ms). Stop with Ctrl-C.`)
      await untilStopped()
    } finally {
      await database.close()
    }
    print('Stopped.')
    return 0
  },
}

async function migrate(database: Database): Promise<void> {
  await migratePlatform(database)
  const tenants = await database.platform<{ name: string }[]>`select name from platform.tenant order by name`
  for (const { name } of tenants) await migrateTenant(database, name)
}

/** Resolves at the first signal; a second one ends the process at once, which costs no data. */
function untilStopped(): Promise<void> {
  const { promise, resolve: stop } = Promise.withResolvers<void>()
  const stayAwake = setInterval(() => undefined, 60_000)
  const onSignal = () => {
    clearInterval(stayAwake)
    for (const signal of SIGNALS) process.off(signal, onSignal)
    stop()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return promise
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
