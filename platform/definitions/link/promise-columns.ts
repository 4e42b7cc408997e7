import { promiseColumn, promiseOf } from '../model/promise-column.ts'
import type { Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import type { Linkage } from './linkage.ts'

/** Whether the path is a column that counts a promise down; reports one that no service level of the object makes. */
export function isPromiseColumn(
  linkage: Linkage,
  { object, path, at }: { object: string; path: string; at: Address },
): boolean {
  const promise = promiseOf(path)
  if (promise === undefined) return false
  const known = Object.values(linkage.documents.service_level)
    .filter((level) => level.object === object)
    .flatMap((level) => Object.keys(level.promises as object))
  if (!known.includes(promise))
    linkage.problems.error({
      at,
      code: 'unknown_promise',
      message: `No service level for "${object}" makes a promise "${promise}".`,
      remedy: suggest(path, new Set(known.map(promiseColumn)), 'Known promises'),
    })
  return true
}
