import { nameRef, strict, textRef } from './common.ts'

const elapsed = {
  type: 'string',
  pattern: '^PT(?=\\d)(\\d{1,3}H)?(\\d{1,4}M)?(\\d{1,5}S)?$',
} as const

/** An outside system that requests may be sent to, and nothing else. */
export const connection = {
  $id: 'connection.json',
  title: 'Connection',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the connection.' },
      label: { ...textRef, description: 'What people read.' },
      base_url: {
        type: 'string',
        maxLength: 500,
        pattern: '^https?://[^\\s?#@]+$',
        description:
          'Where every request begins: `https://erp.example.com/api/`. Plain http only with `private_addresses`.',
      },
      methods: {
        type: 'array',
        minItems: 1,
        items: { enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], description: 'A method.' },
        description: 'The methods that may be used.',
      },
      headers: {
        type: 'object',
        propertyNames: {
          pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,60}$",
          description: 'The name of a header.',
        },
        additionalProperties: strict(
          {
            secret: {
              type: 'string',
              pattern: '^[a-z][a-z0-9]*(_[a-z0-9]+)*$',
              maxLength: 60,
              description:
                'Name of the secret: the value of the environment variable TESSERA_SECRET_<TENANT>__<NAME>.',
            },
            prefix: { type: 'string', maxLength: 40, description: 'What comes before it: `Bearer `.' },
          },
          { required: ['secret'], description: 'A header whose value is a secret.' },
        ),
        description: 'Headers of every request. Their values come from the environment, never from here.',
      },
      timeout: { ...elapsed, description: 'How long an answer may take (PT10S if not said; at most PT1M).' },
      private_addresses: {
        type: 'boolean',
        description:
          'Whether the host may have an address of a private network or of the machine itself (no if not said).',
      },
      retry: strict(
        {
          attempts: {
            type: 'integer',
            minimum: 1,
            maximum: 50,
            description: 'How often it is tried before it counts as failed (10 if not said).',
          },
          first: {
            ...elapsed,
            description: 'The wait after the first failure; it doubles with each (PT15S if not said).',
          },
          longest: { ...elapsed, description: 'The longest wait (PT1H if not said).' },
        },
        { description: 'How a request is tried again.' },
      ),
    },
    { required: ['name', 'label', 'base_url', 'methods'] },
  ),
} as const
