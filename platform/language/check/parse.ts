import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { limits } from '../limits.ts'
import type { ExpressionFault } from '../types.ts'

const environment = new Environment({
  limits: {
    maxAstNodes: limits.nodes,
    maxDepth: limits.depth,
    maxListElements: limits.listElements,
    maxMapEntries: limits.listElements,
    maxCallArguments: limits.callArguments,
  },
})

/** The syntax tree of a text with positions; a fault where it is no expression or exceeds the limits. */
export function parseText(text: string): { ast: ASTNode } | { fault: ExpressionFault } {
  if (text.length > limits.textLength) {
    return fault(
      0,
      text.length,
      `The expression is longer than ${limits.textLength} characters`,
      'Split it up.',
    )
  }
  if (text.trim() === '')
    return fault(0, text.length, 'The expression is empty', "Write a value, such as 'true'.")
  try {
    return { ast: environment.parse(text).ast }
  } catch (error) {
    if (error instanceof RangeError) return fault(0, text.length, 'The expression is nested too deeply')
    if (!(error instanceof ParseError)) throw error
    const start = Math.min(error.range?.start ?? 0, text.length)
    const end = Math.max(error.range?.end ?? start, start)
    return fault(start, Math.max(end - start, 1), wording(error), remedyAt(text, start))
  }
}

function fault(
  position: number,
  length: number,
  message: string,
  remedy?: string,
): { fault: ExpressionFault } {
  return { fault: { position, length, message, remedy } }
}

function wording(error: ParseError): string {
  return error.summary
    .replace('Unexpected token: EOF', 'The expression ends too early')
    .replace(/got EOF$/, 'but the expression ends here')
}

function remedyAt(text: string, position: number): string | undefined {
  const rest = text.slice(position)
  if (/^=[^=]/.test(rest) || rest === '=') return 'Write == to compare.'
  if (/^&[^&]/.test(rest)) return 'Write && for "and".'
  if (/^\|[^|]/.test(rest)) return 'Write || for "or".'
  if (/^and\b/i.test(rest)) return 'Write && for "and".'
  if (/^or\b/i.test(rest)) return 'Write || for "or".'
  if (/^not\b/i.test(text.slice(0, position).split(/\s/).at(-2) ?? '')) return 'Write ! for "not".'
  if (/^[^\p{ASCII}]/u.test(rest)) return "Names are plain ASCII; put text in quotes, such as '客户'."
  return undefined
}
