import { nameRef, strict, textRef } from './common.ts'

export const sequence = {
  $id: 'sequence.json',
  title: 'Sequence',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the sequence.' },
      label: { ...textRef, description: 'What people read.' },
      format: {
        type: 'string',
        maxLength: 100,
        pattern:
          '^[^{}]*(\\{(year|month|day)\\}[^{}]*)*\\{number(:[0-9]{1,2})?\\}[^{}]*(\\{(year|month|day)\\}[^{}]*)*$',
        description:
          'The text, with {number} or {number:5} (zero-padded), {year}, {month}, {day}: `Q-{year}-{number:5}`.',
      },
      start: { type: 'integer', minimum: 0, description: 'The first number (1 if not said).' },
      restart: {
        enum: ['never', 'year', 'month'],
        description: 'When numbering begins anew (never if not said).',
      },
      gapless: {
        type: 'boolean',
        description:
          'No number may be missing: drawn under a lock that lasts to the commit. Default: false, faster.',
      },
    },
    { required: ['name', 'format'] },
  ),
} as const
