import { delayPattern } from '../../calendars/delay.ts'
import type { JsonSchema } from '../field-types/field-type.ts'
import { actionVocabulary, actorVocabulary, guardVocabulary } from '../vocabulary/actions.ts'
import { expressionRef, mapOf, nameRef, orderRef, strict, textRef } from './common.ts'
import { migrationSchema, releaseSchema } from './process-versions.ts'

const roles = {
  type: 'object',
  propertyNames: nameRef,
  additionalProperties: { type: 'boolean' },
  description: 'Roles that may ({"seller": true}); every role that may change the record if not said.',
} as const

const stateKey = {
  pattern: '^[a-z][a-z0-9_]{0,62}$',
  description: 'A state has a snake_case name without dots; a dot would break history.',
} as const

/** ISO 8601 durations begin with a capital letter. */
const delayName = '[a-z][a-z0-9_]{0,62}'

const action: JsonSchema = { $ref: '#/$defs/action' }

const guard: JsonSchema = {
  description: 'A condition.',
  discriminator: { propertyName: 'type' },
  oneOf: Object.entries(guardVocabulary).map(([type, { description, params }]) =>
    strict(
      {
        type: { const: type, description },
        params: { ...params, description: 'What the guard needs.' },
      },
      { required: ['type', 'params'], description },
    ),
  ),
}

const transition: JsonSchema = strict({
  target: { type: 'string', description: 'The next state: a sibling, `.child`, or `#id`.' },
  guard: { $ref: '#/$defs/guard', description: 'Taken only where this holds.' },
  actions: { type: 'array', items: action, description: 'What is done on the way.' },
  reenter: { type: 'boolean', description: 'Leave and enter the source state again.' },
  description: { type: 'string', description: 'Why this transition is there.' },
})

const transitions: JsonSchema = { $ref: '#/$defs/transitions' }

const invocation: JsonSchema = { $ref: '#/$defs/invocation' }

/** What every invocation has beside `src` and `input`, which the vocabulary of actors says. */
const invocationProperties: Readonly<Record<string, JsonSchema>> = {
  id: {
    type: 'string',
    pattern: '^[a-z][a-z0-9_]{0,62}$',
    description: 'Name of the invocation, unique in the machine.',
  },
  onDone: { ...transitions, description: 'Where to go when it is done; `event.output` is its result.' },
  onError: {
    ...transitions,
    description:
      'Where to go when it has failed for good: `event.error.code` and `event.error.message` say why.',
  },
}

/** Work has a title; what comes to its end by itself has a label. */
const invocationLabel = {
  ...textRef,
  description: 'What people read in the picture and the history of the process: "the payment".',
}

const nodeProperties: Readonly<Record<string, JsonSchema>> = {
  id: {
    type: 'string',
    pattern: '^[A-Za-z][A-Za-z0-9_]*$',
    description: 'Name to point at from afar: `#id`.',
  },
  type: { enum: ['atomic', 'compound', 'parallel', 'final', 'history'], description: 'Kind of state.' },
  history: { enum: ['shallow', 'deep'], description: 'How much a history state remembers.' },
  target: { type: 'string', description: 'Where a history state leads when there is no history yet.' },
  initial: { type: 'string', description: 'The child that is entered first.' },
  states: {
    type: 'object',
    propertyNames: stateKey,
    additionalProperties: { $ref: '#/$defs/state' },
    description: 'The children.',
  },
  on: {
    type: 'object',
    additionalProperties: transitions,
    description: 'Transitions by event.',
  },
  after: {
    type: 'object',
    propertyNames: { pattern: `${delayPattern}|^${delayName}$` },
    additionalProperties: transitions,
    description:
      'Transitions after a time in the state: an ISO 8601 duration such as `P2D`, `P2D@office` in a working calendar, ' +
      'or the name of one of the `delays` of the process.',
  },
  always: { ...transitions, description: 'Transitions taken at once where their guard holds.' },
  entry: { type: 'array', items: action, description: 'What is done on entering.' },
  exit: { type: 'array', items: action, description: 'What is done on leaving.' },
  invoke: {
    oneOf: [invocation, { type: 'array', items: invocation }],
    description: 'Work that is open while the state is active.',
  },
  onDone: {
    ...transitions,
    description:
      'Where to go when the children are done; `event.output` is what the final one among them gives.',
  },
  output: mapOf(
    expressionRef,
    'Of a final state: what it gives, seen as `event.output.<name>` in the `onDone` of the state around it. At the end of ' +
      'the process it is the result for the process that waits for this one.',
  ),
  description: { type: 'string', description: 'What the state means.' },
  locks: strict(
    {
      all: { type: 'boolean', description: 'Every field, and deleting the record.' },
      fields: {
        type: 'object',
        propertyNames: nameRef,
        additionalProperties: { type: 'boolean' },
        description: 'Single fields: {"lines": true}; with `all`, {"next_step": false} leaves one open.',
      },
      allowed_roles: {
        ...roles,
        description: 'Roles for which nothing is closed ({"administrator": true}); none if not said.',
      },
    },
    {
      description:
        'What people cannot change of the record while it is in this state or one beneath it; the process itself can.',
    },
  ),
  tags: {
    type: 'object',
    propertyNames: nameRef,
    additionalProperties: { type: 'boolean' },
    description:
      'Choices of the choice set `state_tag` that say what a record is going through in this state or one beneath it, such ' +
      'as {"waiting_for_customer": true}. They mean the same in every process.',
  },
  meta: strict(
    {
      label: { ...textRef, description: 'What people read.' },
      colour: { $ref: 'common.json#/$defs/colour' },
      help: { ...textRef, description: 'What is to be done here.' },
      order: orderRef,
    },
    { description: 'How people see the state.' },
  ),
}

