import { describeProblem } from '../../definitions/index.ts'
import { backtest, describeBacktest } from '../../processes/index.ts'
import { createModelStore, loadDeclarations } from '../../publishing/index.ts'
import { systemPrincipal } from '../../server/identity/system-principal.ts'
import { UsageError, type Command, type Invocation } from '../command.ts'
import { shippedFolder, tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

const mostCases = 1_000

export const command: Command = {
  usage:
    'tessera backtest --process NAME [--since DATE] [--limit N] [--project FOLDER] [--tenant NAME] [--json]',
  description: [
    'Replays what records have been through in a process through the process as your files declare it, before it is',
    'published: with the values that the records had and the clock of each step. Says which cases would have gone',
    'another way or been refused, where and by which guard, or been late by the due times of your files, and which',
    'cannot be told. Changes nothing.',
    '',
    '  --process NAME     the process',
    '  --since DATE       only cases that began then or later: 2026-11-01',
    `  --limit N          the most cases, the latest first (default: ${mostCases})`,
    tenantOptionsHelp,
    '',
    'Ends with 0 where every case that can be told goes the same way and in time, with 1 where one does not or where',
    'the declarations have errors.',
  ].join('\n'),
  options: {
    ...tenantOptions,
    process: { type: 'string' },
    since: { type: 'string' },
    limit: { type: 'string' },
  },
  async run(invocation) {
    const { options, print } = invocation
    const request = requestOf(options)
    return withDatabase(invocation, async ({ database, folder, tenant, plugins }) => {
      const { model: draft, problems } = loadDeclarations({ folder, shippedFolder, tenant, plugins })
      const errors = problems.filter(({ severity }) => severity === 'error')
      if (draft === undefined) {
        if (options.json === true) print(JSON.stringify({ problems, report: null }, null, 2))
        else for (const problem of errors) print(describeProblem(problem))
        return 1
      }
      const models = await createModelStore(database, plugins)
      try {
        const model = await models.current(tenant)
        const work = {
          tenant,
          model,
          principal: systemPrincipal(model),
          now: new Date(),
          pool: await database.tenant(tenant),
          ports: {},
        }
        const report = await backtest({ work, draft, ...request })
        if (options.json === true) print(JSON.stringify({ problems, report }, null, 2))
        else describeBacktest(report).forEach(print)
        const { other, refused, late } = report.counts
        return other + refused + late === 0 ? 0 : 1
      } finally {
        await models.close()
      }
    })
  },
}

function requestOf({ process, since, limit }: Invocation['options']) {
  if (typeof process !== 'string') throw new UsageError('Say which process with --process.')
  if (typeof since === 'string' && Number.isNaN(Date.parse(since)))
    throw new UsageError(`--since takes a date such as 2026-11-01, not "${since}".`)
  if (typeof limit === 'string' && !/^[1-9]\d{0,6}$/.test(limit))
    throw new UsageError(`--limit takes a number of cases, not "${limit}".`)
  return {
    process,
    limit: limit === undefined ? mostCases : Number(limit),
    ...(typeof since === 'string' ? { since: new Date(since).toISOString() } : {}),
  }
}
