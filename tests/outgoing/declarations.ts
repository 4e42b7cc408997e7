const request = (params: object) => ({ type: 'request', params })
const mail = (params: object) => ({
  type: 'email',
  params: { subject: "'Order ' + record.number", text: "'Thank you.'", ...params },
})

/** Orders whose process tells other systems of what happens. */
export const declarations = (url: string) => ({
  connection: {
    erp: {
      name: 'erp',
      label: 'ERP',
      base_url: url,
      methods: ['GET', 'POST'],
      headers: { Authorization: { secret: 'erp_token', prefix: 'Bearer ' } },
      private_addresses: true,
      retry: { attempts: 3, first: 'PT2S', longest: 'PT1M' },
    },
    outside: { name: 'outside', label: 'Outside', base_url: 'https://localhost/', methods: ['GET'] },
  },
  object: {
    order: {
      name: 'order',
      label: 'Order',
      plural: 'Orders',
      name_field: 'number',
      lifecycle: 'ordering',
      fields: {
        number: { type: 'text' },
        code: { type: 'text' },
        amount: { type: 'decimal', scale: 2, default: '12.50' },
        contact: { type: 'email' },
        status: { type: 'state' },
      },
    },
  },
  process: {
    ordering: {
      name: 'ordering',
      label: 'Ordering',
      object: 'order',
      state_field: 'status',
      starts: 'on_create',
      events: {
        place: { label: 'Place' },
        count: { label: 'Count' },
        leak: { label: 'Leak' },
        mail: { label: 'Mail' },
        mail_code: { label: 'Mail' },
        close: { label: 'Close' },
      },
      machine: {
        initial: 'open',
        states: {
          open: {
            on: {
              place: {
                actions: [
                  request({
                    connection: 'erp',
                    method: 'POST',
                    path: 'orders/{number}',
                    path_values: { number: 'record.number' },
                    query: { note: "'a b'", empty: 'record.code' },
                    body: {
                      number: 'record.number',
                      amount: 'record.amount',
                      owner: 'record.owner',
                      tags: "{'a': true}",
                    },
                  }),
                ],
              },
              count: {
                actions: [
                  request({ connection: 'erp', method: 'POST', path: 'counts', body: {}, ordered: true }),
                ],
              },
              leak: { actions: [request({ connection: 'outside', method: 'GET', path: 'secrets' })] },
              mail: { actions: [mail({ to: 'record.owner', cc: 'record.contact' })] },
              mail_code: { actions: [mail({ to: 'record.code' })] },
              close: 'closed',
            },
          },
          closed: { type: 'final' },
        },
      },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      objects: { order: { create: true, read: 'all', update: 'all' } },
    },
  },
})
