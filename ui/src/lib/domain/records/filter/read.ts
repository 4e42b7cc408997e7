import type { FilterOperator } from '#lib/shared/api/types.ts'
import type { Clause, Literal } from './clause.ts'

/**
 * The clauses of an expression. What has the form that clicking makes becomes a clause on a field; every other part
 * stays an expression, so nothing that a person wrote is lost or changed in meaning.
 */
export function readFilter(text: string): readonly Clause[] {
  if (text.trim() === '') return []
  const parts = splitAnd(text)
  const clauses: Clause[] = []
  for (let at = 0; at < parts.length; at++) {
    const both =
      parts[at + 1] === undefined ? undefined : readBetween(parts[at] as string, parts[at + 1] as string)
    if (both !== undefined) {
      clauses.push(both)
      at++
    } else clauses.push(readPart(parts[at] as string))
  }
  return clauses
}

const path = String.raw`record\.([a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)`
const literal = String.raw`('(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?|true|false|date(?:time)?\('[^'\\]*'\))`

const forms: readonly [RegExp, FilterOperator, 'path first' | 'value first' | 'list'][] = [
  [new RegExp(`^${path} == null$`), 'blank', 'path first'],
  [new RegExp(`^${path} != null$`), 'not_blank', 'path first'],
  [new RegExp(`^${path} == ${literal}$`), 'equals', 'path first'],
  [new RegExp(`^${path} != ${literal}$`), 'not_equals', 'path first'],
  [new RegExp(`^${path} < ${literal}$`), 'less', 'path first'],
  [new RegExp(`^${path} > ${literal}$`), 'greater', 'path first'],
  [new RegExp(String.raw`^${path}\.lower\(\)\.contains\(${literal}\)$`), 'contains', 'path first'],
  [new RegExp(String.raw`^${path}\.startsWith\(${literal}\)$`), 'starts_with', 'path first'],
  [new RegExp(String.raw`^${path} in \[(${literal}(?:, ${literal})*)\]$`), 'in', 'list'],
  [new RegExp(`^${literal} in ${path}$`), 'contains', 'value first'],
]

function readPart(text: string): Clause {
  for (const [form, operator, order] of forms) {
    const match = form.exec(text)
    if (match === null) continue
    const [, first = '', second] = match
    if (order === 'list')
      return {
        kind: 'field',
        path: first,
        operator,
        values: [...(second ?? '').matchAll(new RegExp(literal, 'g'))].map((m) => readLiteral(m[0])),
      }
    const [place, value] = order === 'value first' ? [second ?? '', first] : [first, second]
    return { kind: 'field', path: place, operator, values: value === undefined ? [] : [readLiteral(value)] }
  }
  return { kind: 'expression', text: withoutBrackets(text) }
}

function readBetween(low: string, high: string): Clause | undefined {
  const first = new RegExp(`^${path} >= ${literal}$`).exec(low)
  const second = new RegExp(`^${path} <= ${literal}$`).exec(high)
  if (first === null || second === null || first[1] !== second[1]) return undefined
  return {
    kind: 'field',
    path: first[1] as string,
    operator: 'between',
    values: [readLiteral(first[2] as string), readLiteral(second[2] as string)],
  }
}

function readLiteral(text: string): Literal {
  if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' }
  const wrapped = /^(date|datetime)\('(.*)'\)$/.exec(text)
  if (wrapped) return { type: wrapped[1] as 'date' | 'datetime', value: wrapped[2] as string }
  if (!text.startsWith("'")) return { type: 'number', value: text }
  const value = text
    .slice(1, -1)
    .replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 'r' ? '\r' : letter))
  return { type: 'text', value }
}

/** Splits at `&&` outside of brackets and quotes. A text with `||` on that level is one part. */
function splitAnd(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === "'" || letter === '"') at = endOfQuote(text, at)
    else if (letter === '(' || letter === '[' || letter === '{') depth++
    else if (letter === ')' || letter === ']' || letter === '}') depth--
    else if (depth === 0 && (text.startsWith('||', at) || letter === '?')) return [text.trim()]
    else if (depth === 0 && text.startsWith('&&', at)) {
      parts.push(text.slice(start, at).trim())
      start = at + 2
      at++
    }
  }
  return [...parts, text.slice(start).trim()].filter((part) => part !== '')
}

function endOfQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === text[start]) return at
  }
  return text.length
}

function withoutBrackets(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === "'" || letter === '"') at = endOfQuote(text, at)
    else if (letter === '(') depth++
    else if (letter === ')' && --depth === 0 && at < text.length - 1) return text
  }
  return text.slice(1, -1).trim()
}
