import { builtinDocuments } from '../../platform/definitions/builtin/documents.ts'
import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const user = builtinDocuments.find(({ kind, name }) => kind === 'object' && name === 'user')?.document as {
  fields: object
}

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const role = (name: string, label: object, claim: object) => ({
  name,
  label,
  objects: {
    claim: { create: true, ...claim },
    note: {},
    user: { read: 'all' },
    team: { read: 'all' },
  },
})

/** Claims that are handled by their owners, shared by rule and by hand, with numbers that auditors see in part. */
export const claimDeclarations: Parameters<typeof modelFromDocuments>[0] = {
  app: {
    claims: {
      name: 'claims',
      label: text('Claims', '理赔'),
      items: { claims: { object: 'claim', order: 10 } },
    },
  },
  object: {
    user: { ...user, fields: { ...user.fields } },
    claim: {
      name: 'claim',
      label: text('Claim', '理赔单'),
      plural: text('Claims', '理赔单'),
      icon: 'shield',
      name_field: 'title',
      lifecycle: 'handling',
      sharing: {
        by_hand: true,
        longest_days: 30,
        rules: {
          large: {
            label: text('Large claims', '大额理赔'),
            roles: { auditor: true },
            where: 'record.size > 100',
          },
        },
      },
      fields: {
        title: { type: 'text', required: true, label: text('Title', '标题') },
        size: { type: 'integer', label: text('Size', '金额') },
        iban: { type: 'text', label: text('Account number', '账号') },
        phone: { type: 'phone', label: text('Phone', '电话') },
        state: { type: 'state', label: text('State', '状态') },
        notes: { type: 'lines', of: 'note.claim', label: text('Notes', '备注') },
      },
      search: ['title'],
    },
    note: {
      name: 'note',
      label: text('Note', '备注'),
      plural: text('Notes', '备注'),
      name_field: 'text',
      parent: 'claim',
      ownership: 'none',
      fields: { claim: { type: 'reference', to: 'claim', required: true }, text: { type: 'text' } },
    },
  },
  role: {
    agent: role('agent', text('Claims agent', '理赔员'), { read: 'own', update: 'own', delete: 'own' }),
    chief: role('chief', text('Head of claims', '理赔主管'), {
      read: 'all',
      update: { level: 'team', where: 'record.size < 1000' },
    }),
    auditor: role('auditor', text('Auditor', '审计员'), {
      read: 'own',
      update: 'own',
      fields: { iban: { mask: { last: 4 } }, phone: { mask: { first: 3, last: 2 } } },
    }),
    robot: role('robot', text('Handling', '处理'), { read: 'all', update: 'all' }),
  },
  process: {
    handling: {
      name: 'handling',
      label: text('Handling', '处理'),
      object: 'claim',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      events: {
        settle: { label: text('Settle', '结案'), allowed_when: 'record.size < 100' },
        look: { label: text('Look into it', '调查') },
      },
      machine: {
        initial: 'open',
        states: {
          open: { meta: { label: text('Open', '处理中') }, on: { settle: 'settled', look: {} } },
          settled: { type: 'final', meta: { label: text('Settled', '已结案') } },
        },
      },
    },
  },
}
