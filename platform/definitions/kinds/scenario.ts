import type { JsonSchema } from '../field-types/field-type.ts'
import { delayPattern } from '../../calendars/delay.ts'
import { expressionRef, mapOf, nameRef, strict, textRef } from './common.ts'
import { beginsAt, personProperties } from './cast.ts'

const by = { ...nameRef, description: 'Who does it: one of `people`.' } as const
const record = { ...nameRef, description: 'The record, by the name that a step before gave it.' } as const
const values: JsonSchema = {
  type: 'object',
  propertyNames: nameRef,
  description:
    'Values by field. `"$acme"` is the record or person of that name; a text that begins with a dollar sign is written with two.',
}
const refused: JsonSchema = strict(
  {
    code: {
      enum: ['validation', 'forbidden', 'not_found', 'conflict', 'event_refused'],
      description: 'What kind of refusal it is.',
    },
    field: { type: 'string', description: 'A field that the refusal names.' },
  },
  { required: ['code'], description: 'The step must be refused; nothing of it may be written.' },
)

function step(
  name: string,
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
): JsonSchema {
  return strict(
    {
      do: { const: name, description },
      note: { type: 'string', description: 'What the step is there for.' },
      ...properties,
    },
    { required: ['do', ...required], description },
  )
}

const stepSchema: JsonSchema = {
  type: 'object',
  description: 'One step.',
  discriminator: { propertyName: 'do' },
  required: ['do'],
  oneOf: [
    step(
      'create',
      'Creates a record.',
      {
        by,
        object: { ...nameRef, description: 'The object.' },
        values,
        as: { ...nameRef, description: 'The name under which later steps know the record.' },
        refused,
      },
      ['by', 'object', 'values'],
    ),
    step('update', 'Changes a record.', { by, record, values, refused }, ['by', 'record', 'values']),
    step('delete', 'Deletes a record.', { by, record, refused }, ['by', 'record']),
    step(
      'event',
      'Sends an event to the process of a record.',
      {
        by,
        record,
        event: { ...nameRef, description: 'The event.' },
        values,
        created: mapOf(
          { ...nameRef, description: 'The object.' },
          'Names for the records that the event creates, with the object of each.',
        ),
        refused,
      },
      ['by', 'record', 'event'],
    ),
    step('claim', 'Takes the open work item of a record.', { by, record, refused }, ['by', 'record']),
    step(
      'complete',
      'Ends the open work item of a record.',
      {
        by,
        record,
        outcome: { enum: ['approved', 'rejected', 'done'], description: 'How it ends (done if not said).' },
        values,
        comment: { type: 'string', description: 'What is said about it.' },
        refused,
      },
      ['by', 'record'],
    ),
    step(
      'return',
      'Returns the part that somebody has in an approval.',
      {
        by,
        record,
        to: { ...nameRef, description: 'The level; the requester without it.' },
        comment: { type: 'string', description: 'Why.' },
        refused,
      },
      ['by', 'record', 'comment'],
    ),
    step('withdraw', 'Withdraws the approval of a record, as its requester.', { by, record, refused }, [
      'by',
      'record',
    ]),
    step(
      'take_back',
      'Takes the last word of somebody on the approval of a record back.',
      { by, record, refused },
      ['by', 'record'],
    ),
    step(
      'answer',
      'Lets the request that the process of a record waits for be answered by the outside system.',
      {
        record,
        invocation: { ...nameRef, description: 'Which one, where it waits for several.' },
        status: {
          type: 'integer',
          minimum: 100,
          maximum: 599,
          description: 'The status of the answer; without it the system was never reached.',
        },
        body: { description: 'The JSON that it answers.' },
      },
      ['record'],
    ),
    step(
      'wait',
      'Moves the time; timers that come due meanwhile fire, each at its moment.',
      {
        duration: {
          type: 'string',
          pattern: delayPattern,
          description: 'How long: `P2D`, or `P2D@office` in a working calendar.',
        },
      },
      ['duration'],
    ),
    step(
      'expect',
      'Looks at a record as somebody sees it, or as it is where nobody is named.',
      {
        by,
        record,
        state: { type: 'string', description: 'The state that its process is in.' },
        tags: {
          type: 'array',
          items: nameRef,
          description: 'The tags of the states in which its process is, all of them, in any order.',
        },
        values,
        holds: { ...expressionRef, description: 'A condition over `record`.' },
        possible: {
          type: 'array',
          items: nameRef,
          description: 'The events that are possible for the person, all of them, in any order.',
        },
        hidden: { const: true, description: 'The person may not see the record.' },
        work: {
          type: 'integer',
          minimum: 0,
          description: 'How many work items are open for the record; with `by`, for this person.',
        },
        told: {
          type: 'integer',
          minimum: 0,
          description: 'How many notifications about the record the person of `by` has had, or all people.',
        },
      },
      ['record'],
    ),
    step(
      'expect_count',
      'Counts records as somebody sees them.',
      {
        by,
        object: { ...nameRef, description: 'The object.' },
        where: { ...expressionRef, description: 'A condition over `record`.' },
        count: { type: 'integer', minimum: 0, description: 'How many there are.' },
      },
      ['object', 'count'],
    ),
  ],
}

/** A journey that is tried out (`metadata/<package>/scenarios/<name>.json`): who does what, when, and what comes of it. */
export const scenario = {
  $id: 'scenario.json',
  title: 'Scenario',
  $defs: { step: stepSchema },
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      label: { ...textRef, description: 'What the scenario shows, in a sentence.' },
      begins_at: {
        ...beginsAt,
        description: `${beginsAt.description} The time stands still but for \`wait\`.`,
      },
      people: mapOf(
        strict(personProperties, { required: ['roles'], description: 'A person.' }),
        'The people in it.',
      ),
      steps: {
        type: 'array',
        minItems: 1,
        items: { $ref: '#/$defs/step' },
        description: 'What happens, in order.',
      },
    },
    { required: ['label', 'people', 'steps'] },
  ),
} as const
