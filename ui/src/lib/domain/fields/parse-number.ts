/**
 * The decimal (API form: digits and a point) that a person typed, or null where it is none. Groups by comma, space
 * or apostrophe are accepted, and `1.234,50` as written in much of Europe; a single comma before exactly three
 * digits groups, else it is the decimal sign.
 */
export function parseNumber(typed: string): string | null {
  const compact = typed
    .trim()
    .replace(/[\s'’_%]/g, '')
    .replace(/，/g, ',')
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(compact)) return null
  const plain = withoutGroups(compact)
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain)
    ? plain
        .replace(/^\+/, '')
        .replace(/\.$/, '')
        .replace(/^(-?)\./, '$10.')
    : null
}

function withoutGroups(text: string): string {
  const comma = text.lastIndexOf(',')
  const point = text.lastIndexOf('.')
  if (comma < 0) return text.indexOf('.') === point ? text : text.replaceAll('.', '')
  if (point > comma) return text.replaceAll(',', '')
  if (point >= 0) return text.replaceAll('.', '').replace(',', '.')
  const groups = /^[+-]?\d{1,3}(,\d{3})+$/.test(text)
  return groups ? text.replaceAll(',', '') : text.replace(',', '.')
}
