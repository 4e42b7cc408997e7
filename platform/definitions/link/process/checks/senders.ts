import type { RoleDocument } from '../../../documents.generated.ts'
import { inside } from '../../../model/problem-list.ts'
import type { MachineCheck } from './machine-check.ts'

/**
 * Events that nobody may send although roles are named for them: none of these roles holds the right on the record
 * that the sender needs. A person may hold a second role that does, so it is a warning; events that processes send or
 * raise need nobody.
 */
export function checkSenders({ linkage, process }: MachineCheck): void {
  for (const { name, allowedRoles, needs } of process.events.values()) {
    if (linkage.sentEvents.has(name)) continue
    const declared = Object.keys(linkage.documents.role)
    const senders = declared.filter((role) => allowedRoles?.has(role) ?? true)
    if (
      senders.length === 0 ||
      senders.some((role) => holds(linkage, { role, object: process.object, needs }))
    )
      continue
    const roles = allowedRoles === undefined ? 'No role' : `None of the roles ${senders.join(', ')}`
    const verb = needs === 'update' ? 'change' : 'read'
    linkage.problems.warning({
      at: inside(process.at, 'events', name, ...(allowedRoles === undefined ? [] : ['allowed_roles'])),
      code: 'nobody_may_send',
      message: `${roles} may ${verb} a record of "${process.object}", which the event "${name}" takes.`,
      remedy:
        needs === 'update'
          ? `Give one of them the right to update "${process.object}", or write "needs": "read".`
          : `Give one of them the right to read "${process.object}".`,
    })
  }
}

/** Whether a role as it is declared has the right on any record of the object. */
function holds(
  { documents, objects }: MachineCheck['linkage'],
  { role, object, needs }: { role: string; object: string; needs: 'read' | 'update' },
): boolean {
  const rights = (documents.role[role] as unknown as RoleDocument | undefined)?.objects ?? {}
  const right = (rights[governing(objects, object)] ?? rights['*'])?.[needs]
  const level = typeof right === 'object' ? (right.level ?? 'all') : (right ?? 'none')
  return level !== 'none'
}

/** The rights on a line are those on the record that it belongs to. */
function governing(objects: MachineCheck['linkage']['objects'], object: string): string {
  const seen = new Set<string>()
  let name = object
  for (
    let parent = objects.get(name)?.parent?.reference?.to;
    parent !== undefined && !seen.has(name);
    parent = objects.get(name)?.parent?.reference?.to
  ) {
    seen.add(name)
    name = parent
  }
  return name
}
