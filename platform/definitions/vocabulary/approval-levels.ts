import { delayPattern } from '../../calendars/delay.ts'
import type { JsonSchema } from '../field-types/field-type.ts'
import { expressionRef, mapOf, nameRef, orderRef, strict, textRef } from '../kinds/common.ts'

const steps = { type: 'integer', minimum: 1, maximum: 20 } as const

/** Where people come from: exactly one of these, save that `role` and `team` may be said together. */
const source = {
  role: { ...nameRef, description: 'All who hold this role.' },
  team: {
    ...expressionRef,
    description: 'All members of a team: `record.owner.team`; with `role` those who hold it.',
  },
  people: {
    ...expressionRef,
    description: 'A person or a list of people: `record.reviewer`, `[record.owner, record.checker]`.',
  },
  chosen: {
    ...nameRef,
    description:
      'Whom the requester chooses: a field of type user, or of references to user, in the form of the event that leads here.',
  },
  superior: { ...steps, description: 'The superior so many steps up the reporting line: 1 is the manager.' },
  superiors: { ...steps, description: 'The chain of superiors up to so many steps, the nearest first.' },
  of: {
    ...expressionRef,
    description: 'Whose superiors they are: `record.owner`; those of the requester if not said.',
  },
} as const

const deadline: JsonSchema = strict(
  {
    after: {
      type: 'string',
      pattern: delayPattern,
      description: 'After how much time: `P2D`, or `P2D@office` in a working calendar.',
    },
    do: {
      enum: ['approve', 'reject', 'pass_on'],
      description:
        'approve, reject: that is the outcome. pass_on: who has not acted is replaced by `to`, or by the manager of each.',
    },
    to: { ...expressionRef, description: 'The person who gets it with pass_on: `record.owner.manager`.' },
  },
  { required: ['after', 'do'], description: 'What happens when the time is over.' },
)

const nobody: JsonSchema = strict(
  {
    do: {
      enum: ['approve', 'reject', 'refuse', 'ask'],
      description:
        'approve, reject: that is the outcome of the level. refuse: the step that leads here is refused. ask: those of `role` or `people` are asked.',
    },
    role: { ...nameRef, description: 'Who is asked instead: all who hold this role.' },
    people: { ...expressionRef, description: 'Who is asked instead: a person or a list of people.' },
  },
  {
    required: ['do'],
    description: 'What happens at a level where nobody is found (refuse if not said).',
  },
)

const level: JsonSchema = strict(
  {
    label: { ...textRef, description: 'What people read.' },
    order: orderRef,
    when: { ...expressionRef, description: 'The level is left out where this does not hold.' },
    approvers: mapOf(
      strict({
        ...source,
        order: orderRef,
        weight: {
          type: 'number',
          minimum: 0.01,
          description: 'What the vote of each weighs, where the level is decided by weight (1 if not said).',
        },
      }),
      'Who is asked, by names of your own: {"boss": {"superior": 1}}. Everybody is asked once in a level.',
    ),
    decide: {
      description: 'How the level is decided (all if not said); as soon as the outcome is certain.',
      oneOf: [
        {
          enum: ['all', 'any', 'first'],
          description:
            'all: everybody approves. any: one approval is enough. first: the first word, whichever it is.',
        },
        {
          ...strict({
            share: {
              type: 'number',
              minimum: 0.01,
              maximum: 1,
              description: 'The share of the votes that must approve: 0.6.',
            },
            weight: {
              type: 'number',
              minimum: 0.01,
              description: 'What the approving votes must weigh together.',
            },
          }),
          minProperties: 1,
        },
      ],
    },
    in_turn: { type: 'boolean', description: 'Its people are asked one after the other.' },
    nobody,
    deadline,
  },
  { required: ['approvers'], description: 'A level of an approval.' },
)

/** What an approval with levels takes beside what every approval does. */
export const approvalLevels: Readonly<Record<string, JsonSchema>> = {
  levels: {
    ...mapOf(
      level,
      'Approvers in levels, one after the other; instead of `assignee` and `candidate_role`, which open one work item.',
    ),
    minProperties: 1,
  },
  requested_by: {
    ...expressionRef,
    description:
      'With levels: who counts as the requester: `record.owner`; who sent the event that led here if not said.',
  },
  requester: {
    enum: ['may_approve', 'may_not_approve', 'manager', 'refuse'],
    description:
      'Whether the person who asked may decide (may_not_approve if not said). With levels also manager: his manager is ' +
      'asked in his place; and refuse: the step is refused where he would be asked.',
  },
  repeated: {
    enum: ['ask_every_time', 'ask_once', 'ask_last'],
    description:
      'With levels: how often somebody is asked who comes in several (ask_every_time if not said). ask_once: what he said ' +
      'counts for the later levels too. ask_last: at the last one, as long as the others can decide.',
  },
  nobody: { ...nobody, description: 'With levels: the same for all levels that do not say their own.' },
  deadline: { ...deadline, description: 'With levels: what happens when the time of the whole is over.' },
  withdraw: {
    enum: ['before_first_act', 'any_time'],
    description: 'With levels: until when the requester may withdraw it; the outcome is then "withdrawn".',
  },
  take_back: {
    type: 'boolean',
    description: 'With levels: people may take their word back before the next has acted.',
  },
  return: strict(
    {
      to_requester: {
        type: 'boolean',
        description: 'To the requester: the approval ends with the outcome "returned".',
      },
      to_levels: { type: 'boolean', description: 'To an earlier level, which the approver chooses.' },
      then: {
        enum: ['fresh', 'jump_back'],
        description:
          'fresh: from there on everybody is asked anew (if not said). jump_back: then directly whoever returned it.',
      },
    },
    { description: 'With levels: approvers may return it, and where to.' },
  ),
  copies: mapOf(
    strict(
      {
        ...source,
        at: {
          enum: ['start', 'end', 'rejection'],
          description: 'When: at the start, at the end whatever the outcome, or when it is rejected.',
        },
      },
      { required: ['at'] },
    ),
    'With levels: people who are told of it without being asked, by names of your own.',
  ),
}

/** What does nothing without `levels`. */
export const needsLevels: readonly string[] = Object.keys(approvalLevels).filter(
  (name) => name !== 'levels' && name !== 'requester',
)
