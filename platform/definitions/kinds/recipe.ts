import type { JsonSchema } from '../field-types/field-type.ts'
import { nameRef, strict } from './common.ts'

/** A reference to `recipeSchema`, which a schema that uses it has among its `$defs`. */
export const recipe = { $ref: '#/$defs/recipe' } as const
export const recipes: JsonSchema = {
  type: 'object',
  propertyNames: nameRef,
  additionalProperties: recipe,
  description: 'A recipe for each field.',
}
export const between = (description: string): JsonSchema => ({
  type: 'array',
  items: { type: 'number' },
  minItems: 2,
  maxItems: 2,
  description,
})
export const draw: JsonSchema = {
  type: 'object',
  propertyNames: nameRef,
  additionalProperties: nameRef,
  description: 'Entries drawn from the lists before the fields are filled in: {"person": "people"}.',
}
const one = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema =>
  strict(properties, { required })

/** How one value comes about. Plain values stand for themselves; a text may hold `{path}` placeholders. */
export const recipeSchema: JsonSchema = {
  description: 'How a value comes about.',
  oneOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    { type: 'array', items: recipe, description: 'A list of values.' },
    one(
      {
        weights: {
          type: 'object',
          additionalProperties: { type: 'number', exclusiveMinimum: 0 },
          minProperties: 1,
          description: 'Texts with the weight of each.',
        },
      },
      ['weights'],
    ),
    one({ integer: between('The least and the greatest whole number.') }, ['integer']),
    one(
      {
        number: between('The least and the greatest number.'),
        step: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'The number is a multiple of it (0.01 if not said).',
        },
      },
      ['number'],
    ),
    one(
      {
        amount: between('The least and the greatest amount of money.'),
        step: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'The amount is a multiple of it (1 if not said).',
        },
        currency: { type: 'string', description: 'The currency; may hold placeholders.' },
      },
      ['amount', 'currency'],
    ),
    one({ days: between('The first and the last day, counted from the moment of the step.') }, ['days']),
    one(
      {
        of: {
          type: 'string',
          description: 'A path: `person.email`, `record.account.country`, `parent.amount`.',
        },
        times: between('The least and the greatest factor, for numbers and money.'),
        step: { type: 'number', exclusiveMinimum: 0, description: 'The result is a multiple of it.' },
      },
      ['of'],
    ),
    one(
      {
        reference: { ...nameRef, description: 'A record of this object.' },
        optional: { type: 'boolean', description: 'No value, instead of an error, where no record fits.' },
        where: {
          type: 'object',
          propertyNames: nameRef,
          additionalProperties: recipe,
          description: 'Values that it must have, or must have among others.',
        },
      },
      ['reference'],
    ),
    one(
      {
        record: {
          type: 'string',
          pattern: '^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*$',
          description: 'A named record: `team.north`.',
        },
      },
      ['record'],
    ),
    one(
      {
        chance: { type: 'number', minimum: 0, maximum: 1, description: 'How often there is a value at all.' },
        value: recipe,
      },
      ['chance', 'value'],
    ),
    one({ fields: { ...recipes, description: 'An object, such as an address.' } }, ['fields']),
    one(
      {
        rows: between('The least and the greatest number of lines.'),
        draw,
        row: recipes,
        distinct: { ...nameRef, description: 'The field in which no two lines may be alike.' },
      },
      ['rows', 'row'],
    ),
    one(
      { each_row: { ...recipes, description: 'Changes to the lines that are there; `row` is the line.' } },
      ['each_row'],
    ),
  ],
}
