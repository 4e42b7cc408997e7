/** One value that differs between two sets of documents. */
export interface DocumentChange {
  /** JSON Pointer, beginning with kind and name: `/object/opportunity/fields/amount/label`. */
  readonly pointer: string
  readonly change: 'added' | 'removed' | 'changed' | 'reordered'
  readonly before?: unknown
  readonly after?: unknown
}

/** What differs, by pointer. Maps are compared entry by entry and by the order of their entries; lists are one value, as in overlays. Pure. */
export function compareDocuments(before: unknown, after: unknown, pointer = ''): DocumentChange[] {
  if (isMap(before) && isMap(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    const changes = [...names].flatMap((name) => {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (!Object.hasOwn(before, name)) return [{ pointer: at, change: 'added' as const, after: after[name] }]
      if (!Object.hasOwn(after, name))
        return [{ pointer: at, change: 'removed' as const, before: before[name] }]
      return compareDocuments(before[name], after[name], at)
    })
    return [...reordering({ before, after, pointer }), ...changes]
  }
  return JSON.stringify(before) === JSON.stringify(after)
    ? []
    : [{ pointer, change: 'changed', before, after }]
}

/** The order of fields is the order on the page, and that of states the order in which regions are entered. */
function reordering({
  before,
  after,
  pointer,
}: {
  before: object
  after: object
  pointer: string
}): DocumentChange[] {
  const common = (one: object, other: object) => Object.keys(one).filter((name) => Object.hasOwn(other, name))
  const [earlier, later] = [common(before, after), common(after, before)]
  if (earlier.join('\n') === later.join('\n')) return []
  return [{ pointer, change: 'reordered', before: earlier, after: later }]
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
