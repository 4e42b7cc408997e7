import { resolve } from 'node:path'
import { UsageError, type Command } from '../command.ts'
import { shippedFolder } from '../shipped-folder.ts'

export const command: Command = {
  usage: 'tessera start [--project FOLDER] [--port NUMBER] [--demo | --no-demo] [--api-only]',
  description: [
    'Starts the platform and keeps it running until Ctrl-C: database, declarations, server and background work.',
    '',
    '  --project FOLDER   the folder with your declarations; its data is in FOLDER/.tessera (default: here)',
    '  --port NUMBER      the port to listen on (default: PORT, else 3000 or the next free one)',
    '  --demo, --no-demo  whether an empty database gets demonstration data (default: the embedded one does)',
    '  --api-only         the interface is neither built nor served',
    '',
    'What you save in the project and what passes the check is published at once. With NODE_ENV=production only what',
    '`tessera publish` has published is served.',
    '',
    'DATABASE_URL names a PostgreSQL (15 or later) to use; without it, the embedded one is started.',
    'TESSERA_ADMIN_EMAIL and TESSERA_ADMIN_PASSWORD name the first administrator of an empty database.',
    'TESSERA_URL is the address that people type, if it is another one, such as https://crm.example.com.',
    'TESSERA_SECRET_KEY encrypts secrets in the database; without it a key is made in the data folder.',
    'TESSERA_PASSWORD_LENGTH, TESSERA_SESSION_IDLE_HOURS, TESSERA_SESSION_DAYS and TESSERA_OPENID say how people sign in',
    '(docs/sign-in.md).',
    'TESSERA_ATTACHMENT_MB is the largest size of an attached file in MiB, 25 if not said.',
    'TESSERA_LOG is the level of the log: error, warn (default), info or debug.',
  ].join('\n'),
  options: {
    project: { type: 'string', default: '.' },
    port: { type: 'string' },
    demo: { type: 'boolean' },
    'no-demo': { type: 'boolean' },
    'api-only': { type: 'boolean', default: false },
  },
  async run({ options, environment, print }) {
    const project = resolve(String(options.project))
    const port = portOf(options.port ?? environment.PORT)
    // From the first moment on: a signal while things are opened must still close them.
    const stopped = untilStopped()
    // Loaded here, so that `tessera help` does not wait for a server; and PostgreSQL starts while the rest is loaded.
    const { openDatabase } = await import('../../database/open-database.ts')
    const opening = openDatabase({ url: environment.DATABASE_URL, project, report: print })
    // Who awaits it below is told; until then a failure is not an unhandled one.
    opening.catch(() => undefined)
    const { runServer } = await import('../../server/run/run-server.ts')
    await runServer({
      project,
      opening,
      stopped,
      shippedFolder,
      environment,
      port,
      hasDemonstration: options['no-demo'] ? false : options.demo ? true : undefined,
      isApiOnly: options['api-only'] === true,
      print,
    })
    print('Stopped.')
    return 0
  },
}

function portOf(text: string | boolean | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new UsageError(`"${String(text)}" is not a port; use a number from 1 to 65535.`)
}

/** Resolves at the first signal; a second one ends the process at once, which costs no data. */
function untilStopped(): Promise<void> {
  const { promise, resolve: stop } = Promise.withResolvers<void>()
  const parent = process.ppid
  // Whoever stops `npm start` by its number ends npm and its shell; the shell does not pass the signal on.
  const watching = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) onSignal()
  }, 500)
  const onSignal = () => {
    clearInterval(watching)
    for (const signal of SIGNALS) process.off(signal, onSignal)
    stop()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return promise
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
