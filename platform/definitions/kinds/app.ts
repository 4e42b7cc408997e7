import { mapOf, nameRef, orderRef, strict, textRef } from './common.ts'

export const app = {
  $id: 'app.json',
  title: 'App',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the app.' },
      label: { ...textRef, description: 'What people read.' },
      icon: { type: 'string', description: 'Name of a lucide icon.' },
      order: orderRef,
      roles: {
        type: 'object',
        propertyNames: nameRef,
        additionalProperties: { type: 'boolean' },
        description: 'Roles that see the app ({"seller": true}); everybody if not said.',
      },
      items: mapOf(
        strict(
          {
            object: { ...nameRef, description: 'The object that the entry opens.' },
            view: {
              ...nameRef,
              description: 'The view that opens first; the first of the object if not said.',
            },
            label: { ...textRef, description: 'What people read; the plural of the object if not said.' },
            order: orderRef,
          },
          { required: ['object'] },
        ),
        'Entries of the navigation, by name; entries that a person may not read are not shown.',
      ),
    },
    { required: ['name', 'label', 'items'] },
  ),
} as const
