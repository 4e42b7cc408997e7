import { verifyTenant } from '../../publishing/index.ts'
import type { Command } from '../command.ts'
import { tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

export const command: Command = {
  usage: 'tessera verify [--project FOLDER] [--tenant NAME] [--json]',
  description: [
    'Compares the database of a tenant with what was published: the schema with the declarations, roll-ups and',
    'formulas with what they compute to, references, and records with the processes that govern them.',
    'Changes nothing; ends with 1 where something differs.',
    '',
    tenantOptionsHelp,
  ].join('\n'),
  options: tenantOptions,
  run: (invocation) =>
    withDatabase(invocation, async ({ database, tenant, plugins }) => {
      const { options, print } = invocation
      const verification = await verifyTenant({ database, tenant, plugins })
      const { differences, compared, version } = verification
      if (options.json === true) print(JSON.stringify(verification, null, 2))
      else {
        for (const { kind, subject, message, count, examples } of differences) {
          const records = count === undefined ? '' : ` ${count} records, such as ${examples?.join(', ')}.`
          print(`${kind.padEnd(9)} ${subject}: ${message}${records}`)
        }
        const sums = Object.entries(compared).map(([kind, count]) => `${count} ${kind}`)
        print(
          `Version ${version} of ${tenant}: ${differences.length} differences (compared: ${sums.join(', ')}).`,
        )
      }
      return differences.length === 0 ? 0 : 1
    }),
}
