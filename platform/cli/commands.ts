import type { CommandList } from './command.ts'

/** Everything that `tessera` can do. */
export const commands: CommandList = {
  start: { summary: 'start the platform', load: () => import('./commands/start.ts') },
  version: { summary: 'print the versions of Tessera and Node', load: () => import('./commands/version.ts') },
  help: { summary: 'explain a command', load: () => import('./commands/help.ts') },
}
