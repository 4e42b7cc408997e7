import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { UsageError, type Command } from '../command.ts'
import { projectFiles } from '../new-project/project-files.ts'
import { shippedFolder } from '../shipped-folder.ts'

const nameRule = /^[a-z][a-z0-9_]{0,39}$/

export const command: Command = {
  usage: 'tessera new FOLDER',
  description: [
    'Makes a project of your own in a new folder: a tenant on top of the shipped packages, a package for your',
    'declarations with a first change in it, and schemas for your editor. The name of the folder becomes the name of',
    'the tenant and of the package: lower-case letters, digits and underscores.',
  ].join('\n'),
  positionals: ['FOLDER'],
  async run({ positionals: [given], print }) {
    if (given === undefined) throw new UsageError('Say which folder: tessera new acme')
    const folder = resolve(given)
    const name = basename(folder)
    if (!nameRule.test(name))
      throw new UsageError(
        `"${name}" cannot be the name of a tenant: use lower-case letters, digits and underscores, such as acme.`,
      )
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw new Error(`${folder} is not empty. Choose another name, or empty it first.`)
    const files = projectFiles(name, shippedFolder)
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    print(`Made ${folder}. Next: tessera start --project ${given}`)
    return 0
  },
}
