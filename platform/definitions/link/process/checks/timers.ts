import type { MachineCheck } from './machine-check.ts'

/** A timer has no person behind it, so its actions need a role to act under. */
export function checkTimers({ linkage, process, branches }: MachineCheck): void {
  if (process.document.run_as !== undefined) return
  for (const { trigger, at, position } of branches)
    if (trigger.type === 'after' && position === 0)
      linkage.problems.error({
        at,
        code: 'timer_without_role',
        message: 'When a timer fires there is no person whose rights it could use.',
        remedy: 'Add "run_as" with a role to the process.',
      })
}
