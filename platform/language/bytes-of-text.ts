import type { ExprNode } from './tree.ts'

/** The most bytes (UTF-8) of the value that a path leads to; Infinity where nothing limits it. */
export type BytesOfPath = (path: readonly string[]) => number

/** Texts that the platform writes itself: numbers, days, moments, durations, ids. */
const LONGEST_WRITTEN = 100

/**
 * The most bytes that a text may have in UTF-8, found without evaluating it; Infinity where nothing limits it. An upper
 * limit: where a function's result has no simple limit, there is none.
 */
export function bytesOfText(node: ExprNode, bytesOfPath: BytesOfPath): number {
  const bytes = (part: ExprNode) => bytesOfText(part, bytesOfPath)
  if (node.type.kind === 'null') return 0
  if (node.type.kind !== 'string') return isWritten.has(node.type.kind) ? LONGEST_WRITTEN : Infinity
  switch (node.kind) {
    case 'constant':
      return typeof node.value === 'string' ? [...node.value].length * 4 : 0
    case 'path':
      return bytesOfPath(node.path)
    case 'coerce':
      return bytes(node.operand)
    case 'conditional':
      return Math.max(bytes(node.then), bytes(node.otherwise))
    case 'coalesce':
      return Math.max(...node.operands.map(bytes))
    case 'call':
      return bytesOfCall(node.name, node.args.map(bytes))
    default:
      return Infinity
  }
}

const isWritten: ReadonlySet<string> = new Set('bool int decimal date datetime duration record'.split(' '))

/** Letters change one for one; a letter of two bytes may become one of three. */
const growth: Readonly<Record<string, number>> = { lower: 1.5, upper: 1.5, trim: 1, substring: 1, string: 1 }

function bytesOfCall(name: string, args: readonly number[]): number {
  if (name === '+' || name === 'concat') return args.reduce((sum, length) => sum + length, 0)
  return (args[0] ?? Infinity) * (growth[name] ?? Infinity)
}
