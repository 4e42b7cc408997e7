import type { JsonSchema } from '../field-types/field-type.ts'
import { actionVocabulary } from '../vocabulary/actions.ts'
import { expressionRef, mapOf, nameRef, orderRef, strict, textRef } from './common.ts'

/** Days, hours, minutes and seconds of working time; platform/calendars/amount.ts says what they mean. */
const amountPattern = '^P(?!$)(\\d{1,4}D)?(T(?=\\d)(\\d{1,5}H)?(\\d{1,6}M)?(\\d{1,7}S)?)?$'

const amount = {
  type: 'string',
  pattern: amountPattern,
  description: 'Working time: `PT4H` is four hours, `P2D` two working days.',
} as const

const target: JsonSchema = {
  description: 'How much time there is.',
  oneOf: [
    amount,
    strict(
      {
        working_days: {
          type: 'integer',
          minimum: 1,
          maximum: 1000,
          description: 'How many working days, the day of the start not counted.',
        },
        until: {
          type: 'string',
          pattern: '^(closing|([01][0-9]|2[0-3]):[0-5][0-9])$',
          description: 'On the last of them: `closing`, or a time such as `16:00`.',
        },
      },
      { required: ['working_days', 'until'], description: 'A period in days, to a time of its last day.' },
    ),
  ],
}

const calendar = { ...nameRef, description: 'The calendar in which time counts.' }

/** What only a machine has: its memory, and events of its own. */
const ofMachines: ReadonlySet<string> = new Set(['assign', 'raise'])

const serviceAction: JsonSchema = {
  description: 'Something that is done: an action of processes.',
  discriminator: { propertyName: 'type' },
  oneOf: Object.entries(actionVocabulary)
    .filter(([type]) => !ofMachines.has(type))
    .map(([type, { description, params }]) =>
      strict(
        {
          type: { const: type, description },
          params: { ...params, description: 'The parameters of the action.' },
        },
        { required: ['type', 'params'], description },
      ),
    ),
}

const actions: JsonSchema = {
  type: 'array',
  minItems: 1,
  items: { $ref: '#/$defs/service_action' },
  description: 'What is done: the actions of processes, over `record`.',
}

const label = { ...textRef, description: 'What people read.' }

/** The moment of a warning or an escalation; one of the keys says it. */
function alert(
  moments: Readonly<Record<string, JsonSchema>>,
  options: { required: readonly string[]; description: string },
): JsonSchema {
  return strict({ label, ...moments, actions }, { ...options, required: [...options.required, 'actions'] })
}

const condition = (description: string) => ({ ...expressionRef, description })

export const serviceLevel = {
  $id: 'service_level.json',
  title: 'Service level',
  $defs: { service_action: serviceAction },
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the service level.' },
      label,
      object: { ...nameRef, description: 'The object whose records it is promised for.' },
      order: orderRef,
      applies_when: condition(
        'The records it is for, over `record`; of several that apply, the first by `order` holds. Every record if not said.',
      ),
      calendar: {
        ...nameRef,
        description: 'The calendar in which time counts (every hour of every day if not said).',
      },
      run_as: {
        ...nameRef,
        description:
          'The role under which actions write; that of the process that governs the object if not said.',
      },
      promises: mapOf(
        strict(
          {
            label,
            help: { ...textRef, description: 'What is promised, in a sentence.' },
            order: orderRef,
            target,
            calendar,
            targets: mapOf(
              strict(
                { when: condition('Where it holds, over `record`.'), target, calendar, order: orderRef },
                { required: ['when', 'target'], description: 'Another target.' },
              ),
              'Other targets by condition, such as the priority; the first that holds replaces `target`. A record that changes from one to another is reckoned anew from the start of its clock.',
            ),
            starts_when: condition('The clock starts when this begins to hold.'),
            starts_at: condition(
              'Since when the time counts, a datetime over `record`: `record.received_at`. The moment of the change if not said.',
            ),
            pauses_when: condition('The clock stands still while this holds.'),
            stops_when: condition('The promise is kept, or was broken, when this begins to hold.'),
            resets_when: condition('The clock begins anew when this begins to hold.'),
            again: {
              enum: ['never', 'anew', 'continue'],
              description:
                'When `starts_when` begins to hold again after the clock stopped: nothing (if not said), a new clock, or the old one goes on.',
            },
            warnings: mapOf(
              {
                description: 'Before the breach.',
                discriminator: { propertyName: 'type' },
                oneOf: [
                  alert(
                    {
                      type: { const: 'share', description: 'At a share of the time.' },
                      percent: {
                        type: 'integer',
                        minimum: 1,
                        maximum: 99,
                        description: 'How much of the time has passed, in percent.',
                      },
                    },
                    { required: ['type', 'percent'], description: 'At a share of the time.' },
                  ),
                  alert(
                    {
                      type: { const: 'before', description: 'So long before the breach.' },
                      amount,
                    },
                    { required: ['type', 'amount'], description: 'So long before the breach.' },
                  ),
                ],
              },
              'What is done before the breach.',
            ),
            escalations: mapOf(
              {
                description: 'At the breach or after it.',
                discriminator: { propertyName: 'type' },
                oneOf: [
                  alert(
                    { type: { const: 'breach', description: 'At the breach.' } },
                    { required: ['type'], description: 'At the breach.' },
                  ),
                  alert(
                    {
                      type: { const: 'share', description: 'At a share of the time.' },
                      percent: {
                        type: 'integer',
                        minimum: 100,
                        maximum: 1000,
                        description: 'How much of the time has passed, in percent: 150.',
                      },
                    },
                    { required: ['type', 'percent'], description: 'At a share of the time.' },
                  ),
                  alert(
                    {
                      type: { const: 'after', description: 'So long after the breach.' },
                      amount,
                    },
                    { required: ['type', 'amount'], description: 'So long after the breach.' },
                  ),
                ],
              },
              'The chain of what is done at the breach and after it.',
            ),
          },
          {
            required: ['label', 'target', 'starts_when', 'stops_when'],
            description: 'A promise with a clock.',
          },
        ),
        'What is promised: first answer, next answer, solution.',
      ),
    },
    { required: ['name', 'label', 'object', 'promises'] },
  ),
} as const
