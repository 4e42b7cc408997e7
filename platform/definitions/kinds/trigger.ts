import { actionVocabulary } from '../vocabulary/actions.ts'
import type { JsonSchema } from '../field-types/field-type.ts'
import { expressionRef, nameRef, strict, textRef } from './common.ts'

/** What only a machine has: its memory, and events of its own. */
const ofMachines: ReadonlySet<string> = new Set(['assign', 'raise'])

const triggerAction: JsonSchema = {
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

const secret = {
  type: 'string',
  pattern: '^[a-z][a-z0-9]*(_[a-z0-9]+)*$',
  maxLength: 60,
  description: 'Name of the secret: the value of the environment variable TESSERA_SECRET_<TENANT>__<NAME>.',
} as const

const authentication: JsonSchema = {
  description: 'How a sender proves who it is.',
  discriminator: { propertyName: 'type' },
  oneOf: [
    strict(
      { type: { const: 'key', description: 'The header `Authorization: Bearer <secret>`.' }, secret },
      { required: ['type', 'secret'], description: 'The header `Authorization: Bearer <secret>`.' },
    ),
    strict(
      {
        type: {
          const: 'signature',
          description: 'The header `Tessera-Signature: t=<seconds since 1970>,v1=<HMAC>`.',
        },
        secret,
      },
      {
        required: ['type', 'secret'],
        description:
          'The header `Tessera-Signature: t=<seconds since 1970>,v1=<HMAC-SHA256 in hex of "<t>.<body>">`, at most five minutes old.',
      },
    ),
  ],
}

function moment(
  type: string,
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema {
  return strict(
    { type: { const: type, description }, ...properties },
    { required: ['type', ...required], description },
  )
}

const on: JsonSchema = {
  description: 'What sets it off.',
  discriminator: { propertyName: 'type' },
  oneOf: [
    moment('created', 'A record was created.', {}),
    moment('changed', 'A record was changed.', {
      fields: {
        type: 'object',
        minProperties: 1,
        propertyNames: nameRef,
        additionalProperties: { type: 'boolean' },
        description:
          'Only where one of these fields has another value: {"stage": true}. Any field if not said.',
      },
    }),
    moment(
      'due',
      'A moment that the record gives has come. It follows the record.',
      {
        at: {
          ...expressionRef,
          description:
            'The moment, over `record`: a datetime, or a date, whose day begins in the time zone of the tenant. A blank never comes.',
        },
        past: {
          enum: ['skip', 'run'],
          description:
            'What follows when a record is written with a moment that has passed: nothing (if not said), or the actions at once.',
        },
      },
      ['at'],
    ),
    moment(
      'schedule',
      'At set times, for every record that is found.',
      {
        at: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'string',
            pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
            description: 'A time such as `09:00`.',
          },
          description: 'The times of the day.',
        },
        every: {
          type: 'string',
          pattern: '^PT([1-9][0-9]?M|[1-9]H|1[0-9]H|2[0-3]H)$',
          description: 'Instead of `at`: again and again from midnight on, such as `PT15M` or `PT2H`.',
        },
        days: {
          type: 'array',
          minItems: 1,
          items: {
            enum: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
            description: 'A day of the week.',
          },
          description: 'Only on these days of the week.',
        },
        days_of_month: {
          type: 'array',
          minItems: 1,
          items: { type: 'integer', minimum: -31, maximum: 31, description: 'A day; -1 is the last.' },
          description: 'Only on these days of the month: [1, -1].',
        },
        calendar: {
          ...nameRef,
          description: 'Only on days on which there is work in this calendar, and on its clock.',
        },
        time_zone: {
          type: 'string',
          minLength: 1,
          description:
            'The zone on whose clock the times are, by its IANA name (that of the tenant if not said).',
        },
        where: {
          ...expressionRef,
          description: 'Which records, over `record`: those that hold it and that the role may read.',
        },
      },
      ['where'],
    ),
    moment(
      'inbound',
      'Another system has sent something: POST /api/inbound/<tenant>/<trigger>.',
      {
        authentication,
        fields: {
          type: 'object',
          description: 'What of its JSON body is taken, seen as `event.<field>`; the rest is passed over.',
          propertyNames: nameRef,
          additionalProperties: { $ref: 'common.json#/$defs/field' },
        },
        members: {
          type: 'object',
          propertyNames: nameRef,
          additionalProperties: {
            type: 'string',
            pattern: '^(/([^~/]|~[01])*)+$',
            maxLength: 500,
            description: 'A JSON Pointer (RFC 6901).',
          },
          description:
            'Where fields lie in the body, if not as members of their name: {"order_number": "/data/orderNumber"}.',
        },
        finds: {
          type: 'object',
          minProperties: 1,
          propertyNames: nameRef,
          additionalProperties: expressionRef,
          description:
            'The record that it is about, by the fields of a key: {"number": "event.order_number"}. Without it there is no `record`.',
        },
        once_by: {
          ...expressionRef,
          description:
            'What is the same when the same is sent again: `event.id`. Else the header `Idempotency-Key`, where there is one.',
        },
      },
      ['authentication', 'fields'],
    ),
  ],
}

export const trigger = {
  $id: 'trigger.json',
  title: 'Trigger',
  $defs: { trigger_action: triggerAction },
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the trigger.' },
      label: { ...textRef, description: 'What people read.' },
      object: { ...nameRef, description: 'The object whose records it is about.' },
      on,
      when: {
        ...expressionRef,
        description:
          'Carried out only where this holds, over `record`, and `before` for the values before the change. Asked when it is set off; for `due` and `schedule` when it is carried out.',
      },
      run_as: {
        ...nameRef,
        description:
          'The role under which the actions write; that of the process that governs the object if not said.',
      },
      actions: {
        type: 'array',
        minItems: 1,
        items: { $ref: '#/$defs/trigger_action' },
        description: 'What is done, in a transaction of its own.',
      },
    },
    { required: ['name', 'label', 'object', 'on', 'actions'] },
  ),
} as const
