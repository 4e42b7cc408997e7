import type { NamesSince } from '../../definitions/index.ts'
import type { Renames } from '../plan/renames.ts'
import type { Rename } from '../plan/renaming.ts'

type Names = Readonly<Record<string, string>>

/**
 * What a document's names have become after a further publish. A name that another thing took over meanwhile is not
 * the document's: `a` renamed to `b`, then a new `a` renamed to `c`, leaves the document's `a` at `b`.
 */
export function namesAfter({ objects, fields }: NamesSince, renames: Renames): NamesSince {
  const renamed: Record<string, Names> = { ...fields }
  for (const [present, changes] of Object.entries(renames.fields)) {
    const object = originOf(objects, present)
    if (object !== undefined) renamed[object] = follow(fields[object] ?? {}, changes)
  }
  return { objects: follow(objects, renames.objects), fields: renamed }
}

function follow(names: Names, renames: readonly Rename[]): Names {
  const origins = renames.map(({ from, to }) => [originOf(names, from), to] as const)
  const followed = { ...names }
  for (const [origin, to] of origins) if (origin !== undefined) followed[origin] = to
  return followed
}

/** The document's own name of what is called so at present; undefined where it came after the document. */
function originOf(names: Names, present: string): string | undefined {
  const origin = Object.keys(names).find((name) => names[name] === present)
  return origin ?? (Object.hasOwn(names, present) ? undefined : present)
}
