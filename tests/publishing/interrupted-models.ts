import { integer, modelOf, money, text } from './declarations.ts'

const deal = { account: { type: 'reference', to: 'account' }, amount: money, code: text, size: integer }

/** Two versions between which every phase of a publish has something to do. */
export const models = {
  first: () => modelOf({ account: {}, deal }),
  second: () =>
    modelOf({
      client: {
        formerly: 'account',
        fields: {
          deals: { type: 'rollup', of: 'deal.account', function: 'count', returns: 'integer' },
          boss: { type: 'reference', to: 'client' },
        },
      },
      deal: {
        account: { type: 'reference', to: 'client' },
        amount: money,
        key: { type: 'text', unique: true, formerly: 'code' },
        size: { type: 'decimal', indexed: true },
        double: { type: 'formula', returns: 'decimal', expression: 'record.size * 2' },
      },
    }),
}
