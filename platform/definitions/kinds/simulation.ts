import { delayPattern } from '../../calendars/delay.ts'
import type { JsonSchema } from '../field-types/field-type.ts'
import { beginsAt, personProperties } from './cast.ts'
import { mapOf, nameRef, strict, textRef } from './common.ts'
import { draw, recipes, recipeSchema } from './recipe.ts'

const delay = { type: 'string', pattern: delayPattern } as const

const rangeSchema: JsonSchema = {
  description: 'A duration, or the least and the greatest one, both in the same calendar.',
  oneOf: [
    { ...delay, description: 'Always so long: `PT2H`, `P2D@office`.' },
    {
      type: 'array',
      items: delay,
      minItems: 2,
      maxItems: 2,
      description: '`["PT1H@office", "P2D@office"]`.',
    },
  ],
}

const range = (description: string): JsonSchema => ({ $ref: '#/$defs/range', description })

const weight = { type: 'number', minimum: 0, maximum: 1_000_000 } as const

const people = (description: string): JsonSchema => ({
  type: 'array',
  minItems: 1,
  items: nameRef,
  description,
})

const count = (maximum: number, description: string): JsonSchema => ({
  type: 'integer',
  minimum: 1,
  maximum,
  description,
})

const values = (description: string): JsonSchema => ({ ...recipes, description })

const record: JsonSchema = strict(
  {
    object: { ...nameRef, description: 'The object.' },
    count: count(1_000, 'How many of it are made (1 if not said).'),
    by: { ...nameRef, description: 'Who makes it: one of `people`; the administrator if not said.' },
    draw,
    values: values('Recipes by field. Required fields that are not said are made up.'),
  },
  { required: ['object'], description: 'A record that is there before the first case.' },
)

const cases: JsonSchema = strict(
  {
    count: count(10_000, 'How many are played (100 if not said); `--cases` says another number.'),
    every: range('How long after the one before each one begins (`["PT0S", "P1D"]` if not said).'),
    by: people('Who makes them: some of `people`; whoever may if not said.'),
    draw,
    values: values(
      'Recipes by field. Required fields that are not said, and those that the process reads, are made up.',
    ),
    kinds: mapOf(
      strict(
        {
          weight: { ...weight, description: 'How often it comes, beside the others (1 if not said).' },
          draw,
          values: values('Recipes that win over those of all cases.'),
        },
        { description: 'One kind of case.' },
      ),
      'Kinds of cases, one of which is taken for each.',
    ),
  },
  { description: 'The sample records that the process governs.' },
)

const event: JsonSchema = strict(
  {
    weight: {
      ...weight,
      description: 'How likely it is sent, beside what else may happen in the state (1 if not said).',
    },
    after: range('How long after the state was entered it is sent (`["PT1H", "P2D"]` if not said).'),
    by: people('Who sends it: some of `people`; if not said, who made the record, or else whoever may.'),
    values: values('Recipes for its form. Fields that are not said and have no default are made up.'),
    update: values('Fields of the record that the sender changes before he sends it.'),
    again: values('Fields that he changes besides when it was sent before in the same case.'),
  },
  { description: 'An event that people send.' },
)

const state: JsonSchema = strict(
  {
    events: mapOf({ ...weight, description: 'The weight.' }, 'Weights of events in this state alone.'),
    work: {
      ...weight,
      description: 'How likely it is that open work is done, beside the events (1 if not said).',
    },
    nothing: {
      ...weight,
      description:
        'How likely it is that nobody does anything, so that a timer comes (if not said, 1 where something may come, else 0).',
    },
  },
  { description: 'What happens in a state and those beneath it.' },
)

const invoked: JsonSchema = strict(
  {
    after: range(
      'How long until somebody begins with it, or until the answer comes (`["PT1H", "P2D"]` if not said; answers of outside systems after seconds to minutes).',
    ),
    takes: range('How long somebody is at work on it; nobody does two things at once (no time if not said).'),
    outcomes: {
      type: 'object',
      minProperties: 1,
      propertyNames: { enum: ['approved', 'rejected', 'returned', 'withdrawn', 'done', 'failed'] },
      additionalProperties: { ...weight, description: 'The weight.' },
      description:
        'Weights of how it ends. Approvals: approved, rejected, returned, withdrawn; requests: done, failed. All that are possible are equally likely if not said.',
    },
    values: values('Recipes for the form of work.'),
    answer: strict(
      {
        status: { type: 'integer', minimum: 200, maximum: 299, description: 'The status (200 if not said).' },
        body: values('Recipes by member of the body.'),
      },
      { description: 'What the outside system answers to a request.' },
    ),
    update: values('Of `wait_for`: what is changed of the record that is watched when the time has come.'),
    by: people('Of `wait_for`: who changes it; who made the case if not said.'),
  },
  { description: 'Work, or something else that a state invokes.' },
)

/**
 * Sample cases that a process is tried out with (`metadata/<package>/simulations/<process>.json`): who works, which
 * records begin, and how likely and how soon people act. What is not said follows from the declarations.
 */
export const simulation = {
  $id: 'simulation.json',
  title: 'Simulation',
  $defs: { recipe: recipeSchema, range: rangeSchema },
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      label: { ...textRef, description: 'What is played, in a sentence.' },
      begins_at: beginsAt,
      calendar: {
        ...nameRef,
        description:
          'The working calendar in which times are reported, and in which delays run that are not said; the clock if not said.',
      },
      people: mapOf(
        strict(
          {
            ...personProperties,
            count: count(
              100,
              'How many there are of this kind: `seller_1`, `seller_2` … (one, `seller`, if not said).',
            ),
          },
          { required: ['roles'], description: 'A person, or several of one kind.' },
        ),
        'Who works. Two people for each role if not said, the second of whom reports to the first.',
      ),
      lists: mapOf(
        { type: 'array', minItems: 1, items: { type: ['string', 'number', 'object'] } },
        'Lists to draw from, by name: texts, numbers or entries of several parts.',
      ),
      records: mapOf(record, 'Records that are there before the first case.'),
      cases,
      events: mapOf(event, 'What people send, by event.'),
      states: {
        type: 'object',
        propertyNames: {
          pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$',
          description: 'A state: `review`, or `review.first` for one inside of another.',
        },
        additionalProperties: state,
        description: 'What happens in a state, where it is another thing than elsewhere.',
      },
      invoked: mapOf(invoked, 'What states invoke, by the id of the invocation.'),
    },
    { required: ['label'] },
  ),
} as const
