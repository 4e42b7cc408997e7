import { delayPattern } from '../../calendars/delay.ts'
import { overdue } from './overdue.ts'
import { expressionRef, nameRef, strict } from '../kinds/common.ts'
import type { JsonSchema } from '../field-types/field-type.ts'
import { approvalLevels } from './approval-levels.ts'
import { emailAction, requestAction, requestProperties } from './outgoing.ts'

const when = { ...expressionRef, description: 'Carried out only where this holds.' }

const values = {
  type: 'object',
  propertyNames: nameRef,
  additionalProperties: expressionRef,
  description: 'Expressions by field.',
} as const

/** What a process may do, by action type, with the schema of each one's `params`. The vocabulary is closed; plugins add theirs. */
export const actionVocabulary: Readonly<Record<string, { description: string; params: JsonSchema }>> = {
  set: {
    description: "Sets fields of the process's own record.",
    params: strict({ values, when }, { required: ['values'] }),
  },
  create: {
    description: 'Creates a record; later expressions of the same step see it as `created.<as>`.',
    params: strict(
      {
        object: { ...nameRef, description: 'The object of the new record.' },
        values,
        lines: strict(
          {
            field: { ...nameRef, description: 'The lines field of the new record.' },
            from: {
              ...expressionRef,
              description: 'A lines field of the own record: `record.lines`; each row is `row` in `values`.',
            },
            values,
          },
          { required: ['field', 'from', 'values'], description: 'Rows copied from the own record.' },
        ),
        as: { ...nameRef, description: 'Name under which later expressions of the step see the new record.' },
        when,
      },
      { required: ['object', 'values'] },
    ),
  },
  update: {
    description: 'Changes a record that the own record refers to.',
    params: strict(
      {
        target: { ...expressionRef, description: 'The record: `record.opportunity`.' },
        values,
        when,
      },
      { required: ['target', 'values'] },
    ),
  },
  note: {
    description: 'Writes a line into the timeline of the record.',
    params: strict({ text: { ...expressionRef, description: 'The text.' }, when }, { required: ['text'] }),
  },
  notify: {
    description: 'Puts a notification into the inbox of people.',
    params: strict(
      {
        to: { ...expressionRef, description: 'A user, such as `record.owner`.' },
        text: { ...expressionRef, description: 'The text.' },
        when,
      },
      { required: ['to', 'text'] },
    ),
  },
  send: {
    description: 'Sends an event to the process of a record that the own record refers to.',
    params: strict(
      {
        target: { ...expressionRef, description: 'The record: `record.opportunity`.' },
        event: { ...nameRef, description: 'The event.' },
        values,
        when,
      },
      { required: ['target', 'event'] },
    ),
  },
  request: requestAction,
  email: emailAction,
  raise: {
    description:
      'Raises an event of the process itself, which is taken before the step ends: what one part of a parallel ' +
      'machine tells the others. With `"allowed_roles": {}` in its declaration nobody else can send it.',
    params: strict(
      { event: { ...nameRef, description: 'The event.' }, values, when },
      { required: ['event'] },
    ),
  },
  assign: {
    description: "Sets values of the process's own memory, `context`.",
    params: strict({ values, when }, { required: ['values'] }),
  },
  call: {
    description: 'Calls an action that a plugin provides.',
    params: strict(
      {
        action: { type: 'string', description: 'The action of the plugin: `example.round_up`.' },
        values,
        when,
      },
      { required: ['action'] },
    ),
  },
}

const candidates = {
  assignee: { ...expressionRef, description: 'The user who is to do it: `record.owner`.' },
  candidate_role: { ...nameRef, description: 'Holders of this role may claim it.' },
  queue: { ...nameRef, description: 'It waits in this queue, whose members get it; in place of the others.' },
} as const

const priority = {
  ...expressionRef,
  description:
    'A number: what has more is shown first. In a queue it takes the place of the priority that the queue gives.',
} as const

const form = {
  type: 'object',
  description: 'Fields that are filled in when it is done; seen as `event.output.<field>`.',
  propertyNames: nameRef,
  additionalProperties: { $ref: 'common.json#/$defs/field' },
} as const

const due = {
  type: 'string',
  pattern: delayPattern,
  description:
    'When it is due: an ISO 8601 duration such as `P2D` or `PT4H`, or `P2D@office` in a working calendar.',
} as const

/** What a state may invoke, with the schema of each one's `input`. */
export const actorVocabulary: Readonly<Record<string, { description: string; input: JsonSchema }>> = {
  task: {
    description: 'A work item that one person does.',
    input: strict(
      {
        title: { $ref: 'common.json#/$defs/text', description: 'What is to be done.' },
        ...candidates,
        priority,
        due,
        overdue,
        form,
      },
      { required: ['title'] },
    ),
  },
  approval: {
    description:
      'What one of its candidates approves or rejects, or several in levels: `event.output.outcome` is "approved" or ' +
      '"rejected", and, where the levels allow it, "returned" or "withdrawn".',
    input: strict(
      {
        title: { $ref: 'common.json#/$defs/text', description: 'What is to be decided.' },
        ...candidates,
        ...approvalLevels,
        priority,
        due,
        overdue,
        form,
      },
      { required: ['title'] },
    ),
  },
  process: {
    description:
      'Another process: one that is a part of others begins for the same record, and ends with the state; one that ' +
      'governs the record named by `target` is waited for. `event.output` is what its final state gives.',
    input: strict(
      {
        process: { ...nameRef, description: 'The process.' },
        target: {
          ...expressionRef,
          description: 'The record whose process is waited for: `record.order`. A part of others has none.',
        },
        context: {
          ...values,
          description: 'What the part remembers from the start, in place of the values that it declares.',
        },
      },
      { required: ['process'] },
    ),
  },
  request: {
    description:
      'A request to an outside system whose answer is waited for: `event.output.status` and `event.output.body`. One that ' +
      'fails for good says why in `event.error`: `http_404` and the like, or `unreachable`.',
    input: strict(requestProperties, { required: ['connection', 'method', 'path'] }),
  },
  wait_for: {
    description:
      'A wait until something holds of the own record or of one that it refers to; looked at whenever that record is written.',
    input: strict(
      {
        target: {
          ...expressionRef,
          description: 'The record that is watched: `record.order`; the own one if not said.',
        },
        until: {
          ...expressionRef,
          description: 'What is waited for, over the watched record as `record`: `record.paid_on != null`.',
        },
      },
      { required: ['until'] },
    ),
  },
  call: {
    description:
      'An action of a plugin that takes its time: carried out by the worker, tried again when it fails; `event.output` is ' +
      'what it gives.',
    input: strict(
      {
        action: { type: 'string', description: 'The action of the plugin: `example.score`.' },
        values,
      },
      { required: ['action'] },
    ),
  },
}

/** The guards of machines: `when` alone. */
export const guardVocabulary: Readonly<Record<string, { description: string; params: JsonSchema }>> = {
  when: {
    description: 'An expression over record, event, context and user.',
    params: strict(
      { expression: { ...expressionRef, description: 'The condition.' } },
      { required: ['expression'] },
    ),
  },
}
