import { expressionRef, nameRef, orderRef, strict, textRef } from './common.ts'

export const view = {
  $id: 'view.json',
  title: 'View',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the view, unique among all views.' },
      object: { ...nameRef, description: 'The object that is listed.' },
      label: { ...textRef, description: 'What people read on the tab.' },
      type: {
        enum: ['list', 'board'],
        description: 'A table of rows, or cards in columns by state or choice.',
      },
      order: orderRef,
      columns: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description:
          'Fields, paths through references (`account.name`), or promises of service levels that are counted down ' +
          '(`promise:first_answer`), in order.',
      },
      filter: { ...expressionRef, description: 'Which records, over `record` and `user`.' },
      sort: {
        type: 'array',
        description: 'Sort keys, most important first.',
        items: strict(
          {
            field: {
              type: 'string',
              description:
                'The field or path, or a promise: `promise:first_answer` sorts by what is due first.',
            },
            direction: { enum: ['ascending', 'descending'], description: 'Default: ascending.' },
          },
          { required: ['field'] },
        ),
      },
      totals: {
        type: 'object',
        description: 'Totals in the foot of the list, by field.',
        additionalProperties: { enum: ['sum', 'average', 'minimum', 'maximum'] },
      },
      columns_by: {
        ...nameRef,
        description: 'Board: the state or choice field whose values are the columns.',
      },
      sum: { ...nameRef, description: 'Board: the field that is added up per column.' },
    },
    { required: ['name', 'object', 'label', 'type', 'columns'] },
  ),
} as const
