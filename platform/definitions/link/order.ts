/** Entries of a map in display order: those with an `order` by it, then the others as declared. */
export function inOrder<Entry extends { readonly order?: number }>(
  map: Readonly<Record<string, Entry>> = {},
): [string, Entry][] {
  const rank = (entry: Entry) => entry.order ?? Infinity
  return Object.entries(map).sort(([, left], [, right]) =>
    rank(left) === rank(right) ? 0 : rank(left) - rank(right),
  )
}
