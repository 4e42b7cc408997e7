import { RE2JS } from 're2js'

const maxPatternLength = 200
const maxCached = 200
// RE2 unrolls repetitions, so large ones cost time and memory before any text is read
const largeRepetition = /\{\d*,?\d{3,}/
const compiled = new Map<string, RE2JS | null>()

/** Whether the pattern (RE2 syntax, linear time) matches some part of the text; a bad pattern matches nothing. */
export function matchesPattern(value: string, pattern: string): boolean {
  return compiledPattern(pattern)?.matcher(value).find() ?? false
}

/** What is wrong with a pattern, if anything. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > maxPatternLength) return `The pattern is longer than ${maxPatternLength} characters`
  if (largeRepetition.test(pattern)) return `'${pattern}' repeats a part more than 99 times`
  return compiledPattern(pattern) === null ? `'${pattern}' is no pattern that RE2 can read` : undefined
}

/**
 * The pattern for PostgreSQL's `~`, where both engines provably mean the same: characters, classes and dots in a
 * row, each with an optional quantifier, bound by ^ and $. Undefined for every other pattern.
 */
export function translatePattern(pattern: string): string | undefined {
  if (pattern.length > 100) return undefined
  const body = /^(\^?)(.*?)(\$?)$/s.exec(pattern)
  if (!body) return undefined
  const [, start = '', middle = '', end = ''] = body
  let translated = ''
  let rest = middle
  while (rest !== '') {
    const match = atomPattern.exec(rest)
    if (!match) return undefined
    const [all, atom = '', quantifier = ''] = match
    translated += (classes[atom] ?? atom) + quantifier
    rest = rest.slice(all.length)
  }
  return translated === '' ? undefined : start + translated + end
}

const classes: Readonly<Record<string, string>> = {
  '.': '[^\\n]',
  '\\d': '[0-9]',
  '\\w': '[0-9A-Za-z_]',
  '\\s': '[ \\t\\n\\f\\r]',
}
const atomPattern =
  /^(\\[dws]|\\[.*+?()[\]{}^$|\\/-]|\.|\[\^?(?:[\p{L}\p{N} _@#%&,;:!/]-[\p{L}\p{N}]|[\p{L}\p{N} _@#%&,;:!/.+*()])+\]|[\p{L}\p{N} _@#%&,;:!/"'<>=~-])([?*+]|\{\d{1,2}(?:,\d{1,2})?\})?(?![?*+{])/u

function compiledPattern(pattern: string): RE2JS | null {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  if (compiled.size >= maxCached) compiled.clear()
  let result: RE2JS | null = null
  if (pattern.length <= maxPatternLength && !largeRepetition.test(pattern)) {
    try {
      result = RE2JS.compile(pattern)
    } catch {
      result = null
    }
  }
  compiled.set(pattern, result)
  return result
}
