const name = { type: 'text', required: true, personal: 'identity' }
const all = { create: true, read: 'all', update: 'all', delete: 'all' }

/** Guests, what is about them, and what only names them. */
export const hotel = {
  object: {
    guest: {
      name: 'guest',
      label: 'Guest',
      plural: 'Guests',
      name_field: 'name',
      person: true,
      lifecycle: 'welcome',
      retention: { after: 'P2Y', since: 'record.left_on', when: "record.kind != 'regular'", then: 'erase' },
      search: ['name', 'email'],
      fields: {
        name,
        email: { type: 'email', unique: true, personal: 'contact' },
        address: { type: 'address', personal: 'location' },
        born_on: { type: 'date', personal: true },
        kind: { type: 'text' },
        left_on: { type: 'date' },
        status: { type: 'state' },
        wishes: { type: 'lines', of: 'wish.guest' },
      },
      validations: { reachable: { invalid_when: 'record.email == null', message: 'How to reach them?' } },
    },
    wish: {
      name: 'wish',
      label: 'Wish',
      plural: 'Wishes',
      name_field: 'text',
      parent: 'guest',
      fields: {
        guest: { type: 'reference', to: 'guest' },
        text: { type: 'text', required: true, personal: 'sensitive' },
      },
    },
    stay: {
      name: 'stay',
      label: 'Stay',
      plural: 'Stays',
      name_field: 'title',
      erasure: { keep_when: 'record.is_paid == true', keep_because: { en: 'Tax law', 'zh-CN': '税法' } },
      fields: {
        title: { type: 'text', required: true, personal: 'identity' },
        guest: { type: 'reference', to: 'guest', personal: true },
        is_paid: { type: 'boolean' },
      },
    },
    visit: {
      name: 'visit',
      label: 'Visit',
      plural: 'Visits',
      name_field: 'what',
      retention: { after: 'P1M', since: 'record.created_at', then: 'delete' },
      fields: { what: { type: 'text' }, guest: { type: 'reference', to: 'guest' } },
    },
  },
  role: {
    clerk: { name: 'clerk', label: 'Clerk', objects: { '*': all } },
    officer: {
      name: 'officer',
      label: 'Officer',
      features: { erase: true, audit: true },
      objects: { '*': all },
    },
  },
  process: {
    welcome: {
      name: 'welcome',
      label: 'Welcome',
      object: 'guest',
      state_field: 'status',
      starts: 'on_create',
      events: { greet: { label: 'Greet', form: { words: { type: 'text' } } } },
      machine: {
        initial: 'new',
        states: {
          new: {
            on: {
              greet: {
                target: 'greeted',
                actions: [
                  { type: 'note', params: { text: "'Said ' + event.words" } },
                  {
                    type: 'email',
                    params: { to: 'record.email', subject: "'Dear ' + record.name", text: 'event.words' },
                  },
                ],
              },
            },
          },
          greeted: { on: { greet: 'new' } },
        },
      },
    },
  },
}
