import { expressionRef, mapOf, nameRef, orderRef, strict, textRef } from './common.ts'

export const page = {
  $id: 'page.json',
  title: 'Page',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the page; one page per object.' },
      object: { ...nameRef, description: 'The object whose record is shown.' },
      facts: {
        type: 'array',
        items: nameRef,
        description: 'Key fields beneath the title.',
      },
      sections: mapOf(
        strict(
          {
            label: { ...textRef, description: 'Heading.' },
            order: orderRef,
            columns: {
              type: 'integer',
              minimum: 1,
              maximum: 3,
              description: 'Columns of fields (2 if not said).',
            },
            fields: { type: 'array', items: nameRef, minItems: 1, description: 'The fields, in order.' },
            visible_when: {
              ...expressionRef,
              description: 'Shown only where this holds, over `record` and `user`.',
            },
          },
          { required: ['label', 'fields'] },
        ),
        'Sections of fields, by name. A lines field makes a grid.',
      ),
      related: mapOf(
        strict(
          {
            label: { ...textRef, description: 'Heading; the plural of the object if not said.' },
            order: orderRef,
            of: {
              type: 'string',
              pattern: '^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*$',
              description: 'The other object and its reference to this one: `contact.account`.',
            },
            columns: {
              type: 'array',
              items: { type: 'string' },
              minItems: 1,
              description: 'Columns, in order.',
            },
            visible_when: {
              ...expressionRef,
              description: 'Shown only where this holds, over `record` and `user`.',
            },
          },
          { required: ['of', 'columns'] },
        ),
        'Lists of records that refer to this one, by name.',
      ),
    },
    { required: ['name', 'object', 'sections'] },
  ),
} as const
