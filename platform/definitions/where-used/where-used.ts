import type { Model } from '../model/model.ts'
import { usesInFields } from './uses-in-fields.ts'
import { usesInObjects } from './uses-in-objects.ts'
import { usesInPeopleKinds } from './uses-in-roles-and-views.ts'
import { usesInProcesses } from './uses-in-processes.ts'
import { usesInQueues } from './uses-in-queues.ts'
import { usesInServiceLevels } from './uses-in-service-levels.ts'
import { usesInTriggers } from './uses-in-triggers.ts'

const indexes = new WeakMap<Model, ReadonlyMap<string, readonly string[]>>()

/**
 * What would break if an object (`account`) or a field (`account.name`) went: the addresses of the declarations that
 * refer to it, an object's including those of its fields. Its own declaration is not among them.
 */
export function whereUsed(model: Model, target: string): readonly string[] {
  const index = indexOf(model)
  const isObject = !target.includes('.')
  const targets = isObject
    ? [...index.keys()].filter((key) => key === target || key.startsWith(`${target}.`))
    : [target]
  const own = `objects/${target.split('.')[0] ?? ''}/`
  const uses = targets.flatMap((key) => index.get(key) ?? [])
  return [...new Set(uses)].filter((by) => !isObject || !by.startsWith(own)).sort()
}

function indexOf(model: Model): ReadonlyMap<string, readonly string[]> {
  const known = indexes.get(model)
  if (known !== undefined) return known
  const index = new Map<string, string[]>()
  const parts = [
    usesInObjects,
    usesInFields,
    usesInPeopleKinds,
    usesInProcesses,
    usesInServiceLevels,
    usesInQueues,
    usesInTriggers,
  ]
  for (const uses of parts)
    for (const { target, by } of uses(model)) {
      const list = index.get(target)
      if (list === undefined) index.set(target, [by])
      else list.push(by)
    }
  indexes.set(model, index)
  return index
}
