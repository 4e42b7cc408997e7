import { mapOf, nameRef, strict, textRef } from './common.ts'

const weekday = {
  enum: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  description: 'A day of the week.',
} as const

const hours = {
  from: {
    type: 'string',
    pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
    description: 'When it begins, on the clock of the zone: `09:00`.',
  },
  to: {
    type: 'string',
    pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
    description:
      'When it ends: `18:00`, or `24:00` for midnight. Before `from`: at that time of the next day; the whole shift is of the day on which it begins.',
  },
} as const

const label = { ...textRef, description: 'What people read.' }

const through = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'The last day on which it holds, where it holds for several.',
} as const

/** What a day is instead of its weekday; `more` is what dated rules have besides. */
function dayRule(more: Readonly<Record<string, typeof through>>) {
  return {
    description: 'What the day is instead of its weekday.',
    discriminator: { propertyName: 'type' },
    oneOf: [
      strict(
        { type: { const: 'holiday', description: 'No shift begins.' }, label, ...more },
        { required: ['type'], description: 'A day off.' },
      ),
      strict(
        {
          type: { const: 'working_day', description: 'The shifts of another weekday.' },
          label,
          like: { ...weekday, description: 'The weekday whose shifts it has.' },
          ...more,
        },
        {
          required: ['type', 'like'],
          description: 'A day of work, such as a Sunday on which work is made up.',
        },
      ),
      strict(
        {
          type: { const: 'special_hours', description: 'Shifts of its own.' },
          label,
          shifts: {
            type: 'array',
            minItems: 1,
            items: strict(hours, { required: ['from', 'to'], description: 'A shift of the day.' }),
            description: 'The shifts, in order.',
          },
          ...more,
        },
        {
          required: ['type', 'shifts'],
          description: 'A day with other hours, such as one that ends at noon.',
        },
      ),
    ],
  }
}

export const calendar = {
  $id: 'calendar.json',
  title: 'Calendar',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the calendar.' },
      label,
      time_zone: {
        type: 'string',
        minLength: 1,
        description: 'The zone on whose clock the shifts are, by its IANA name: `Asia/Shanghai`.',
      },
      around_the_clock: {
        type: 'boolean',
        description: 'Work on every hour of every day, save for exceptions; instead of shifts.',
      },
      shifts: mapOf(
        strict(
          {
            label,
            days: {
              type: 'array',
              minItems: 1,
              items: weekday,
              description: 'The days of the week on which it begins.',
            },
            ...hours,
          },
          { required: ['days', 'from', 'to'], description: 'A shift that comes again every week.' },
        ),
        'The working week, as shifts that do not overlap; what lies between two of them is a break.',
      ),
      exceptions: {
        type: 'object',
        propertyNames: {
          pattern: '^\\d{4}-\\d{2}-\\d{2}$',
          description: 'A date such as `2026-10-01`.',
        },
        additionalProperties: dayRule({ through }),
        description: 'Days that are not as their weekday, by date.',
      },
      every_year: {
        type: 'object',
        propertyNames: { pattern: '^\\d{2}-\\d{2}$', description: 'A day of the year such as `12-25`.' },
        additionalProperties: dayRule({}),
        description: 'Days that are not as their weekday in any year; a rule by date comes first.',
      },
      holidays_from: {
        ...nameRef,
        description:
          "A calendar whose `exceptions` and `every_year` hold here too; the calendar's own come before them.",
      },
    },
    { required: ['name', 'label', 'time_zone'] },
  ),
} as const
