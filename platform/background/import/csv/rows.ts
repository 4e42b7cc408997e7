import type { Delimiter } from './delimiter.ts'

/** One row of a file, as it stands there. */
export interface SourceRow {
  /** The line of the file in which the row begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** What is wrong with the way the row is written. */
  readonly fault?: 'text_after_quote' | 'quote_not_closed'
}

/**
 * The rows of a CSV text (RFC 4180), lazily. Line ends may be mixed (CR LF, LF, CR); rows without any value are passed
 * over. Beyond what papaparse gives, whose dialect this follows, each row knows its line, and a file with mixed line
 * ends loses no row.
 */
export function* readRows(text: string, delimiter: Delimiter): Generator<SourceRow> {
  const end = text.length
  let at = startOf(text)
  let line = at === 0 ? 1 : 2
  while (at < end) {
    const row: { line: number; cells: string[]; fault?: SourceRow['fault'] } = { line, cells: [] }
    for (;;) {
      if (text[at] === '"') {
        const quoted = readQuoted(text, at, delimiter)
        row.cells.push(quoted.value)
        line += quoted.lines
        at = quoted.end
        if (quoted.fault !== undefined) row.fault ??= quoted.fault
      } else {
        const stop = endOfPlain(text, at, delimiter)
        row.cells.push(text.slice(at, stop))
        at = stop
      }
      if (at >= end || text[at] !== delimiter) break
      at += 1
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 2
    else at += 1
    line += 1
    if (row.cells.some((cell) => cell.trim() !== '') || row.fault !== undefined) yield row
  }
}

/** Where the rows begin: after a byte order mark that was kept and a line that names the delimiter. */
function startOf(text: string): number {
  const mark = /^\uFEFF?(?:sep=.\r?\n)?/.exec(text)?.[0] ?? ''
  return mark.length
}

function endOfPlain(text: string, from: number, delimiter: Delimiter): number {
  let at = from
  while (at < text.length) {
    const character = text[at]
    if (character === delimiter || character === '\n' || character === '\r') break
    at += 1
  }
  return at
}

interface Quoted {
  readonly value: string
  /** After the value: at a delimiter, a line end or the end of the text. */
  readonly end: number
  readonly lines: number
  readonly fault?: SourceRow['fault']
}

function readQuoted(text: string, from: number, delimiter: Delimiter): Quoted {
  let value = ''
  let start = from + 1
  for (;;) {
    const quote = text.indexOf('"', start)
    if (quote < 0) {
      value += text.slice(start)
      return { value, end: text.length, lines: countLines(value), fault: 'quote_not_closed' }
    }
    value += text.slice(start, quote)
    if (text[quote + 1] === '"') {
      value += '"'
      start = quote + 2
      continue
    }
    const end = endOfPlain(text, quote + 1, delimiter)
    const rest = text.slice(quote + 1, end)
    const lines = countLines(value)
    if (rest.trim() === '') return { value, end, lines }
    return { value: value + rest, end, lines, fault: 'text_after_quote' }
  }
}

function countLines(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count += 1
  }
  return count
}
