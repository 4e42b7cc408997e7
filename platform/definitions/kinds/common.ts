import type { JsonSchema } from '../field-types/field-type.ts'
import { personalProperty } from './personal.ts'

/** Pieces that the schemas of all kinds share; published as `common.json`. */
export const common: JsonSchema = {
  $id: 'common.json',
  $defs: {
    name: {
      type: 'string',
      pattern: '^[a-z][a-z0-9_]{0,58}$',
      description: 'A snake_case name; stable for ever. Rename with `formerly`.',
    },
    text: {
      description: 'A text, or one text per locale: {"en": "...", "zh-CN": "..."}.',
      oneOf: [
        { type: 'string' },
        {
          type: 'object',
          minProperties: 1,
          propertyNames: { pattern: '^[a-z]{2}(-[A-Z][A-Za-z]+)?$' },
          additionalProperties: { type: 'string' },
        },
      ],
    },
    expression: {
      type: 'string',
      minLength: 1,
      maxLength: 4000,
      description: 'An expression (CEL, see docs/expressions.md).',
    },
    order: {
      type: 'number',
      description:
        'Position among the siblings; entries without one keep the order of declaration, after those with one.',
    },
    colour: {
      enum: ['grey', 'blue', 'violet', 'green', 'amber', 'red'],
      description: 'Colour of the chip.',
    },
    choices: {
      type: 'object',
      propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          label: { $ref: 'common.json#/$defs/text', description: 'What people read.' },
          colour: { $ref: 'common.json#/$defs/colour' },
          order: { $ref: 'common.json#/$defs/order' },
          retired: {
            type: 'boolean',
            description: 'Kept on records that have it, refused for new values.',
          },
        },
      },
    },
    record_right: {
      description:
        'Which records: none, own, team (owned by a member of my team), subordinates (owned by somebody who reports to me, ' +
        'directly or through others), territory (in a territory of mine or one below it), all; own ones are always ' +
        'among them. Or a level narrowed by a row rule.',
      oneOf: [
        { enum: ['none', 'own', 'team', 'subordinates', 'territory', 'all'] },
        {
          type: 'object',
          additionalProperties: false,
          required: ['where'],
          properties: {
            level: {
              enum: ['own', 'team', 'subordinates', 'territory', 'all'],
              description: 'The level to narrow (all if not said).',
            },
            where: {
              $ref: 'common.json#/$defs/expression',
              description: 'The row rule, over `record` and `user`.',
            },
          },
        },
      ],
    },
  },
}

/** The options that fields of every type take; each field type adds its own (schemas/assemble.ts). */
export const fieldProperties: Readonly<Record<string, JsonSchema>> = {
  label: { $ref: 'common.json#/$defs/text', description: 'What people read beside the value.' },
  help: { $ref: 'common.json#/$defs/text', description: 'A sentence that helps to fill the field in.' },
  formerly: { $ref: 'common.json#/$defs/name', description: 'The earlier name; the values move along.' },
  required: { type: 'boolean', description: 'A blank is refused.' },
  required_when: {
    $ref: 'common.json#/$defs/expression',
    description: 'A blank is refused where this holds.',
  },
  visible_when: {
    $ref: 'common.json#/$defs/expression',
    description: 'Shown and writable only where this holds; elsewhere a value is refused.',
  },
  default: { description: 'The value of a new record when none is given.' },
  default_expression: {
    $ref: 'common.json#/$defs/expression',
    description: 'The value of a new record when none is given, computed over `record` and `user`.',
  },
  read_only: {
    type: 'boolean',
    description: 'Only processes, plugins and defaults may set it; people, the API and imports may not.',
  },
  personal: personalProperty,
  unique: {
    type: 'boolean',
    description:
      'No two records may have the same value; blanks do not count. A text needs a max_length of at most 650 ' +
      '(255 if not said).',
  },
  indexed: {
    type: 'boolean',
    description:
      'Kept in an index, for lists that filter or sort by it. A text needs a max_length of at most 650 (255 if ' +
      'not said).',
  },
}

export const nameRef = { $ref: 'common.json#/$defs/name' } as const
export const textRef = { $ref: 'common.json#/$defs/text' } as const
export const expressionRef = { $ref: 'common.json#/$defs/expression' } as const
export const orderRef = { $ref: 'common.json#/$defs/order' } as const

/** A map from declared names to entries. */
export function mapOf(entry: JsonSchema, description: string): JsonSchema {
  return {
    type: 'object',
    description,
    propertyNames: { $ref: 'common.json#/$defs/name' },
    additionalProperties: entry,
  }
}

/** A strict object: unknown keys are refused. */
export function strict(
  properties: Readonly<Record<string, JsonSchema>>,
  options: { required?: readonly string[]; description?: string } = {},
): JsonSchema {
  return { type: 'object', additionalProperties: false, properties, ...options }
}
