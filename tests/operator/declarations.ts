import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const when = (expression: string) => ({ type: 'when', params: { expression } })

/** Parcels: packed in two regions at once, sent, received; imported ones can stand where nothing leads on by itself. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  choice_set: {
    state_tag: {
      name: 'state_tag',
      choices: {
        at_desk: { label: { en: 'At the desk', 'zh-CN': '待办公室处理' }, colour: 'amber' },
        in_house: { label: { en: 'In the house', 'zh-CN': '在库' } },
        on_the_way: {},
      },
    },
  },
  object: {
    parcel: {
      name: 'parcel',
      label: { en: 'Parcel', 'zh-CN': '包裹' },
      plural: { en: 'Parcels', 'zh-CN': '包裹' },
      name_field: 'title',
      lifecycle: 'shipping',
      fields: {
        title: { type: 'text', required: true },
        state: { type: 'state' },
        weight: { type: 'integer' },
        paid: { type: 'boolean' },
        code: { type: 'text', read_only: true },
        trips: { type: 'integer', read_only: true },
        shipper: { type: 'user', read_only: true },
      },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      objects: {
        parcel: { create: true, read: 'all', update: 'all', fields: { code: 'hidden' } },
        user: { read: 'all' },
      },
    },
    operator: {
      name: 'operator',
      label: 'Operator',
      features: { operate: true },
      objects: { parcel: { read: { where: "record.title != 'Private'" } }, user: { read: 'all' } },
    },
    robot: { name: 'robot', label: 'Robot', objects: { parcel: { read: 'all', update: 'all' } } },
  },
  process: {
    shipping: {
      name: 'shipping',
      label: { en: 'Shipping', 'zh-CN': '发货' },
      object: 'parcel',
      state_field: 'state',
      starts: 'on_create',
      run_as: 'robot',
      context: { pin: '' },
      events: {
        pack: {
          label: { en: 'Pack', 'zh-CN': '打包' },
          form: { pin: { type: 'text' }, remark: { type: 'text' } },
        },
        sign: { label: 'Sign' },
        receive: { label: 'Receive' },
      },
      entries: {
        import: { states: ['checking', 'sent', 'arrived'], allowed_roles: { administrator: true } },
      },
      machine: {
        initial: 'draft',
        states: {
          draft: {
            meta: { label: 'Draft' },
            on: {
              pack: [
                {
                  guard: when('record.weight > 10'),
                  target: 'preparing',
                  actions: [
                    { type: 'assign', params: { values: { pin: 'event.pin' } } },
                    { type: 'set', params: { values: { code: 'context.pin' } } },
                  ],
                },
                { guard: when("record.code == 'x'"), target: 'checking' },
                { target: 'sent' },
              ],
            },
          },
          preparing: {
            type: 'parallel',
            tags: { in_house: true },
            meta: { label: 'Preparing' },
            states: {
              papers: {
                meta: { label: 'Papers' },
                initial: 'writing',
                states: {
                  writing: {
                    tags: { at_desk: true, on_the_way: false },
                    meta: { label: 'Writing' },
                    on: { sign: 'signed' },
                    after: { P2D: 'signed' },
                    exit: [{ type: 'note', params: { text: "'Papers left the desk'" } }],
                  },
                  signed: { type: 'final', meta: { label: 'Signed' } },
                },
              },
              goods: {
                meta: { label: 'Goods' },
                initial: 'picking',
                states: {
                  picking: {
                    meta: { label: 'Picking' },
                    invoke: {
                      id: 'pick',
                      src: 'task',
                      input: {
                        title: { en: 'Pick the goods', 'zh-CN': '拣货' },
                        candidate_role: 'clerk',
                        due: 'P1D',
                        form: { shelf: { type: 'text', required: true } },
                      },
                      onDone: 'picked',
                    },
                  },
                  picked: { type: 'final', meta: { label: 'Picked' } },
                },
              },
            },
            onDone: 'sent',
          },
          checking: {
            tags: { at_desk: true },
            meta: { label: 'Checking' },
            invoke: {
              id: 'check',
              src: 'approval',
              input: { title: 'Check the parcel', candidate_role: 'clerk' },
              onDone: [
                { guard: when("event.output.outcome == 'approved'"), target: 'sent' },
                { target: 'draft' },
              ],
            },
          },
          sent: {
            tags: { on_the_way: true },
            meta: { label: 'Sent', colour: 'blue' },
            entry: [
              { type: 'set', params: { values: { trips: 'record.trips == null ? 1 : record.trips + 1' } } },
            ],
            after: { P3D: { target: 'arrived', guard: when("record.title != 'Lost'") } },
            on: { receive: 'closed' },
          },
          arrived: {
            meta: { label: 'Arrived' },
            locks: { all: true },
            on: { receive: { guard: when('record.paid'), target: 'closed' } },
          },
          closed: { type: 'final', meta: { label: 'Closed' } },
        },
      },
    },
  },
}
