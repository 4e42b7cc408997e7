import type { ObjectModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import type { Linkage } from './linkage.ts'

/** The process that governs an object; its state field belongs to it and to nothing else. */
export function checkLifecycle(
  linkage: Linkage,
  { object, lifecycle }: { object: ObjectModel; lifecycle: string | undefined },
): ObjectModel['lifecycle'] {
  const at: Address = { kind: 'object', name: object.name, path: [] }
  const named = lifecycle === undefined ? undefined : linkage.processes.get(lifecycle)
  const process = named?.stateField === undefined ? undefined : { ...named, stateField: named.stateField }
  if (named !== undefined && process === undefined)
    linkage.problems.error({
      at: inside(at, 'lifecycle'),
      code: 'lifecycle',
      message: `The process "${named.name}" has no "state_field": it is a part of others and governs nothing.`,
      remedy: 'Name a process that has one, or give it one.',
    })
  else if (lifecycle !== undefined && process === undefined)
    linkage.problems.error({
      at: inside(at, 'lifecycle'),
      code: 'unknown_process',
      message: `There is no process "${lifecycle}".`,
      remedy: suggest(lifecycle, linkage.processes.keys(), 'Known processes'),
    })
  else if (process !== undefined && process.object !== object.name)
    linkage.problems.error({
      at: inside(at, 'lifecycle'),
      code: 'lifecycle',
      message: `The process "${process.name}" governs "${process.object}", not "${object.name}".`,
      remedy: 'Name a process of this object.',
    })
  for (const { name, type } of object.fields.values())
    if (
      type.name === 'state' &&
      name !== process?.stateField &&
      (process !== undefined || lifecycle === undefined)
    )
      linkage.problems.error({
        at: inside(at, 'fields', name),
        code: 'lifecycle',
        message:
          process === undefined
            ? `No process governs the state field "${name}".`
            : `The process "${process.name}" keeps its state in "${process.stateField}", not in "${name}".`,
        remedy:
          process === undefined
            ? 'Add "lifecycle" to the object, or use a field of type choice.'
            : `Remove "${name}", or use a field of type choice.`,
      })
  return process === undefined ? undefined : { process: process.name, stateField: process.stateField }
}
