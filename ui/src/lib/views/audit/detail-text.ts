/** What else an entry tells, as words: one line for each part, `name: value`. */
export function detailLines(detail: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    if (Array.isArray(value) && value.some(isObject))
      return value.map((each) => `${nameOf(name)}: ${textOf(each)}`)
    return [`${nameOf(name)}: ${textOf(value)}`]
  })
}

const hash = /^[0-9a-f]{64}$/

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (Array.isArray(value)) return value.map(textOf).join(', ') || '–'
  if (isObject(value))
    return Object.entries(value)
      .map(([name, part]) => `${nameOf(name)} ${textOf(part)}`)
      .join('; ')
  const text = String(value)
  // The first characters tell one version from another.
  return hash.test(text) ? text.slice(0, 12) : text
}

function nameOf(name: string): string {
  return name.replaceAll('_', ' ')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