export const processKind = {
  $id: 'process.json',
  title: 'Process',
  $defs: {
    guard,
    transition,
    transitions: {
      description: 'A target, one branch, or several of which the first whose guard holds is taken.',
      oneOf: [
        { type: 'string' },
        { $ref: '#/$defs/transition' },
        { type: 'array', items: { $ref: '#/$defs/transition' }, minItems: 1 },
      ],
    },
    state: strict(nodeProperties, { description: 'A state of the machine.' }),
    action: {
      description: 'Something that the process does.',
      discriminator: { propertyName: 'type' },
      oneOf: Object.entries(actionVocabulary).map(([type, { description, params }]) =>
        strict(
          {
            type: { const: type, description },
            params: { ...params, description: 'The parameters of the action.' },
          },
          { required: ['type', 'params'], description },
        ),
      ),
    },
    invocation: {
      type: 'object',
      description: 'Work that is open while the state is active.',
      discriminator: { propertyName: 'src' },
      oneOf: Object.entries(actorVocabulary).map(([src, { description, input }]) =>
        strict(
          {
            ...invocationProperties,
            ...(Object.hasOwn(input.properties ?? {}, 'title') ? {} : { label: invocationLabel }),
            src: { const: src, description },
            input: { ...input, description: 'What it is about.' },
          },
          { required: ['id', 'src', 'input'], description },
        ),
      ),
    },
  },
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the process.' },
      label: { ...textRef, description: 'What people read.' },
      object: { ...nameRef, description: 'The object whose records it is about.' },
      state_field: {
        ...nameRef,
        description:
          'The field of type `state` that shows where a record is. A process without one is a part of other processes, ' +
          'which `invoke` it for their record.',
      },
      starts: {
        enum: ['on_create'],
        description:
          'on_create: every new record of the object begins it. A part of other processes says nothing.',
      },
      run_as: {
        ...nameRef,
        description:
          'The role under which its actions write; without it they write with the rights of the person who sent the event, ' +
          'and timers are refused by the check.',
      },
      events: mapOf(
        strict({
          label: { ...textRef, description: 'Verb on the button.' },
          help: { ...textRef, description: 'What will happen.' },
          order: orderRef,
          primary: { type: 'boolean', description: 'The usual next step: shown as the primary button.' },
          destructive: { type: 'boolean', description: 'Shown as a step that ends or discards something.' },
          allowed_roles: roles,
          allowed_when: {
            ...expressionRef,
            description: 'Possible only where this holds, over `record` and `user`.',
          },
          needs: {
            enum: ['read', 'update'],
            description: 'The right on the record that the sender must have (update if not said).',
          },
          form: {
            type: 'object',
            description: 'What the sender fills in, seen as `event.<field>`.',
            propertyNames: nameRef,
            additionalProperties: { $ref: 'common.json#/$defs/field' },
          },
        }),
        'The events that people and other systems may send.',
      ),
      entries: mapOf(
        strict(
          {
            label: { ...textRef, description: 'What people read.' },
            states: {
              type: 'array',
              items: { type: 'string' },
              minItems: 1,
              description: 'The states in which a record may be placed; entry actions do not run.',
            },
            allowed_roles: roles,
          },
          { required: ['states', 'allowed_roles'] },
        ),
        'Ways past the initial state: an import that names an entry may place records in its states. Logged.',
      ),
      delays: {
        type: 'object',
        description:
          'Moments that expressions give, by names that `after` uses: {"validity": {"until": ...}}.',
        propertyNames: { pattern: `^${delayName}$`, description: 'A snake_case name.' },
        additionalProperties: strict(
          {
            label: { ...textRef, description: 'What people read: "when the offer expires".' },
            until: {
              ...expressionRef,
              description:
                'The moment, over `record` and `context`: a datetime such as `now() + duration("PT4H")`, or a date, ' +
                'whose day begins in the time zone of the tenant. It follows the record while the state lasts, except ' +
                'where it is counted with now() or today(), from entering the state. A blank never comes, and what ' +
                'is past comes at once.',
            },
          },
          { required: ['until'] },
        ),
      },
      context: {
        type: 'object',
        description: "The process's own memory at the start.",
        propertyNames: nameRef,
        additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
      },
      release: releaseSchema,
      migration: migrationSchema,
      machine: {
        ...strict(nodeProperties, { required: ['states'] }),
        description: 'The machine: an XState v5 configuration in JSON.',
      },
    },
    { required: ['name', 'label', 'object', 'machine'] },
  ),
} as const
