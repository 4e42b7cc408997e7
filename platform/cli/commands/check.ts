import { describeProblem, type Problem } from '../../definitions/index.ts'
import type { Command } from '../command.ts'
import { projectOptions, readProject, type DeclaredProject } from '../declared-project.ts'

export const command: Command = {
  usage: 'tessera check [--project FOLDER] [--tenant NAME] [--json]',
  description: [
    'Checks the declarations and reports everything that is wrong: file, line, column, JSON Pointer and what to do.',
    'Needs no database and changes nothing.',
    '',
    '  --project FOLDER   the folder with your declarations (default: here)',
    '  --tenant NAME      the tenant to check (default: all of them)',
    '  --json             prints the problems as JSON',
    '',
    'Ends with 1 where there are errors; warnings alone end with 0.',
  ].join('\n'),
  options: { ...projectOptions, json: { type: 'boolean', default: false } },
  async run({ options, print }) {
    const declared = await readProject(options)
    const problems = problemsOf(declared, options.tenant)
    const errors = problems.filter(({ severity }) => severity === 'error').length
    if (options.json === true) print(JSON.stringify(problems, null, 2))
    else {
      for (const problem of problems) print(describeProblem(problem))
      print(
        summary({
          errors,
          warnings: problems.length - errors,
          tenants: [...declared.project.tenants.keys()],
        }),
      )
    }
    return errors > 0 ? 1 : 0
  },
}

/** Of one tenant or all; a fault of a package that several tenants use counts once. */
function problemsOf(declared: DeclaredProject, tenant: string | boolean | undefined): Problem[] {
  const names = typeof tenant === 'string' ? [tenant] : [...declared.project.tenants.keys()]
  const all =
    names.length === 0 ? declared.project.problems : names.flatMap((name) => declared.load(name).problems)
  return [...new Map(all.map((problem) => [describeProblem(problem), problem])).values()]
}

function summary({
  errors,
  warnings,
  tenants,
}: {
  errors: number
  warnings: number
  tenants: readonly string[]
}): string {
  const found = [counted(errors, 'error'), counted(warnings, 'warning')].filter((text) => text !== undefined)
  if (found.length > 0) return `${found.join(', ')}.`
  return `The declarations of ${tenants.join(', ')} are sound.`
}

function counted(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? '' : 's'}`
}
