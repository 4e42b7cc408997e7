import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { describeProblem, typesOf } from '../../definitions/index.ts'
import type { Command } from '../command.ts'
import { oneTenant, projectOptions, readProject } from '../declared-project.ts'

export const command: Command = {
  usage: 'tessera types [--project FOLDER] [--tenant NAME] [--out FILE]',
  description: [
    'Writes TypeScript types for plugins: one interface for each object and for each event of a process.',
    '',
    '  --project FOLDER   the folder with your declarations (default: here)',
    '  --tenant NAME      the tenant; may be left out where the project declares one alone',
    '  --out FILE         where to (default: plugins/types.generated.ts in the project; - prints them)',
  ].join('\n'),
  options: { ...projectOptions, out: { type: 'string', default: 'plugins/types.generated.ts' } },
  async run({ options, print }) {
    const declared = await readProject(options)
    const { model, problems } = declared.load(oneTenant(declared, options.tenant))
    if (model === undefined) {
      problems
        .filter(({ severity }) => severity === 'error')
        .forEach((problem) => print(describeProblem(problem)))
      return 1
    }
    const text = await typesOf(model)
    if (options.out === '-') {
      print(text.trimEnd())
      return 0
    }
    const file = resolve(declared.project.folder, String(options.out))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    print(`Wrote ${file}: ${model.objects.size} objects, ${model.processes.size} processes.`)
    return 0
  },
}
