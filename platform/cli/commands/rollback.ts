import { fillSearch } from '../../records/index.ts'
import { PublishRefused, rollback } from '../../publishing/index.ts'
import { UsageError, type Command } from '../command.ts'
import { consentsOf, refusedAsJson } from '../publish-options.ts'
import { tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

export const command: Command = {
  usage: 'tessera rollback VERSION [--project FOLDER] [--tenant NAME] [--allow-retire FIELD]... [--json]',
  description: [
    'Publishes the declarations of an earlier version again, as a new version. What was renamed since gets its name',
    'back, what was retired since returns with its values; what is new since retires, with consent.',
    '',
    tenantOptionsHelp,
    '  --allow-retire X   consents that X, which is new since that version and holds values, gets out of reach',
    '  --note TEXT        kept with the version in the history',
  ].join('\n'),
  options: { ...tenantOptions, 'allow-retire': { type: 'string', multiple: true }, note: { type: 'string' } },
  positionals: ['VERSION'],
  async run(invocation) {
    const { options, positionals, print, environment } = invocation
    const to = Number(positionals[0])
    if (!Number.isInteger(to) || to < 1)
      throw new UsageError(`Say which version to go back to.\nUsage: ${this.usage}`)
    return withDatabase(invocation, async ({ database, tenant, plugins }) => {
      const isJson = options.json === true
      try {
        const { version, isNew, plan } = await rollback({
          database,
          tenant,
          plugins,
          to,
          allowRetire: consentsOf(options),
          publishedBy: environment.USER,
          fillSearch: (object) => fillSearch({ database, tenant }, object),
          ...(typeof options.note === 'string' ? { note: options.note } : {}),
          ...(isJson ? {} : { progress: (message: string) => print(`… ${message}`) }),
        })
        if (isJson) print(JSON.stringify({ version, isNew, plan }, null, 2))
        else
          print(
            isNew
              ? `Version ${version}, with the declarations of ${to}, is served.`
              : `Version ${version} has these declarations already.`,
          )
        return 0
      } catch (error) {
        if (!isJson || !(error instanceof PublishRefused)) throw error
        print(refusedAsJson(error))
        return 1
      }
    })
  },
}
