import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const line = (name: string, parent: string) => ({
  name,
  label: name,
  plural: name,
  parent,
  ownership: 'none',
})

/** Orders with rows, which have parts of their own, and with secrets that clerks do not see. */
export const orderDeclarations = {
  object: {
    order: {
      name: 'order',
      label: 'Order',
      plural: 'Orders',
      name_field: 'title',
      ownership: 'none',
      fields: {
        title: { type: 'text', required: true },
        rows: { type: 'lines', of: 'order_row.order' },
        secrets: { type: 'lines', of: 'secret.order' },
        total: {
          type: 'rollup',
          of: 'order_row.order',
          function: 'sum',
          field: 'price',
          returns: 'decimal',
        },
      },
    },
    order_row: {
      ...line('order_row', 'order'),
      name_field: 'text',
      fields: {
        order: { type: 'reference', to: 'order', required: true },
        text: { type: 'text' },
        price: { type: 'decimal' },
        cost: { type: 'decimal' },
        item: { type: 'reference', to: 'item', on_delete: 'clear' },
        parts: { type: 'lines', of: 'part.row' },
      },
    },
    part: {
      ...line('part', 'row'),
      name_field: 'label',
      fields: { row: { type: 'reference', to: 'order_row', required: true }, label: { type: 'text' } },
    },
    secret: {
      ...line('secret', 'order'),
      name_field: 'text',
      fields: { order: { type: 'reference', to: 'order', required: true }, text: { type: 'text' } },
    },
    item: {
      name: 'item',
      label: 'Item',
      plural: 'Items',
      name_field: 'name',
      ownership: 'none',
      fields: { name: { type: 'text', required: true } },
    },
  },
  role: {
    chief: {
      name: 'chief',
      label: 'Chief',
      objects: { '*': { create: true, read: 'all', update: 'all', delete: 'all' } },
    },
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      objects: {
        order: { read: 'all', fields: { secrets: 'hidden' } },
        order_row: { fields: { cost: 'hidden' } },
      },
    },
  },
} satisfies Parameters<typeof modelFromDocuments>[0]
