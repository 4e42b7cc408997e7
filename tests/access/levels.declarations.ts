import { builtinDocuments } from '../../platform/definitions/builtin/documents.ts'
import type { modelFromDocuments } from '../../platform/definitions/index.ts'

type Documents = Parameters<typeof modelFromDocuments>[0]

const user = builtinDocuments.find(({ kind, name }) => kind === 'object' && name === 'user')?.document as {
  fields: object
}

const role = (name: string, deal: object, more: object = {}) => ({
  name,
  label: name,
  objects: { deal: { create: true, ...deal }, user: { read: 'all' }, area: { read: 'all' } },
  ...more,
})

/** Deals in areas, owned by people who report to one another; shared by rule and by hand. */
export const levelDeclarations: Documents = {
  object: {
    user: { ...user, fields: { ...user.fields, areas: { type: 'references', to: 'area' } } },
    area: {
      name: 'area',
      label: 'Area',
      name_field: 'name',
      ownership: 'none',
      hierarchy: 'part_of',
      fields: { name: { type: 'text', required: true }, part_of: { type: 'reference', to: 'area' } },
    },
    deal: {
      name: 'deal',
      label: 'Deal',
      plural: 'Deals',
      name_field: 'title',
      territory: 'area',
      sharing: {
        by_hand: true,
        longest_days: 30,
        rules: {
          large: {
            label: { en: 'Large deals', 'zh-CN': '大额商机' },
            roles: { controller: true },
            where: 'record.size > 100',
          },
          stuck: {
            label: { en: 'Deals that are stuck', 'zh-CN': '停滞的商机' },
            roles: { controller: true },
            where: 'record.is_stuck',
            access: 'update',
          },
        },
      },
      fields: {
        title: { type: 'text', required: true },
        size: { type: 'integer' },
        is_stuck: { type: 'boolean', default: false },
        phone: { type: 'phone' },
        iban: { type: 'text' },
        area: { type: 'reference', to: 'area' },
        notes: { type: 'lines', of: 'note.deal' },
      },
      search: ['title'],
    },
    note: {
      name: 'note',
      label: 'Note',
      name_field: 'text',
      parent: 'deal',
      ownership: 'none',
      fields: { deal: { type: 'reference', to: 'deal', required: true }, text: { type: 'text' } },
    },
  },
  role: {
    seller: role('seller', { read: 'own', update: 'own', delete: 'own' }),
    chief: role('chief', { read: 'subordinates', update: 'subordinates' }),
    regional: role('regional', {
      read: 'territory',
      update: { level: 'territory', where: 'record.size < 1000' },
    }),
    controller: role('controller', {
      read: 'own',
      update: 'own',
      fields: { iban: { mask: { last: 4 } }, phone: { mask: { first: 3, last: 2 } } },
    }),
    reader: role('reader', { read: 'all', fields: { iban: { mask: { first: 2 } }, phone: 'hidden' } }),
    blind: role('blind', {}),
    customer: {
      name: 'customer',
      label: 'Customer',
      portal: true,
      objects: { deal: { read: { where: 'record.phone == user.phone' } } },
    },
  },
}
