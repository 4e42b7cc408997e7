import { resolve } from 'node:path'
import {
  addKey,
  migratePlatform,
  openDatabase,
  replaceLostSecrets,
  rotateSecrets,
} from '../../database/index.ts'
import { UsageError, type Command } from '../command.ts'

export const command: Command = {
  usage: 'tessera rotate-secrets [--project FOLDER] [--new-key] [--replace-lost]',
  description: [
    'Encrypts all secrets that the database keeps with the first key: passwords of the database roles of tenants, the',
    'secret that signs sessions, second factors. Running nodes go on as long as they have the old key as well as the new.',
    '',
    '  --project FOLDER   the folder with your declarations; the database is of its data folder (default: here)',
    '  --new-key          puts a new key before those of the key file first',
    '  --replace-lost     for a key that is lost: makes new passwords and a new secret of sessions for those that cannot be',
    '                     read, and takes second factors away; everybody signs in again. Stop all nodes before.',
    '',
    'TESSERA_SECRET_KEY holds the keys, apart by commas: the first one encrypts, all of them decrypt. Or they stand in the',
    'file that TESSERA_SECRET_KEY_FILE names, one a line; without either in FOLDER/.tessera/secret.key.',
  ].join('\n'),
  options: {
    project: { type: 'string', default: '.' },
    'new-key': { type: 'boolean', default: false },
    'replace-lost': { type: 'boolean', default: false },
  },
  async run({ options, environment, print }) {
    const project = resolve(String(options.project))
    const database = await openDatabase({
      url: environment.DATABASE_URL,
      project,
      report: print,
      environment,
    })
    try {
      if (options['new-key'] === true) {
        if (database.keyFile === undefined)
          throw new UsageError(
            'The keys stand in TESSERA_SECRET_KEY: put a new one before them there, for all nodes, and leave --new-key out.',
          )
        addKey(database.keyFile)
        database.secrets.reload()
        print(`A new key stands first in ${database.keyFile}.`)
      }
      await migratePlatform(database)
      if (options['replace-lost'] === true)
        print(`${await replaceLostSecrets(database)} secrets could not be read and were replaced.`)
      print(`${await rotateSecrets(database)} secrets were encrypted anew with the first key.`)
    } finally {
      await database.close()
    }
    return 0
  },
}
