import { delayPattern, elapsedPattern } from '../../calendars/delay.ts'
import type { JsonSchema } from '../field-types/field-type.ts'
import { expressionRef, mapOf, nameRef, orderRef, strict, textRef } from './common.ts'

const flags = { type: 'boolean', description: 'true: they are; false: taken out by an overlay.' } as const

const members: JsonSchema = strict(
  {
    roles: {
      type: 'object',
      propertyNames: nameRef,
      additionalProperties: flags,
      description: 'Holders of these roles: {"agent": true}.',
    },
    teams: {
      type: 'object',
      propertyNames: { minLength: 1, description: 'The name of a team.' },
      additionalProperties: flags,
      description: 'People of these teams, by the name of the team: {"Support": true}.',
    },
    people: {
      type: 'object',
      propertyNames: { minLength: 3, description: 'The e-mail address of a person.' },
      additionalProperties: flags,
      description: 'Single people, by their e-mail address: {"ann@example.com": true}.',
    },
  },
  { description: 'Who may do the work: everybody who is named in one of the ways.' },
)

const skills: JsonSchema = {
  type: 'object',
  propertyNames: {
    pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$',
    description: 'A choice of the choice set `skill`.',
  },
  additionalProperties: {
    type: 'integer',
    minimum: 1,
    maximum: 5,
    description: 'The level that is needed at least, from 1 to 5.',
  },
  description: 'Skills of the choice set `skill` that who gets the work must have: {"german": 3}.',
}

const condition = (description: string) => ({ ...expressionRef, description })

export const queue = {
  $id: 'queue.json',
  title: 'Queue',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the queue; tasks and approvals name it in `queue`.' },
      label: { ...textRef, description: 'What people read.' },
      help: { ...textRef, description: 'What waits here, in a sentence.' },
      order: orderRef,
      object: { ...nameRef, description: 'The object whose records the work is about.' },
      members,
      skills,
      priority: condition(
        'A number over `record`: what has more comes first, such as `record.account.level == "gold" ? 10 : 0`. ' +
          'Reckoned anew when the record changes.',
      ),
      ageing: strict(
        {
          points: {
            type: 'number',
            minimum: 0.001,
            maximum: 1000,
            description: 'By how much the priority of waiting work grows in that time.',
          },
          every: { type: 'string', pattern: elapsedPattern, description: 'In which time: `PT1H`.' },
        },
        {
          required: ['points', 'every'],
          description:
            'How waiting makes work more urgent. Without it, what came first is first among equals.',
        },
      ),
      assignment: {
        enum: ['pull', 'round_robin', 'least_loaded', 'weighted', 'sticky'],
        description:
          'pull: people take the next; round_robin: in turn; least_loaded: who has least; weighted: in turn by the share ' +
          'of each; sticky: who had it last.',
      },
      sticky_by: condition(
        'With `sticky`, what "it" is: a reference of the record such as `record.account` (the record itself if not said).',
      ),
      otherwise: {
        enum: ['round_robin', 'least_loaded', 'weighted'],
        description:
          'With `sticky`, who gets it where nobody had it or he cannot take it (least_loaded if not said).',
      },
      weight: condition(
        'How many units of capacity a piece of work takes, a whole number over `record` (1 if not said).',
      ),
      capacity: {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        description:
          'How many units a person may have at a time, of all queues together, where his own settings do not say it (no limit if not said).',
      },
      away_after: {
        type: 'string',
        pattern: elapsedPattern,
        description:
          'Who has not been seen for so long counts as away, and work is not pushed to them (PT15M if not said).',
      },
      rules: mapOf(
        strict(
          {
            order: orderRef,
            label: { ...textRef, description: 'What people read.' },
            when: condition('Where it holds, over `record`.'),
            skills,
            members,
            queue: { ...nameRef, description: 'The work goes to this queue instead.' },
          },
          { required: ['when'], description: 'Who gets work of a kind.' },
        ),
        'In order; the first that holds says who gets the work. Skills come on top of those of the queue, members take the place of its members.',
      ),
      overflow: strict(
        {
          to: { ...nameRef, description: 'The queue to which work goes.' },
          after: {
            type: 'string',
            pattern: delayPattern,
            description:
              'When nobody has had it for so long: `PT30M`, or `PT2H@support` in a working calendar.',
          },
          when_nobody: {
            type: 'boolean',
            description: 'At once, where nobody who is here could take it, whatever they have to do already.',
          },
        },
        { required: ['to'], description: 'What becomes of work that nobody takes.' },
      ),
    },
    { required: ['name', 'label', 'object', 'members', 'assignment'] },
  ),
} as const
