import type { Command } from './command.ts'

interface Entry {
  /** One line for the list of commands. */
  readonly summary: string
  /** Only the command that is run is loaded. */
  load(): Promise<{ command: Command }>
}

/** All commands, in the order in which `tessera help` lists them. */
export const commands: Readonly<Record<string, Entry>> = {
  start: { summary: 'start the platform', load: () => import('./commands/start.ts') },
  version: { summary: 'print the versions of Tessera and Node', load: () => import('./commands/version.ts') },
  help: { summary: 'explain a command', load: () => import('./commands/help.ts') },
}
