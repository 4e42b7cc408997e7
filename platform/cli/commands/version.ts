import manifest from '../../../package.json' with { type: 'json' }
import type { Command } from '../command.ts'

export const command: Command = {
  usage: 'tessera version',
  description: 'Prints the version of Tessera and of the Node that runs it.',
  async run({ print }) {
    print(`tessera ${manifest.version}, node ${process.versions.node}`)
    return 0
  },
}
