import type { JsonSchema } from '../field-types/field-type.ts'
import { nameRef } from './common.ts'

/** Somebody who acts in what is played on a stage. */
export const personProperties: Readonly<Record<string, JsonSchema>> = {
  roles: { type: 'array', items: nameRef, description: 'Roles.' },
  team: { type: 'string', description: 'The name of the team.' },
  manager: { ...nameRef, description: 'Another of the people, named before.' },
}

export const beginsAt = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?Z$',
  description: 'The moment at which it begins, in UTC: `2026-03-02T09:00Z` (that one if not said).',
} as const
