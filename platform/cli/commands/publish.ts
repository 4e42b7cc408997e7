import { describeProblem } from '../../definitions/index.ts'
import { fillSearch } from '../../records/index.ts'
import { describePlan, publishProject, PublishRefused } from '../../publishing/index.ts'
import type { Command } from '../command.ts'
import { consentsOf, refusedAsJson } from '../publish-options.ts'
import { shippedFolder, tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

export const command: Command = {
  usage:
    'tessera publish [--project FOLDER] [--tenant NAME] [--allow-retire FIELD]... [--note TEXT] [--repair] [--json]',
  description: [
    'Checks the files, plans, and publishes them as a new version. All or nothing: where a consent is missing or',
    'something is wrong, the version before goes on being served.',
    '',
    tenantOptionsHelp,
    '  --allow-retire X   consents that X (opportunity.amount, opportunity or process/NAME) gets out of reach;',
    '                     may be given several times. What is retired is kept and can be restored.',
    '  --note TEXT        kept with the version in the history',
    '  --repair           makes anew what is missing in the database although it was published',
  ].join('\n'),
  options: {
    ...tenantOptions,
    'allow-retire': { type: 'string', multiple: true },
    note: { type: 'string' },
    repair: { type: 'boolean' },
  },
  run: (invocation) =>
    withDatabase(invocation, async ({ database, folder, tenant, plugins }) => {
      const { options, print, environment } = invocation
      const isJson = options.json === true
      try {
        const { problems, result } = await publishProject({
          database,
          folder,
          shippedFolder,
          tenant,
          plugins,
          allowRetire: consentsOf(options),
          isRepair: options.repair === true,
          publishedBy: environment.USER,
          fillSearch: (object) => fillSearch({ database, tenant }, object),
          ...(typeof options.note === 'string' ? { note: options.note } : {}),
          ...(isJson ? {} : { progress: (message: string) => print(`… ${message}`) }),
        })
        if (isJson) print(JSON.stringify({ problems, result: result ?? null }, null, 2))
        else {
          for (const problem of problems) print(describeProblem(problem))
          if (result !== undefined) describePlan(result.plan).forEach(print)
          print(result === undefined ? 'Nothing was published.' : `Version ${result.version} is served.`)
        }
        return result === undefined ? 1 : 0
      } catch (error) {
        if (!isJson || !(error instanceof PublishRefused)) throw error
        print(refusedAsJson(error))
        return 1
      }
    }),
}
