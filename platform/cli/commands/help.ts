import type { Command } from '../command.ts'
import { commands } from '../commands.ts'
import { unknownCommand } from '../nearest-command.ts'

export const command: Command = {
  usage: 'tessera help [COMMAND]',
  description: 'Lists the commands, or explains one.',
  positionals: ['COMMAND'],
  async run({ positionals: [name], print }) {
    if (name === undefined) {
      listCommands(print)
      return 0
    }
    const entry = commands[name]
    if (!entry) throw unknownCommand(name)
    const { usage, description } = (await entry.load()).command
    print(`Usage: ${usage}\n\n${description}`)
    return 0
  },
}

function listCommands(print: (line: string) => void): void {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  print('Usage: tessera COMMAND [options]\n')
  for (const [name, { summary }] of Object.entries(commands)) print(`  ${name.padEnd(width)}  ${summary}`)
  print('\n`tessera help COMMAND` tells more.')
}
