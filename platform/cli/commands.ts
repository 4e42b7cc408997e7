import type { CommandList } from './command.ts'

/** Everything that `tessera` can do. */
export const commands: CommandList = {
  start: { summary: 'start the platform', load: () => import('./commands/start.ts') },
  new: { summary: 'make a project of your own', load: () => import('./commands/new.ts') },
  check: { summary: 'check the declarations', load: () => import('./commands/check.ts') },
  plan: { summary: 'show what publishing would do', load: () => import('./commands/plan.ts') },
  publish: { summary: 'publish the declarations', load: () => import('./commands/publish.ts') },
  rollback: { summary: 'publish an earlier version again', load: () => import('./commands/rollback.ts') },
  history: { summary: 'list what was published', load: () => import('./commands/history.ts') },
  diff: { summary: 'compare versions and files', load: () => import('./commands/diff.ts') },
  verify: {
    summary: 'compare the database with what was published',
    load: () => import('./commands/verify.ts'),
  },
  access: { summary: 'say who may do what, and why', load: () => import('./commands/access.ts') },
  audit: { summary: 'export and verify the audit log', load: () => import('./commands/audit.ts') },
  retention: { summary: 'carry out how long data are kept', load: () => import('./commands/retention.ts') },
  test: { summary: 'play the scenarios of the packages', load: () => import('./commands/test.ts') },
  simulate: {
    summary: 'play sample cases of a process that is not published yet',
    load: () => import('./commands/simulate.ts'),
  },
  backtest: {
    summary: 'replay recorded history through a process that is not published yet',
    load: () => import('./commands/backtest.ts'),
  },
  explain: { summary: 'say which file set a value', load: () => import('./commands/explain.ts') },
  types: { summary: 'write TypeScript types for plugins', load: () => import('./commands/types.ts') },
  user: { summary: 'manage who may sign in', load: () => import('./commands/user.ts') },
  'rotate-secrets': {
    summary: 'encrypt the secrets of the database with another key',
    load: () => import('./commands/rotate-secrets.ts'),
  },
  version: { summary: 'print the versions of Tessera and Node', load: () => import('./commands/version.ts') },
  help: { summary: 'explain a command', load: () => import('./commands/help.ts') },
}
