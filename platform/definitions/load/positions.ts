import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser'
import { lineAndColumn } from './line-and-column.ts'
import type { Source } from './source.ts'

type Path = readonly (string | number)[]

/** Whether the file says something at the path (a null that deletes counts). */
export function isSetIn(source: Source, path: Path): boolean {
  let value: unknown = source.value
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false
    value = (value as Record<string | number, unknown>)[step]
  }
  return true
}

/** Line and column of the value at the path, of its key, or of a character within a text value. */
export function positionIn(
  source: Source,
  path: Path,
  { isKey = false, offset }: { isKey?: boolean; offset?: number } = {},
): { line: number; column: number } {
  const node = treeOf(source) && findNodeAtLocation(treeOf(source) as Node, [...path])
  if (node === undefined) return { line: 1, column: 1 }
  if (isKey && node.parent?.type === 'property') return lineAndColumn(source.text, node.parent.offset)
  const start =
    offset === undefined || node.type !== 'string'
      ? node.offset
      : characterOffset(source.text, node.offset + 1, offset)
  return lineAndColumn(source.text, start)
}

const trees = new WeakMap<Source, Node | undefined>()

function treeOf(source: Source): Node | undefined {
  if (!trees.has(source)) trees.set(source, parseTree(source.text))
  return trees.get(source)
}

/** Where in the raw text the nth character of a JSON string stands: escapes are longer than what they mean. */
function characterOffset(text: string, start: number, count: number): number {
  let offset = start
  for (let passed = 0; passed < count && text[offset] !== '"'; passed++) {
    if (text[offset] !== '\\') offset += 1
    else offset += text[offset + 1] === 'u' ? 6 : 2
  }
  return offset
}
