import { readFileSync } from 'node:fs'
import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'
import type { Problem } from '../model/problem.ts'
import { lineAndColumn } from './line-and-column.ts'

/** One JSON file of declarations. */
export interface Source {
  /** The package that it belongs to. */
  readonly package: string
  /** Path relative to the project folder. */
  readonly file: string
  readonly text: string
  readonly value: Readonly<Record<string, unknown>>
}

const DEEPEST = 64

/**
 * Reads one file as strict JSON (RFC 8259): UTF-8, a byte order mark tolerated, comments, duplicate keys and anything
 * but an object refused. Every fault has its line and column.
 */
export function readSource({
  path,
  file,
  package: owner,
}: {
  path: string
  file: string
  package: string
}): Source | { problems: Problem[] } {
  const text = decode(readFileSync(path))
  if (text === undefined) {
    const message = 'The file is not UTF-8 text.'
    return {
      problems: [
        {
          severity: 'error',
          code: 'encoding',
          message,
          remedy: 'Save it as UTF-8.',
          place: { file, line: 1, column: 1, pointer: '' },
        },
      ],
    }
  }
  const fault = (
    offset: number,
    { code, message, remedy }: Omit<Problem, 'severity' | 'place'>,
  ): Problem => ({
    severity: 'error',
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    place: { file, ...lineAndColumn(text, offset), pointer: '' },
  })
  const tooDeep = findTooDeep(text)
  if (tooDeep !== undefined) {
    const message = `The JSON is nested more than ${DEEPEST} levels deep.`
    return { problems: [fault(tooDeep, { code: 'json', message, remedy: 'Flatten it.' })] }
  }
  const parsed = parse(text)
  if ('error' in parsed)
    return {
      problems: [
        fault(parsed.offset, {
          code: 'json',
          message: parsed.error,
          remedy: 'Declarations are strict JSON: no comments, no trailing commas.',
        }),
      ],
    }
  const problems = findRepeatedKeys(text).map(({ offset, ...rest }) =>
    fault(offset, { code: 'json', ...rest }),
  )
  if (problems.length > 0) return { problems }
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value))
    return {
      problems: [
        fault(0, { code: 'json', message: 'The file does not hold an object.', remedy: 'Begin with "{".' }),
      ],
    }
  return { package: owner, file, text, value: parsed.value as Record<string, unknown> }
}

function decode(bytes: Buffer): string | undefined {
  try {
    // Removes a byte order mark, too.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parse(text: string): { value: unknown } | { error: string; offset: number } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    const faults: ParseError[] = []
    parseTree(text, faults, { disallowComments: true, allowTrailingComma: false })
    const [first] = faults
    if (first !== undefined) return { error: `The JSON is broken: ${describe(first)}.`, offset: first.offset }
    return {
      error: `The JSON is broken: ${error instanceof Error ? error.message : String(error)}.`,
      offset: 0,
    }
  }
}

function describe({ error }: ParseError): string {
  const code = printParseErrorCode(error)
  return code
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .toLowerCase()
}

/** Offset of the first bracket beyond the deepest level; looked for before any parser goes down the stack with it. */
function findTooDeep(text: string): number | undefined {
  let depth = 0
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charCodeAt(offset)
    if (character === QUOTE) offset = endOfText(text, offset)
    else if (character === BRACE || character === BRACKET) {
      if (++depth > DEEPEST) return offset
    } else if (character === BRACE + 2 || character === BRACKET + 2) depth--
  }
  return undefined
}

/** A key given twice, of which JSON.parse keeps the last in silence. @param text valid JSON */
function findRepeatedKeys(text: string): { offset: number; message: string; remedy: string }[] {
  const faults: { offset: number; message: string; remedy: string }[] = []
  const open: (Set<string> | undefined)[] = []
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charCodeAt(offset)
    if (character === BRACE) open.push(new Set())
    else if (character === BRACKET) open.push(undefined)
    else if (character === BRACE + 2 || character === BRACKET + 2) open.pop()
    if (character !== QUOTE) continue
    const end = endOfText(text, offset)
    const keys = open.at(-1)
    if (keys !== undefined && isKey(text, end)) {
      const key = keyIn(text, offset, end)
      // Assigning to this key would change the prototype of what is merged.
      if (key === '__proto__')
        faults.push({ offset, message: 'The key "__proto__" is not allowed.', remedy: 'Remove it.' })
      if (keys.has(key))
        faults.push({ offset, message: `The key "${key}" is there twice.`, remedy: 'Remove one.' })
      keys.add(key)
    }
    offset = end
  }
  return faults
}

const QUOTE = 34
const BACKSLASH = 92
/** Each is closed by the character two further on. */
const BRACKET = 91
const BRACE = 123

/** Offset of the quote that closes the text; the end of the file where none does. */
function endOfText(text: string, start: number): number {
  let offset = start + 1
  for (; offset < text.length; offset++) {
    const character = text.charCodeAt(offset)
    if (character === QUOTE) return offset
    if (character === BACKSLASH) offset++
  }
  return offset
}

function keyIn(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end)
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end + 1)) as string) : raw
}

function isKey(text: string, end: number): boolean {
  let offset = end + 1
  while (text.charCodeAt(offset) <= 32) offset++
  return text[offset] === ':'
}
