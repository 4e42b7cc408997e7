import { describeProblem } from '../../definitions/index.ts'
import { compareVersions, compareWithFiles, type DocumentChange } from '../../publishing/index.ts'
import { UsageError, type Command } from '../command.ts'
import { shippedFolder, tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

export const command: Command = {
  usage: 'tessera diff [FROM [TO]] [--project FOLDER] [--tenant NAME] [--json]',
  description: [
    'Shows what differs between declarations, value by value with its JSON Pointer: between two versions; between',
    'a version and the files; without a version, between the one that is served and the files.',
    '',
    tenantOptionsHelp,
  ].join('\n'),
  options: tenantOptions,
  positionals: ['FROM', 'TO'],
  async run(invocation) {
    const [from, to] = invocation.positionals.map(versionNumber)
    return withDatabase(invocation, async ({ database, folder, tenant, plugins }) => {
      const { options, print } = invocation
      const { changes, problems } =
        from !== undefined && to !== undefined
          ? { changes: await compareVersions(database, { tenant, from, to }), problems: [] }
          : await compareWithFiles({ database, folder, shippedFolder, tenant, plugins, from })
      if (options.json === true) print(JSON.stringify({ problems, changes: changes ?? null }, null, 2))
      else {
        for (const problem of problems) print(describeProblem(problem))
        for (const change of changes ?? []) print(describeChange(change))
        if (changes?.length === 0) print('No difference.')
      }
      return changes === undefined ? 1 : 0
    })
  },
}

function versionNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`"${text}" is not the number of a version.`)
  return number
}

function describeChange({ pointer, change, before, after }: DocumentChange): string {
  if (change === 'added') return `+ ${pointer}: ${JSON.stringify(after)}`
  if (change === 'removed') return `- ${pointer}: ${JSON.stringify(before)}`
  if (change === 'reordered')
    return `~ ${pointer}: the entries stand in another order, ${JSON.stringify(after)}`
  return `~ ${pointer}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`
}
