import type { modelFromDocuments } from '../../platform/definitions/index.ts'

/** Companies of which clerks see their own, without margin and tax number, and deals that refer to any of them. */
export const declarations = {
  object: {
    company: {
      name: 'company',
      label: 'Company',
      plural: 'Companies',
      name_field: 'name',
      search: ['name', 'tax_id'],
      keys: { by_branch: { fields: ['name', 'branch'] } },
      fields: {
        name: { type: 'text', required: true },
        code: { type: 'text', unique: true },
        branch: { type: 'text', default: 'main' },
        tax_id: { type: 'text', unique: true },
        margin: { type: 'integer' },
        parts: { type: 'lines', of: 'part.company' },
      },
    },
    part: {
      name: 'part',
      label: 'Part',
      plural: 'Parts',
      name_field: 'text',
      parent: 'company',
      ownership: 'none',
      fields: {
        company: { type: 'reference', to: 'company', required: true },
        text: { type: 'text', required: true },
      },
    },
    deal: {
      name: 'deal',
      label: 'Deal',
      plural: 'Deals',
      name_field: 'title',
      lifecycle: 'dealing',
      fields: {
        title: { type: 'text', required: true },
        state: { type: 'state' },
        company: { type: 'reference', to: 'company' },
        others: { type: 'references', to: 'company' },
        expected: { type: 'formula', returns: 'integer', expression: 'record.company.margin' },
        lot: { type: 'lines', of: 'lot.deal' },
      },
    },
    audit: {
      name: 'audit',
      label: 'Audit',
      plural: 'Audits',
      name_field: 'title',
      fields: { title: { type: 'text' }, company: { type: 'reference', to: 'company' } },
    },
    lot: {
      name: 'lot',
      label: 'Lot',
      plural: 'Lots',
      name_field: 'text',
      parent: 'deal',
      ownership: 'none',
      fields: {
        deal: { type: 'reference', to: 'deal', required: true },
        text: { type: 'text', required: true },
      },
    },
  },
  process: {
    dealing: {
      name: 'dealing',
      label: 'Dealing',
      object: 'deal',
      state_field: 'state',
      starts: 'on_create',
      events: {
        win: { label: 'Win', allowed_when: 'record.company.margin > 30' },
        lose: { label: 'Lose', form: { to: { type: 'reference', to: 'company' } } },
      },
      machine: {
        initial: 'open',
        states: {
          open: { meta: { label: 'Open' }, on: { win: 'won', lose: 'lost' } },
          won: { meta: { label: 'Won' }, type: 'final' },
          lost: { meta: { label: 'Lost' }, type: 'final' },
        },
      },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      features: { import: true, bulk: true },
      objects: {
        company: {
          ...{ create: true, read: 'own', update: 'own', delete: 'own' },
          fields: { margin: 'hidden', tax_id: 'hidden', branch: 'hidden', parts: 'hidden' },
        },
        deal: {
          create: true,
          read: 'all',
          update: 'all',
          delete: 'all',
          fields: { lot: 'read', expected: 'hidden' },
        },
        user: { read: 'all' },
      },
    },
    trainee: { name: 'trainee', label: 'Trainee', objects: { deal: { read: 'all' } } },
  },
} as unknown as Parameters<typeof modelFromDocuments>[0]
