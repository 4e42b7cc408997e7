import type { modelFromDocuments } from '../../platform/definitions/index.ts'

const all = { create: true, read: 'all', update: 'all', delete: 'all' }

/** A library: books with a loan process, their copies as lines, and readers whose notes are hidden from most. */
export const declarations: Parameters<typeof modelFromDocuments>[0] = {
  object: {
    shelf: {
      name: 'shelf',
      label: { en: 'Shelf', 'zh-CN': '书架' },
      plural: { en: 'Shelves', 'zh-CN': '书架' },
      name_field: 'name',
      ownership: 'none',
      fields: { name: { type: 'text', required: true, unique: true } },
    },
    book: {
      name: 'book',
      label: { en: 'Book', 'zh-CN': '书' },
      plural: { en: 'Books', 'zh-CN': '书' },
      name_field: 'title',
      lifecycle: 'loan',
      fields: {
        title: { type: 'text', required: true, max_length: 100 },
        isbn: { type: 'text', unique: true },
        shelf: { type: 'reference', to: 'shelf' },
        price: { type: 'money' },
        pages: { type: 'integer', minimum: 1 },
        status: { type: 'state' },
        secret: { type: 'text' },
        copies: { type: 'lines', of: 'copy.book' },
        copy_count: { type: 'rollup', of: 'copy.book', function: 'count', returns: 'integer' },
        thick: { type: 'formula', returns: 'boolean', expression: 'record.pages > 500' },
      },
      validations: {
        priced: {
          invalid_when: 'record.pages > 100 && record.price == null',
          at: 'price',
          message: { en: 'A thick book needs a price.', 'zh-CN': '厚书需要定价。' },
        },
        hushed: { invalid_when: "record.secret == 'forbidden'", message: 'Not that.' },
      },
      search: ['title'],
    },
    copy: {
      name: 'copy',
      label: 'Copy',
      plural: 'Copies',
      name_field: 'code',
      ownership: 'none',
      parent: 'book',
      fields: {
        code: { type: 'text', required: true },
        book: { type: 'reference', to: 'book', on_delete: 'cascade', required: true },
      },
    },
    vault: {
      name: 'vault',
      label: 'Vault',
      plural: 'Vaults',
      name_field: 'name',
      fields: { name: { type: 'text' } },
    },
  },
  role: {
    librarian: {
      name: 'librarian',
      label: 'Librarian',
      features: { bulk: true, api_keys: true },
      objects: { book: all, copy: all, shelf: all, user: { read: 'all' }, team: { read: 'all' } },
    },
    reader: {
      name: 'reader',
      label: 'Reader',
      objects: {
        book: { create: true, read: 'own', update: 'own', fields: { secret: 'hidden' } },
        copy: {},
        user: { read: { where: 'record.id == user.id' } },
      },
    },
  },
  view: {
    books: {
      name: 'books',
      object: 'book',
      label: 'All books',
      type: 'list',
      columns: ['title', 'shelf.name', 'secret'],
      sort: [{ field: 'title' }],
    },
    secrets: {
      name: 'secrets',
      object: 'book',
      label: 'Secrets',
      type: 'list',
      columns: ['title'],
      filter: 'record.secret != null',
    },
    vaults: { name: 'vaults', object: 'vault', label: 'Vaults', type: 'list', columns: ['name'] },
  },
  page: {
    book: {
      name: 'book',
      object: 'book',
      facts: ['shelf', 'secret'],
      sections: { main: { label: 'Book', fields: ['title', 'pages', 'secret', 'copies'] } },
    },
    shelf: {
      name: 'shelf',
      object: 'shelf',
      sections: { main: { label: 'Shelf', fields: ['name'] } },
      related: { books: { label: 'Books', of: 'book.shelf', columns: ['title', 'secret'] } },
    },
  },
  app: {
    library: {
      name: 'library',
      label: 'Library',
      items: { books: { object: 'book', view: 'books' }, vaults: { object: 'vault', view: 'vaults' } },
    },
  },
  process: {
    loan: {
      name: 'loan',
      label: 'Loan',
      object: 'book',
      state_field: 'status',
      starts: 'on_create',
      events: {
        lend: {
          label: 'Lend',
          primary: true,
          form: {
            to: { type: 'text', required: true },
            pages: { type: 'integer', default_expression: 'record.pages' },
          },
        },
        bring_back: { label: 'Bring back' },
        ask: { label: 'Ask for repair' },
        burn: { label: 'Burn', destructive: true, allowed_roles: { librarian: true } },
      },
      machine: {
        initial: 'here',
        states: {
          here: { meta: { label: 'Here' }, on: { lend: 'lent', ask: 'asked', burn: 'burnt' } },
          lent: { meta: { label: 'Lent' }, on: { bring_back: 'here' } },
          asked: {
            meta: { label: 'Asked' },
            invoke: {
              src: 'approval',
              id: 'repair',
              input: {
                title: { en: 'Repair it?', 'zh-CN': '修补吗？' },
                candidate_role: 'librarian',
                form: { glue: { type: 'text', required: true } },
              },
              onDone: { target: 'here' },
            },
          },
          burnt: { meta: { label: 'Burnt' }, type: 'final' },
        },
      },
    },
  },
}
