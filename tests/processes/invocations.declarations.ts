const when = (expression: string) => ({ type: 'when', params: { expression } })
const set = (values: Readonly<Record<string, string>>) => ({ type: 'set', params: { values } })
const stuck = { target: 'stuck', actions: [set({ remark: 'event.error.code' })] }

/** An order that is checked by a part, paid, shipped by a process of its shipment, and scored by a plugin. */
export const declarations = (erp = 'https://erp.example.com/') => ({
  connection: {
    erp: {
      name: 'erp',
      label: 'ERP',
      base_url: erp,
      methods: ['POST'],
      private_addresses: true,
      retry: { attempts: 2, first: 'PT1S', longest: 'PT1S' },
    },
  },
  object: {
    order: {
      name: 'order',
      label: 'Order',
      plural: 'Orders',
      name_field: 'title',
      lifecycle: 'fulfilment',
      fields: {
        title: { type: 'text' },
        total: { type: 'decimal' },
        remark: { type: 'text' },
        score: { type: 'decimal' },
        shipment: { type: 'reference', to: 'shipment', on_delete: 'clear' },
        paid: { type: 'rollup', of: 'payment.order', function: 'sum', field: 'amount', returns: 'decimal' },
        stage: { type: 'state' },
      },
      validations: {
        named: { invalid_when: "record.title == 'no' && record.remark != null", message: 'No.' },
      },
    },
    payment: {
      name: 'payment',
      label: 'Payment',
      plural: 'Payments',
      name_field: 'note',
      fields: {
        note: { type: 'text' },
        order: { type: 'reference', to: 'order' },
        amount: { type: 'decimal' },
      },
    },
    shipment: {
      name: 'shipment',
      label: 'Shipment',
      plural: 'Shipments',
      name_field: 'carrier',
      lifecycle: 'shipping',
      fields: { carrier: { type: 'text' }, stage: { type: 'state' } },
    },
  },
  role: {
    clerk: {
      name: 'clerk',
      label: 'Clerk',
      objects: { '*': { create: true, read: 'all', update: 'all', delete: 'all' } },
    },
  },
  process: {
    fulfilment: {
      name: 'fulfilment',
      label: 'Fulfilment',
      object: 'order',
      state_field: 'stage',
      starts: 'on_create',
      run_as: 'clerk',
      events: { check: {}, call_off: {}, watch: {}, book: {} },
      machine: {
        initial: 'open',
        states: {
          open: { meta: { label: 'Open' }, on: { check: 'checking', watch: 'watching', book: 'booking' } },
          booking: {
            meta: { label: 'Booking' },
            on: { call_off: 'open' },
            invoke: {
              id: 'booked',
              src: 'request',
              input: {
                connection: 'erp',
                method: 'POST',
                path: 'orders/{title}',
                path_values: { title: 'record.title' },
                body: { total: 'record.total' },
              },
              onDone: {
                target: 'scored',
                actions: [set({ remark: 'string(event.output.body.number)', score: 'event.output.status' })],
              },
              onError: stuck,
            },
          },
          checking: {
            meta: { label: 'Checking' },
            on: { call_off: 'open' },
            invoke: {
              id: 'credit',
              src: 'process',
              input: { process: 'check', context: { name: 'record.title' } },
              onDone: [
                {
                  guard: when("event.output.verdict == 'good'"),
                  target: 'paying',
                  actions: [set({ remark: 'event.output.remark' })],
                },
                { target: 'refused', actions: [set({ remark: 'event.output.remark' })] },
              ],
              onError: stuck,
            },
          },
          paying: {
            meta: { label: 'Paying' },
            on: { call_off: 'open' },
            invoke: {
              id: 'paid',
              src: 'wait_for',
              input: { until: 'record.paid >= record.total' },
              onDone: 'shipping',
              onError: stuck,
            },
          },
          watching: {
            meta: { label: 'Watching' },
            invoke: {
              id: 'carried',
              src: 'wait_for',
              input: { target: 'record.shipment', until: "record.carrier == 'Ship'" },
              onDone: 'shipping',
              onError: stuck,
            },
          },
          shipping: {
            meta: { label: 'Shipping' },
            invoke: {
              id: 'shipped',
              src: 'process',
              input: { process: 'shipping', target: 'record.shipment' },
              onDone: {
                target: 'scoring',
                actions: [set({ remark: "'by ' + string(event.output.carrier)" })],
              },
              onError: stuck,
            },
          },
          scoring: {
            meta: { label: 'Scoring' },
            invoke: {
              id: 'scored',
              src: 'call',
              input: { action: 'credit.score', values: { total: 'record.total' } },
              onDone: { target: 'scored', actions: [set({ score: 'event.output.score' })] },
              onError: stuck,
            },
          },
          refused: { type: 'final', meta: { label: 'Refused' } },
          stuck: { type: 'final', meta: { label: 'Stuck' } },
          scored: { type: 'final', meta: { label: 'Scored' } },
        },
      },
    },
    check: {
      name: 'check',
      label: 'Check',
      object: 'order',
      run_as: 'clerk',
      context: { name: '' },
      events: { rate: { form: { stars: { type: 'integer', minimum: 1, maximum: 5 } } } },
      machine: {
        initial: 'looking',
        states: {
          looking: {
            meta: { label: 'Looking' },
            entry: [set({ remark: "'looking'" })],
            on: {
              rate: [{ guard: when('event.stars >= 3'), target: 'good' }, { target: 'bad' }],
            },
            after: { P2D: 'overdue' },
          },
          good: {
            type: 'final',
            meta: { label: 'Good' },
            output: {
              verdict: "'good'",
              remark: "'rated ' + string(event.stars) + ', for ' + context.name",
            },
          },
          bad: { type: 'final', meta: { label: 'Bad' }, output: { verdict: "'bad'" } },
          overdue: { type: 'final', meta: { label: 'Overdue' } },
        },
      },
    },
    shipping: {
      name: 'shipping',
      label: 'Shipping',
      object: 'shipment',
      state_field: 'stage',
      starts: 'on_create',
      events: { deliver: {} },
      machine: {
        initial: 'packed',
        states: {
          packed: { meta: { label: 'Packed' }, on: { deliver: 'delivered' } },
          delivered: { type: 'final', meta: { label: 'Delivered' }, output: { carrier: 'record.carrier' } },
        },
      },
    },
  },
})
