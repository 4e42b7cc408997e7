import { nameRef, strict, textRef } from './common.ts'

const right = { $ref: 'common.json#/$defs/record_right' } as const

export const role = {
  $id: 'role.json',
  title: 'Role',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the role.' },
      label: { ...textRef, description: 'What people read.' },
      description: { ...textRef, description: 'Whose role this is.' },
      portal: {
        type: 'boolean',
        description:
          'Whether it is for people from outside, such as contacts of a customer: it has no features, admits records only ' +
          'by `own` or a row rule, and where somebody holds such a role, other roles of his count for nothing.',
      },
      second_factor: {
        enum: ['required'],
        description:
          'Holders have to show a second factor when they sign in. Who has none yet sets one up before anything else.',
      },
      features: {
        type: 'object',
        additionalProperties: false,
        description: 'Features of the product that holders may use.',
        properties: {
          import: { type: 'boolean', description: 'Import files.' },
          bulk: { type: 'boolean', description: 'Change many records in one request.' },
          api_keys: { type: 'boolean', description: 'Make API keys of their own.' },
          administer: {
            type: 'boolean',
            description: 'Manage users, roles of users and teams; see every work item.',
          },
          operate: {
            type: 'boolean',
            description: 'See which records are stuck, failed or late in their processes, and repair them.',
          },
          publish: { type: 'boolean', description: 'Publish and roll back declarations.' },
          audit: { type: 'boolean', description: 'Read and export the audit log.' },
          impersonate: {
            type: 'boolean',
            description:
              'Act for people who may do no more than oneself, for support: told to them, logged, an hour at most.',
          },
          erase: { type: 'boolean', description: 'Erase the personal data of a person on request.' },
        },
      },
      objects: {
        type: 'object',
        description:
          'Rights by object; `*` stands for every object that is not named. What neither names may not be seen.',
        propertyNames: {
          pattern: '^(\\*|[a-z][a-z0-9_]{0,58})$',
          description: 'The name of an object, or `*`.',
        },
        additionalProperties: strict({
          create: { type: 'boolean', description: 'May create records.' },
          read: { ...right, description: 'Which records may be read.' },
          update: { ...right, description: 'Which records may be changed.' },
          delete: { ...right, description: 'Which records may be deleted and restored.' },
          fields: {
            type: 'object',
            description: 'Rights on single fields; `*` stands for all that are not named. Default: write.',
            propertyNames: {
              pattern: '^(\\*|[a-z][a-z0-9_]{0,58})$',
              description: 'The name of a field, or `*`.',
            },
            additionalProperties: {
              description:
                'hidden: not seen at all; read: seen; write: seen and changed. Or a mask: only some characters are seen.',
              oneOf: [
                { enum: ['hidden', 'read', 'write'] },
                strict(
                  {
                    mask: {
                      ...strict({
                        first: {
                          type: 'integer',
                          minimum: 1,
                          maximum: 20,
                          description: 'How many at the beginning.',
                        },
                        last: {
                          type: 'integer',
                          minimum: 1,
                          maximum: 20,
                          description: 'How many at the end.',
                        },
                      }),
                      minProperties: 1,
                      description: 'The characters of the text that are shown; the others are dots.',
                    },
                  },
                  { required: ['mask'] },
                ),
              ],
            },
          },
        }),
      },
    },
    { required: ['name', 'label'] },
  ),
} as const
