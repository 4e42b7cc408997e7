import type { modelFromDocuments } from '../../platform/definitions/index.ts'

/** A field of every type that can be imported, references to itself and others, and a process with an entry. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    town: {
      name: 'town',
      label: { en: 'Town', 'zh-CN': '城市' },
      plural: 'Towns',
      name_field: 'name',
      ownership: 'none',
      fields: { name: { type: 'text', required: true, unique: true, max_length: 40 } },
    },
    firm: {
      name: 'firm',
      label: { en: 'Firm', 'zh-CN': '公司' },
      plural: 'Firms',
      name_field: 'name',
      fields: {
        name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true, max_length: 80 },
        code: { type: 'text', label: 'Code', unique: true },
        size: {
          type: 'choice',
          choices: { s: { label: 'Small' }, l: { label: { en: 'Large', 'zh-CN': '大' } } },
        },
        tags: { type: 'choices', choices: { red: {}, blue: {} } },
        town: { type: 'reference', to: 'town', label: { en: 'Town', 'zh-CN': '城市' } },
        towns: { type: 'references', to: 'town' },
        parent: { type: 'reference', to: 'firm' },
        staff: { type: 'integer', minimum: 0 },
        share: { type: 'percent', scale: 2 },
        turnover: { type: 'money', label: { en: 'Turnover', 'zh-CN': '营业额' }, scale: 2 },
        founded: { type: 'date' },
        seen: { type: 'datetime' },
        active: { type: 'boolean', default: true },
        address: { type: 'address' },
        note: { type: 'long_text' },
        secret: { type: 'text' },
      },
      validations: {
        not_future: {
          invalid_when: 'record.founded > today()',
          at: 'founded',
          message: 'Lies in the future.',
        },
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
        stage: { type: 'state' },
        firm: { type: 'reference', to: 'firm' },
      },
    },
  },
  process: {
    dealing: {
      name: 'dealing',
      label: 'Dealing',
      object: 'deal',
      state_field: 'stage',
      starts: 'on_create',
      events: { win: { label: 'Win' } },
      entries: { import: { states: ['won'], allowed_roles: { clerk: true } } },
      machine: {
        initial: 'open',
        states: {
          open: { on: { win: 'won' } },
          won: { type: 'final', meta: { label: { en: 'Deal won', 'zh-CN': '赢单' } } },
        },
      },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      features: { import: true },
      objects: {
        town: { create: true, read: 'all', update: 'all' },
        firm: { create: true, read: 'all', update: 'own', fields: { secret: 'read' } },
        deal: { create: true, read: 'all', update: 'all' },
        user: { read: 'all' },
      },
    },
    reader: { name: 'reader', label: 'Reader', objects: { firm: { create: true, read: 'all' } } },
    outsider: {
      name: 'outsider',
      label: 'Outsider',
      features: { import: true },
      objects: { town: { read: 'all' }, firm: { create: true, read: 'own', fields: { town: 'hidden' } } },
    },
  },
}
