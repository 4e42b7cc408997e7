import type { AccessMatrix, AppMeta, ObjectMeta } from '#lib/shared/api/types.ts'

export type MatrixRow = AccessMatrix['rights'][number]

export interface MatrixObject {
  readonly name: string
  /** What each role may do with it, by the name of the role; nothing stands for nothing. */
  readonly rights: ReadonlyMap<string, MatrixRow>
}

/** The objects of an app, lines beneath the object whose lines they are. */
export interface MatrixGroup {
  /** Undefined for what no app shows. */
  readonly app: AppMeta | undefined
  readonly objects: readonly MatrixObject[]
}

interface Names {
  readonly apps: readonly AppMeta[]
  readonly object: (name: string) => ObjectMeta | undefined
}

/** The rows of the matrix in the order of the navigation. What a role does with an object stands under its name. */
export function matrixGroups(rights: readonly MatrixRow[], { apps, object }: Names): readonly MatrixGroup[] {
  const byObject = Map.groupBy(rights, (row) => row.object)
  const left = new Set([...byObject.keys()].toSorted())
  const take = (name: string): MatrixObject[] => {
    if (!left.delete(name)) return []
    const lines = [...left].filter((each) => object(each)?.parent?.object === name)
    const row = { name, rights: new Map(byObject.get(name)?.map((right) => [right.role, right])) }
    return [row, ...lines.flatMap(take)]
  }
  const groups = apps.map((app) => ({ app, objects: app.items.flatMap((item) => take(item.object)) }))
  // Objects before lines: those stand beneath them.
  const others = [...left].toSorted((a, b) => Number(isLine(a)) - Number(isLine(b)))
  return [...groups, { app: undefined, objects: others.flatMap(take) }].filter(
    (group) => group.objects.length > 0,
  )

  function isLine(name: string): boolean {
    return object(name)?.parent !== undefined
  }
}
