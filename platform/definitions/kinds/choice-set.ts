import { nameRef, strict, textRef } from './common.ts'

export const choiceSet = {
  $id: 'choice_set.json',
  title: 'Choice set',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the choice set.' },
      label: { ...textRef, description: 'What people read.' },
      choices: { $ref: 'common.json#/$defs/choices', description: 'The choices, keyed by the stored value.' },
    },
    { required: ['name', 'choices'] },
  ),
} as const
