import type { JsonSchema } from '../field-types/field-type.ts'
import { mapOf, nameRef, strict } from './common.ts'
import { between, draw, recipe, recipes, recipeSchema } from './recipe.ts'

const variants = mapOf(
  strict(
    {
      weight: { type: 'number', exclusiveMinimum: 0, description: 'How often it is taken (1 if not said).' },
      draw,
      fields: { ...recipes, description: 'Recipes that come before those of the object.' },
    },
    { required: ['fields'] },
  ),
  'Kinds of records, one of which is taken for each record.',
)

const step: JsonSchema = strict(
  {
    after: between('The least and the greatest number of days since the step before.'),
    as: { ...recipe, description: 'Who does it; the one who made the record if not said.' },
    event: { ...nameRef, description: 'Sends this event of the process.' },
    if_open: { type: 'boolean', description: 'With decide: passed over where no work item is open.' },
    decide: {
      enum: ['approved', 'rejected', 'done'],
      description: 'Ends the open work item with this outcome.',
    },
    update: { ...recipes, description: 'Changes the record.' },
    create: {
      ...nameRef,
      description: 'Makes a record of this object; `parent` is the record of the journey.',
    },
    values: {
      ...recipes,
      description: "Values of the event's or the work item's form, or of the new record.",
    },
    journey: { ...nameRef, description: 'The journey of the new record.' },
    created: {
      ...recipes,
      description: 'Records that the event creates, by object, and the journey that each one goes on.',
    },
  },
  { description: 'One step: an event, a decision, a change or a new record.' },
)

/** Demonstration data of a package (`demo/demo.json`): what to make up, how much of it, and what then happens to it. */
export const demo = {
  $id: 'demo.json',
  title: 'Demonstration data',
  $defs: { recipe: recipeSchema, step },
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      lists: mapOf(
        { type: 'array', minItems: 1, items: { type: ['string', 'number', 'object'] } },
        'Lists to draw from, by name: texts, numbers or entries of several parts.',
      ),
      objects: mapOf(
        strict({
          records: {
            type: 'object',
            propertyNames: nameRef,
            additionalProperties: recipes,
            description: 'Named records, made before the others of the object.',
          },
          count: {
            type: 'integer',
            minimum: 0,
            maximum: 100_000,
            description: 'How many are made up besides.',
          },
          days_ago: between('How long before the end the record is made: the fewest and the most days.'),
          as: { ...recipe, description: 'Who makes it: a user; the system if not said.' },
          draw,
          variants,
          fields: recipes,
          kept: {
            ...recipes,
            description: 'Values that later recipes see in the record; they are not written.',
          },
          distinct: {
            type: 'array',
            items: nameRef,
            description: 'Fields in which no two records may be alike.',
          },
          journeys: mapOf(
            strict(
              {
                weight: {
                  type: 'number',
                  minimum: 0,
                  description: 'How often it is taken by chance (1 if not said, 0: only by name).',
                },
                days_ago: between(
                  'How long before the end a record of this journey is made, instead of that of the object.',
                ),
                steps: {
                  type: 'array',
                  items: { $ref: '#/$defs/step' },
                  description: 'What happens, in order.',
                },
              },
              { required: ['steps'] },
            ),
            'What happens to records after they were made; steps that would lie after the end are left out.',
          ),
        }),
        'The objects, in the order in which they are made up.',
      ),
    },
    { required: ['objects'] },
  ),
} as const
