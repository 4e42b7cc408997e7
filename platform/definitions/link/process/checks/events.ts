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
  checkUnique(check)
  checkObsoleteBranches(check)
}

/** People send events to a record: the process that governs it and its parts have no name in common. */
function checkUnique({ linkage, process }: MachineCheck): void {
  for (const other of linkage.processes.values()) {
    const isBeside = other.name !== process.name && other.object === process.object
    if (!isBeside || process.stateField !== undefined) continue
    // Of two parts the one that is named later reports it.
    if (other.stateField === undefined && other.name > process.name) continue
    for (const name of process.events.keys())
      if (other.events.has(name))
        linkage.problems.error({
          at: { ...inside(process.at, 'events', name), isKey: true },
          code: 'event_of_two',
          message: `"${other.name}" has an event "${name}" as well, and both are about "${process.object}".`,
          remedy: 'Give one of them another name.',
        })
  }
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
