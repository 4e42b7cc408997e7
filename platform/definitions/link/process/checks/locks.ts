import { inside } from '../../../model/problem-list.ts'
import { findField } from '../../look-up.ts'
import { checkRoles } from '../../roles.ts'
import { presentField } from '../names-since.ts'
import { ancestorsOf, nameOf, withDescendants } from '../state-node.ts'
import type { MachineCheck } from './machine-check.ts'

/** Locks name fields that people could change otherwise, roles that there are, and say something. */
export function checkLocks({ linkage, process }: MachineCheck): void {
  const object = linkage.objects.get(process.object)
  for (const node of withDescendants(process.root)) {
    if (node.config.locks === undefined || object === undefined) continue
    const at = inside(node.at, 'locks')
    if (process.stateField === undefined)
      linkage.problems.error({
        at,
        code: 'part_of_others',
        message: `"${process.name}" has no "state_field" that could show that a record is in "${nameOf(node)}".`,
        remedy: 'Declare the lock in the process that governs the object.',
      })
    const {
      all,
      fields = {},
      allowed_roles: roles,
    } = node.config.locks as {
      all?: boolean
      fields?: Readonly<Record<string, boolean>>
      allowed_roles?: Readonly<Record<string, boolean>>
    }
    checkRoles(linkage, roles, inside(at, 'allowed_roles'))
    if (all !== true && !Object.values(fields).includes(true))
      linkage.problems.warning({
        at,
        code: 'empty_lock',
        message: `The lock of "${nameOf(node)}" closes nothing.`,
        remedy: 'Write "all": true, or name fields: {"lines": true}.',
      })
    if ([...ancestorsOf(node)].some(({ kind }) => kind === 'parallel'))
      linkage.problems.error({
        at,
        code: 'lock_in_region',
        message: `"${nameOf(node)}" lies in a parallel region, and the state field shows only one of these.`,
        remedy: 'Declare the lock at the parallel state, or outside of it.',
      })
    for (const name of Object.keys(fields))
      findField(linkage, {
        object,
        name: presentField(linkage.names, object.name, name),
        at: { ...inside(at, 'fields', name), isKey: true },
      })
  }
}
