import { inside } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import { checkObsoleteBranches } from './obsolete-branches.ts'
import type { MachineCheck } from './machine-check.ts'

/** Events that are used are declared, those declared are used, and somebody may send them. */
export function checkEvents(check: MachineCheck): void {
  const { linkage, process, branches } = check
  const accepted = new Set<string>()
  for (const { trigger, source, position } of branches) {
    if (trigger.type !== 'event' || position > 0) continue
    accepted.add(trigger.event)
    if (process.events.has(trigger.event)) continue
    linkage.problems.error({
      at: { ...inside(source.at, 'on', trigger.event), isKey: true },
      code: 'unknown_event',
      message: trigger.event.includes('*')
        ? `"${trigger.event}" would also catch the engine's own events.`
        : `The event "${trigger.event}" is not declared.`,
      remedy: trigger.event.includes('*')
        ? 'Name each event.'
        : suggest(trigger.event, process.events.keys(), 'Declared events'),
    })
  }
  for (const event of process.events.values()) checkEvent(check, event.name, accepted)
  checkObsoleteBranches(check)
}

function checkEvent({ linkage, process }: MachineCheck, event: string, accepted: ReadonlySet<string>): void {
  const at = inside(process.at, 'events', event)
  if (!accepted.has(event))
    linkage.problems.warning({
      at: { ...at, isKey: true },
      code: 'unused_event',
      message: `No state accepts the event "${event}".`,
      remedy: 'Add a transition on it, or remove it.',
    })
  if (process.events.get(event)?.allowedRoles?.size === 0 && !linkage.sentEvents.has(event))
    linkage.problems.error({
      at: inside(at, 'allowed_roles'),
      code: 'nobody_may_send',
      message: `No role may send the event "${event}", and no process sends it.`,
      remedy: 'Allow a role ({"seller": true}), or remove "allowed_roles".',
    })
}
