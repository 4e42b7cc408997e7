import { describeProblem } from '../../definitions/index.ts'
import { describePlan, planProject } from '../../publishing/index.ts'
import type { Command } from '../command.ts'
import { shippedFolder, tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

export const command: Command = {
  usage: 'tessera plan [--project FOLDER] [--tenant NAME] [--sql] [--json]',
  description: [
    'Shows what publishing the files would do: each step with its class (safe, backfill, destructive), the lock that',
    'it takes, the rows that it touches and the values that would get out of reach. Changes nothing.',
    '',
    tenantOptionsHelp,
    '  --sql              shows the statements as well',
    '  --repair           plans to make anew what is missing in the database although it was published',
    '',
    'Ends with 1 where the check finds errors or the plan could not be carried out without consent.',
  ].join('\n'),
  options: { ...tenantOptions, sql: { type: 'boolean' }, repair: { type: 'boolean' } },
  run: (invocation) =>
    withDatabase(invocation, async ({ database, folder, tenant, plugins }) => {
      const { options, print } = invocation
      const isRepair = options.repair === true
      const { problems, plan } = await planProject({
        database,
        folder,
        shippedFolder,
        tenant,
        plugins,
        isRepair,
      })
      if (options.json === true) print(JSON.stringify({ problems, plan: plan ?? null }, null, 2))
      else {
        for (const problem of problems) print(describeProblem(problem))
        if (plan !== undefined) describePlan(plan, { hasSql: options.sql === true }).forEach(print)
      }
      if (plan === undefined || plan.refusals.length > 0) return 1
      const needsConsent = plan.steps.some((step) => step.class === 'destructive')
      const isBlocked = !isRepair && plan.drift.some(({ effect }) => effect === 'blocks')
      return needsConsent || isBlocked ? 1 : 0
    }),
}
