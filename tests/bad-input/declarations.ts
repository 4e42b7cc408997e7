import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const choices = { one: {}, two: {} }

/** An object with a field of every type that can be written. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    gadget: {
      name: 'gadget',
      label: 'Gadget',
      plural: 'Gadgets',
      name_field: 'text',
      lifecycle: 'life',
      fields: {
        number: { type: 'sequence', sequence: 'gadgets' },
        status: { type: 'state' },
        text: { type: 'text' },
        long_text: { type: 'long_text' },
        email: { type: 'email' },
        phone: { type: 'phone' },
        url: { type: 'url' },
        integer: { type: 'integer' },
        decimal: { type: 'decimal' },
        percent: { type: 'percent' },
        money: { type: 'money' },
        rating: { type: 'rating' },
        boolean: { type: 'boolean' },
        date: { type: 'date' },
        datetime: { type: 'datetime' },
        choice: { type: 'choice', choices },
        choices: { type: 'choices', choices },
        reference: { type: 'reference', to: 'gadget' },
        references: { type: 'references', to: 'gadget' },
        user: { type: 'user' },
        address: { type: 'address' },
        json: { type: 'json' },
        parts: { type: 'lines', of: 'part.gadget' },
        part_count: { type: 'rollup', of: 'part.gadget', function: 'count', returns: 'integer' },
        double: { type: 'formula', returns: 'decimal', expression: 'record.decimal * 2' },
      },
      search: ['text', 'long_text', 'email', 'phone', 'url', 'address'],
    },
    part: {
      name: 'part',
      label: 'Part',
      plural: 'Parts',
      name_field: 'text',
      ownership: 'none',
      parent: 'gadget',
      fields: {
        gadget: { type: 'reference', to: 'gadget', on_delete: 'cascade', required: true },
        text: { type: 'text' },
      },
    },
  },
  sequence: { gadgets: { name: 'gadgets', format: '{number}' } },
  process: {
    life: {
      name: 'life',
      label: 'Life',
      object: 'gadget',
      state_field: 'status',
      starts: 'on_create',
      events: { kick: { label: 'Kick', form: { why: { type: 'text' } } } },
      machine: {
        initial: 'new',
        states: {
          new: { meta: { label: 'New' }, on: { kick: 'old' } },
          old: { meta: { label: 'Old' }, on: { kick: 'new' } },
        },
      },
    },
  },
}
