/**
 * Text rules that JavaScript and PostgreSQL share, because both follow the tables made here: order by code point,
 * case for the letters of Latin, Greek, Cyrillic and full-width Latin that have one counterpart, and one list of
 * white space.
 */
const caseRanges = [
  [0x41, 0x5a],
  [0x61, 0x7a],
  [0xb5, 0x17f],
  [0x386, 0x3ce],
  [0x400, 0x45f],
  [0xff21, 0xff5a],
] as const

const lowerCase = caseTable((letter) => letter.toLowerCase())
const upperCase = caseTable((letter) => letter.toUpperCase())

/** The letters that change, and what they become, at the same places: the arguments of PostgreSQL's `translate`. */
export const lowerCasePairs = pairsOf(lowerCase)
export const upperCasePairs = pairsOf(upperCase)

const spaceCodes = [
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005,
  0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff,
]
/** White space, as one text. */
export const whiteSpace = String.fromCharCode(...spaceCodes)

export function toLowerCase(text: string): string {
  return mapLetters(text, lowerCase)
}

export function toUpperCase(text: string): string {
  return mapLetters(text, upperCase)
}

export function trimText(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && whiteSpace.includes(text.charAt(start))) start++
  while (end > start && whiteSpace.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** Negative, zero or positive: order by code point, which is the order of UTF-8 bytes and of COLLATE "C". */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return orderOfUnit(left) - orderOfUnit(right)
  }
  return a.length - b.length
}

export function countCodePoints(text: string): number {
  let count = text.length
  for (let index = 0; index < text.length - 1; index++) {
    if (isPair(text, index)) {
      count--
      index++
    }
  }
  return count
}

/** From code point `start` up to, not including, code point `end`; what lies outside the text is cut off. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  return Array.from(text).slice(Math.max(start, 0), Math.max(end, 0)).join('')
}

/** Whether PostgreSQL could hold the text: no NUL character, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function isPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00
}

// Surrogates stand for code points above U+FFFF, so they sort after U+E000..U+FFFF
function orderOfUnit(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

function mapLetters(text: string, table: ReadonlyMap<string, string>): string {
  let result = ''
  for (const letter of text) result += table.get(letter) ?? letter
  return result
}

function caseTable(change: (letter: string) => string): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  for (const [first, last] of caseRanges) {
    for (let code = first; code <= last; code++) {
      const letter = String.fromCodePoint(code)
      const changed = change(letter)
      if (changed !== letter && changed.length === 1) table.set(letter, changed)
    }
  }
  return table
}

function pairsOf(table: ReadonlyMap<string, string>): { readonly from: string; readonly to: string } {
  return { from: [...table.keys()].join(''), to: [...table.values()].join('') }
}
