import type { OperationOptions } from './operation.ts'

type Query = NonNullable<OperationOptions['query']>

export const expansion: Query = {
  fields: { description: 'Fields and paths (`account.name`), separated by commas; all without it.' },
  expand: { description: 'References to give as `{id, <name field>}`, separated by commas.' },
  may: {
    description:
      'Tells of each record whether you may do this, as `may:update` and `may:delete`: `update,delete`, separated by commas.',
  },
}

export const listParameters: Query = {
  ...expansion,
  filter: { description: 'An expression over `record` and `user`, such as `record.amount > 1000`.' },
  search: { description: 'Words to find.' },
  sort: { description: 'Fields and paths, separated by commas; `-` before one for descending.' },
  limit: {
    description: 'Rows of a page.',
    schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
  },
  after: { description: 'The `next` of the page before.' },
  count: { description: 'Count all rows, up to 10,000.', schema: { type: 'boolean' } },
  deleted: { description: 'The deleted records instead.', schema: { type: 'boolean' } },
}
