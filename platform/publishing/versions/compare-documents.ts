/** One value that differs between two sets of documents. */
export interface DocumentChange {
  /** JSON Pointer, beginning with kind and name: `/object/opportunity/fields/amount/label`. */
  readonly pointer: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly before?: unknown
  readonly after?: unknown
}

/** What differs, by pointer. Maps are compared entry by entry; lists are one value, as in overlays. Pure. */
export function compareDocuments(before: unknown, after: unknown, pointer = ''): DocumentChange[] {
  if (isMap(before) && isMap(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) => {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (!Object.hasOwn(before, name)) return [{ pointer: at, change: 'added' as const, after: after[name] }]
      if (!Object.hasOwn(after, name))
        return [{ pointer: at, change: 'removed' as const, before: before[name] }]
      return compareDocuments(before[name], after[name], at)
    })
  }
  return JSON.stringify(before) === JSON.stringify(after)
    ? []
    : [{ pointer, change: 'changed', before, after }]
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
