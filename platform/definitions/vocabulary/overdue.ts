import { delayPattern } from '../../calendars/delay.ts'
import { expressionRef, mapOf, nameRef, orderRef, strict } from '../kinds/common.ts'
import type { JsonSchema } from '../field-types/field-type.ts'

/** What can be done about work that is late, with the schema of each one's `params`. */
const acts: Readonly<Record<string, { description: string; params: JsonSchema }>> = {
  notify: {
    description: 'Reminds somebody.',
    params: strict({
      to: {
        ...expressionRef,
        description: 'The person, such as `record.owner`; who has it, or may take it, if not said.',
      },
      text: { ...expressionRef, description: 'The text; a usual one if not said.' },
    }),
  },
  transfer: {
    description:
      'Gives it to the manager of who has it; nothing happens where nobody has it, or he has no manager.',
    params: strict({}),
  },
  raise_priority: {
    description: 'Makes it more urgent.',
    params: strict(
      { by: { type: 'integer', minimum: 1, maximum: 1000, description: 'By how many points.' } },
      { required: ['by'] },
    ),
  },
  raise_event: {
    description: 'Raises an event of the process, which may lead out of the state.',
    params: strict(
      {
        event: { ...nameRef, description: 'The event.' },
        values: {
          type: 'object',
          propertyNames: nameRef,
          additionalProperties: expressionRef,
          description: 'Its form: expressions by field.',
        },
      },
      { required: ['event'] },
    ),
  },
}

export const overdue: JsonSchema = mapOf(
  strict(
    {
      order: orderRef,
      after: {
        type: 'string',
        pattern: delayPattern,
        description: 'So long after the due time: `PT0S` at once, `PT4H@support` in a working calendar.',
      },
      do: {
        description: 'What is done about it.',
        discriminator: { propertyName: 'type' },
        oneOf: Object.entries(acts).map(([type, { description, params }]) =>
          strict(
            {
              type: { const: type, description },
              params: { ...params, description: 'What it takes.' },
            },
            { required: ['type', 'params'], description },
          ),
        ),
      },
    },
    { required: ['after', 'do'], description: 'A step of the escalation.' },
  ),
  'What is done when it is late; each once.',
)
