import { meaning, nothing, quoted, type Conversion, type Notation } from './conversion.ts'

/**
 * A number as people write it: digits grouped by the other mark, by spaces or apostrophes; a minus before or after it,
 * or brackets around it. Gives the digits with a point for decimals, exactly as many as were written.
 */
export function convertNumber(text: string, { decimal }: Pick<Notation, 'decimal'>): Conversion {
  const plain = plainNumber(text, decimal)
  if (plain !== undefined) return meaning(plain)
  if (/^[+-]?[\d.,]+e[+-]?\d+$/i.test(text.trim()))
    return nothing(
      'number',
      `${quoted(text)} is in scientific notation, in which digits may have been lost; write the number out`,
    )
  return nothing(
    'number',
    `${quoted(text)} is not a number with "${decimal}" before its decimals, such as ${decimal === '.' ? '1,234.50' : '1.234,50'}`,
  )
}

export function convertPercent(text: string, notation: Notation): Conversion {
  return convertNumber(text.trim().replace(/\s*[%％]$/, ''), notation)
}

const patterns = {
  '.': /^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,3}(?:[ '’]\d{3})+)?(?:\.\d*)?$/,
  ',': /^(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ '’]\d{3})+)?(?:,\d*)?$/,
} as const

function plainNumber(text: string, decimal: '.' | ','): string | undefined {
  // Spaces that keep numbers together, the Unicode minus, full-width digits.
  let number = text.normalize('NFKC').replace(/\s/g, ' ').replace('\u2212', '-').trim()
  let sign = ''
  const signed = /^([+-]) ?(.*)$/.exec(number) ?? /^(?:(.*?) ?([-])|\((.*)\))$/.exec(number)
  if (signed !== null && /^[+-]/.test(number)) {
    sign = signed[1] === '-' ? '-' : ''
    number = signed[2] as string
  } else if (signed !== null) {
    sign = '-'
    number = (signed[1] ?? signed[3]) as string
  }
  if (!/\d/.test(number) || !patterns[decimal].test(number)) return undefined
  const digits =
    decimal === '.' ? number.replace(/[, '’]/g, '') : number.replace(/[. '’]/g, '').replace(',', '.')
  return sign + (digits.startsWith('.') ? `0${digits}` : digits.replace(/\.$/, ''))
}

/** Which mark stands before decimals in the texts of a column; undefined where none of them shows it. */
export function decimalMark(texts: Iterable<string>): '.' | ',' | undefined {
  let points = 0
  let commas = 0
  for (const text of texts) {
    const marks = text.replace(/[^.,]/g, '')
    if (!/\d/.test(text) || marks === '') continue
    if (/^\.+,$/.test(marks) || (marks === ',' && !/,\d{3}(?!\d)/.test(text))) commas += 1
    else if (/^,+\.$/.test(marks) || (marks === '.' && !/(?<!\d)\d{1,3}\.\d{3}(?!\d)/.test(text))) points += 1
    else if (/^,{2,}$/.test(marks)) points += 1
    else if (/^\.{2,}$/.test(marks)) commas += 1
  }
  if (points === commas) return undefined
  return points > commas ? '.' : ','
}
