import { expressionRef, mapOf, nameRef, strict, textRef } from './common.ts'

/** What is shared beyond what roles admit, and how. */
export const sharing = {
  ...strict({
    by_hand: {
      type: 'boolean',
      description:
        'Whether whoever may change a record may share it with a person, a team or a role, with a reason. Default: false.',
    },
    longest_days: {
      type: 'integer',
      minimum: 1,
      maximum: 3650,
      description: 'Shares by hand end after so many days at the latest. Without it they may last.',
    },
    rules: mapOf(
      strict(
        {
          label: { ...textRef, description: 'What people read where it explains why they see a record.' },
          roles: {
            type: 'object',
            minProperties: 1,
            propertyNames: nameRef,
            additionalProperties: { type: 'boolean' },
            description: 'Whose holders see the records.',
          },
          where: { ...expressionRef, description: 'Which records, over `record` and `user`.' },
          access: { enum: ['read', 'update'], description: 'What they may do with them. Default: read.' },
        },
        { required: ['label', 'roles', 'where'] },
      ),
      'Records shared with the holders of roles, by rule. The roles themselves must admit reading (or changing) some.',
    ),
  }),
  description:
    'Lets records be seen and changed by others than those whom the levels of their roles admit. Rights to the object ' +
    'and its fields stay as the roles say.',
} as const
