import {
  accept,
  bytesOfText,
  refuse,
  type FieldContext,
  type FieldType,
  type JsonSchema,
} from './field-type.ts'
import { describeJson } from './text-check.ts'

const source = {
  choices: {
    $ref: 'common.json#/$defs/choices',
    description: 'The choices, keyed by the value that is stored.',
  },
  choice_set: { type: 'string', description: 'Name of a shared choice set, instead of choices of its own.' },
} as const satisfies Record<string, JsonSchema>

export const choice: FieldType = {
  name: 'choice',
  description: 'One of a list of declared choices.',
  options: source,
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'text', collate: 'C' }],
  expressionType: () => ({ kind: 'string' }),
  check: (value, field) => (isChoice(value, field) ? accept(value) : refuseChoice(value, field)),
  indexBytes: ({ choices }) => bytesOfText(Math.max(0, ...[...(choices ?? [])].map(({ length }) => length))),
  operators: ['equals', 'not_equals', 'in', 'blank', 'not_blank'],
  valueSchema: ({ choices }) => ({ type: 'string', enum: [...(choices ?? [])] }),
}

export const choices: FieldType = {
  name: 'choices',
  description: 'Any number of a list of declared choices.',
  options: source,
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'text[]', collate: 'C' }],
  expressionType: () => ({ kind: 'list', of: { kind: 'string' } }),
  check(value, field) {
    if (!Array.isArray(value)) return refuse('type', `expected a list of choices, got ${describeJson(value)}`)
    if (value.length > 1_000)
      return refuse('too_long', `has ${value.length} entries; at most 1000 are allowed`)
    const wrong = value.find((entry) => !isChoice(entry, field))
    if (wrong !== undefined) return refuseChoice(wrong, field)
    return accept([...new Set(value as string[])])
  },
  operators: ['contains', 'blank', 'not_blank'],
  valueSchema: ({ choices }) => ({ type: 'array', items: { type: 'string', enum: [...(choices ?? [])] } }),
}

/** The state of the process that governs the object; written by the process alone. */
export const state: FieldType = {
  ...choice,
  name: 'state',
  description: "The record's place in the process that governs its object; the process alone changes it.",
  options: {},
}

function isChoice(value: unknown, { choices }: FieldContext): boolean {
  return typeof value === 'string' && choices !== undefined && choices.has(value)
}

function refuseChoice(value: unknown, { choices }: FieldContext) {
  const known = [...(choices ?? [])]
  const listed = known.length > 20 ? `${known.slice(0, 20).join(', ')} …` : known.join(', ')
  return refuse('choice', `${describeJson(value)} is not one of the choices: ${listed}`)
}
