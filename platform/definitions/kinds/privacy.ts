import type { JsonSchema } from '../field-types/field-type.ts'
import { expressionRef, strict, textRef } from './common.ts'

/** What an object says about the protection of people. */
export const privacyProperties: Readonly<Record<string, JsonSchema>> = {
  person: {
    type: 'boolean',
    description: 'Each record stands for a person, whose data can be erased on request.',
  },
  erasure: strict(
    {
      keep_when: {
        ...expressionRef,
        description: 'Records for which this holds keep their personal fields when the person is erased.',
      },
      keep_because: { ...textRef, description: 'Why they have to be kept; shown in the report.' },
    },
    {
      required: ['keep_when', 'keep_because'],
      description: 'What is not erased, such as invoices that the law requires to be kept.',
    },
  ),
  retention: strict(
    {
      after: {
        type: 'string',
        pattern: '^P(?=[1-9])(\\d{1,3}Y)?(\\d{1,4}M)?(\\d{1,5}D)?$',
        description: 'How long records are kept, an ISO 8601 duration of years, months and days: `P2Y`.',
      },
      since: {
        ...expressionRef,
        description: 'From when the time counts: a date or a moment of the record. A blank keeps it.',
      },
      when: { ...expressionRef, description: 'Only records for which this holds.' },
      then: {
        enum: ['erase', 'delete'],
        description:
          'erase: the personal fields are blanked and what is known of them elsewhere; delete: the record is deleted as ' +
          'well.',
      },
    },
    {
      required: ['after', 'since', 'then'],
      description: 'How long personal data are kept; the worker carries it out once a day.',
    },
  ),
  consent: strict(
    {
      email: strict(
        {
          given_when: {
            ...expressionRef,
            description:
              'The person agrees to marketing mails where this holds: `record.do_not_email != true`.',
          },
          withdraw: {
            type: 'object',
            minProperties: 1,
            propertyNames: { $ref: 'common.json#/$defs/name' },
            description: 'The values by field that are written when the person withdraws it.',
          },
        },
        {
          required: ['given_when', 'withdraw'],
          description: 'For mails with the purpose `marketing`, asked when one is sent.',
        },
      ),
    },
    { description: 'To what the person agrees.' },
  ),
}
