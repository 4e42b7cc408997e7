import type { Command, CommandList } from '../command.ts'
import { unknownCommand } from '../nearest-command.ts'

export const command: Command = {
  usage: 'tessera help [COMMAND]',
  description: 'Lists the commands, or explains one.',
  positionals: ['COMMAND'],
  async run({ positionals: [name], commands, print }) {
    if (name === undefined) {
      listCommands(commands, print)
      return 0
    }
    const entry = commands[name]
    if (!entry) throw unknownCommand(name, commands)
    const { usage, description } = (await entry.load()).command
    print(`Usage: ${usage}\n\n${description}`)
    return 0
  },
}

function listCommands(commands: CommandList, print: (line: string) => void): void {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  print('Usage: tessera COMMAND [options]\n')
  for (const [name, { summary }] of Object.entries(commands)) print(`  ${name.padEnd(width)}  ${summary}`)
  print('\n`tessera help COMMAND` tells more.')
}
