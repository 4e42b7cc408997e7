import { expressionRef, nameRef, strict } from '../kinds/common.ts'

const when = { ...expressionRef, description: 'Carried out only where this holds.' }

function expressions(description: string) {
  return {
    type: 'object',
    propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,62}$', description: 'A name.' },
    additionalProperties: expressionRef,
    description,
  } as const
}

/** What a request says, for the action and for whoever waits for its answer. */
export const requestProperties = {
  connection: { ...nameRef, description: 'The connection to which it goes.' },
  method: {
    enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    description: 'The method; one that the connection admits.',
  },
  path: {
    type: 'string',
    maxLength: 500,
    pattern: '^([A-Za-z0-9._~!$&()*+,;=@-]|\\{[a-z][a-z0-9_]*\\}|/)*$',
    description:
      'The path below the address of the connection, with names in braces for values: `orders/{number}`.',
  },
  path_values: expressions('The values of the names in the path: {"number": "record.number"}.'),
  query: expressions('Parameters of the address, by name; a blank is left out.'),
  body: expressions('The members of the JSON body. Without it there is none.'),
} as const

export const requestAction = {
  description: 'Sends a request to an outside system, after the step and until it has been received.',
  params: strict(
    {
      ...requestProperties,
      ordered: {
        type: 'boolean',
        description:
          'Requests of one record over one connection are sent in order, each when the one before has been received (no if not said).',
      },
      when,
    },
    { required: ['connection', 'method', 'path'] },
  ),
}

export const emailAction = {
  description: 'Sends an e-mail, after the step and until the mail server has taken it.',
  params: strict(
    {
      to: {
        ...expressionRef,
        description: 'A user, an address, or a list of them: `record.owner`. Nothing is sent to a blank.',
      },
      cc: { ...expressionRef, description: 'Who gets a copy.' },
      subject: { ...expressionRef, description: 'The subject.' },
      text: { ...expressionRef, description: 'The text.' },
      purpose: {
        enum: ['service', 'marketing'],
        description:
          'marketing: only where the person agrees when it is sent (`consent` of the object), with a link to ' +
          'unsubscribe. Default: service.',
      },
      when,
    },
    { required: ['to', 'subject', 'text'] },
  ),
}
