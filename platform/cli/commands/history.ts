import { listVersions } from '../../publishing/index.ts'
import type { Command, ExitCode } from '../command.ts'
import { tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

export const command: Command = {
  usage: 'tessera history [--project FOLDER] [--tenant NAME] [--json]',
  description: ['Lists what was published to a tenant, the latest first.', '', tenantOptionsHelp].join('\n'),
  options: tenantOptions,
  run: (invocation) =>
    withDatabase(invocation, async ({ database, tenant }): Promise<ExitCode> => {
      const versions = await listVersions(database.platform, tenant)
      if (invocation.options.json === true) {
        invocation.print(JSON.stringify(versions, null, 2))
        return 0
      }
      if (versions.length === 0) invocation.print(`Nothing has been published to "${tenant}" yet.`)
      for (const { number, isActive, publishedAt, publishedBy, note, hash, steps } of versions) {
        const by = publishedBy === undefined ? '' : ` by ${publishedBy}`
        const words = [`${isActive ? '*' : ' '} ${String(number).padStart(4)}  ${publishedAt}${by}`]
        words.push(`${steps.length} steps`, hash.slice(0, 12), ...(note === undefined ? [] : [note]))
        invocation.print(words.join('  '))
      }
      return 0
    }),
}
