import { accept, refuse, type FieldType, type ValueCheck } from './field-type.ts'
import { checkText, describeJson } from './text-check.ts'

const addressParts = ['street', 'city', 'region', 'postal_code', 'country'] as const

export const address: FieldType = {
  name: 'address',
  description: 'A postal address: street, city, region, postal_code, country (ISO 3166 code or name).',
  options: {},
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'jsonb' }],
  expressionType: () => ({
    kind: 'struct',
    fields: Object.fromEntries(addressParts.map((part) => [part, { kind: 'string' } as const])),
  }),
  check(value, field) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refuse('type', `expected an object with ${addressParts.join(', ')}, got ${describeJson(value)}`)
    const clean: Record<string, string> = {}
    for (const [part, text] of Object.entries(value)) {
      if (!(addressParts as readonly string[]).includes(part))
        return refuse(
          'type',
          `has the unknown part ${describeJson(part)}; known are ${addressParts.join(', ')}`,
        )
      if (text === null || text === '') continue
      const checked = checkText(text, { ...field, declaration: { max_length: 500 } })
      if (!checked.ok) return refuse(checked.code, `${part} ${checked.message}`)
      clean[part] = checked.value as string
    }
    return accept(Object.keys(clean).length === 0 ? null : clean)
  },
  operators: ['blank', 'not_blank'],
  searchText: (value) => Object.values(value as Record<string, string>).join(' '),
  valueSchema: () => ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(addressParts.map((part) => [part, { type: 'string' }])),
  }),
}

export const json: FieldType = {
  name: 'json',
  description: 'Any JSON value, for machines rather than people; at most 64 KiB and 32 levels deep.',
  options: {},
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'jsonb' }],
  expressionType: () => ({ kind: 'dyn' }),
  check(value) {
    const text = JSON.stringify(value)
    if (text.length > 65_536)
      return refuse('too_long', `has ${text.length} characters; at most 65536 are allowed`)
    return checkNode(value, 0) ?? accept(value)
  },
  operators: ['blank', 'not_blank'],
  valueSchema: () => ({}),
}

/** PostgreSQL's jsonb cannot hold NUL or lone surrogates in texts and keys. */
function checkNode(value: unknown, depth: number): ValueCheck | undefined {
  if (depth > 32) return refuse('too_deep', 'is nested more than 32 levels deep')
  if (typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed()))
    return refuse('character', 'contains a text with NUL or half of a surrogate pair')
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const fault = checkNode(key, depth) ?? checkNode(inner, depth + 1)
    if (fault !== undefined) return fault
  }
  return undefined
}
