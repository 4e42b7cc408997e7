import { RE2JS } from 're2js'
import { accept, refuse, type FieldContext, type ValueCheck } from './field-type.ts'

/**
 * Checks a text: a well-formed Unicode string without NUL (PostgreSQL's `text` cannot hold it),
 * within `min_length`/`max_length` in code points, matching `pattern` (RE2, linear time) where declared.
 */
export function checkText(value: unknown, field: FieldContext): ValueCheck {
  if (typeof value !== 'string') return refuse('type', `expected a text, got ${describeJson(value)}`)
  if (value.includes('\u0000'))
    return refuse('character', `contains the character NUL at position ${value.indexOf('\u0000')}; remove it`)
  if (!value.isWellFormed())
    return refuse('character', 'contains half of a surrogate pair; send well-formed Unicode')
  const { max_length, min_length, pattern } = field.declaration as {
    max_length?: number
    min_length?: number
    pattern?: string
  }
  const length = max_length !== undefined && value.length <= max_length ? value.length : codePoints(value)
  if (max_length !== undefined && length > max_length)
    return refuse('too_long', `has ${length} characters; at most ${max_length} are allowed`)
  if (min_length !== undefined && codePoints(value) < min_length)
    return refuse('too_short', `has ${codePoints(value)} characters; at least ${min_length} are needed`)
  if (pattern !== undefined && !compiled(pattern).matcher(value).matches())
    return refuse('pattern', `does not match the pattern ${pattern}`)
  return accept(value)
}

export function describeJson(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

const patterns = new Map<string, RE2JS>()

function compiled(pattern: string): RE2JS {
  let regex = patterns.get(pattern)
  if (regex === undefined) {
    regex = RE2JS.compile(pattern)
    patterns.set(pattern, regex)
  }
  return regex
}
