import { beforeAll, describe, expect, it } from 'vitest'
import { meta, type ObjectMeta } from './meta-contract.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from './client.ts'
import { serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
let ada: Client
let rea: Client

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
  rea = await server.signIn('Rea', ['reader'])
})

const objectsOf = (body: { objects: Record<string, ObjectMeta> }) => Object.keys(body.objects).sort()

describe('the declarations that a person sees', () => {
  it('are as the contract says and hold what the rights allow', async () => {
    const { body } = await ada.get('/api/meta')
    const seen = meta.parse(body)
    expect(seen).toEqual(body)
    expect(objectsOf(body)).toEqual(['book', 'copy', 'shelf', 'team', 'user'])
    expect(seen.objects.book).toMatchObject({
      name_field: 'title',
      lifecycle: { process: 'loan', state_field: 'status' },
      rights: { create: true, read: true, update: true, delete: true },
      keys: [{ name: 'isbn', fields: ['isbn'] }],
    })
    expect(seen.objects.book?.fields).toMatchObject({
      title: { required: true, writable: true, options: { max_length: 100 } },
      status: { type: 'state', writable: false, choices: [{ value: 'here' }, {}, {}, {}] },
      thick: { computed: 'formula', expression: 'record.pages > 500', returns: 'boolean', writable: false },
      copies: { lines: { object: 'copy', through: 'book' } },
      shelf: { reference: { to: 'shelf' } },
      owner: { type: 'user', writable: true },
      created_at: { writable: false, system: true },
    })
    expect(seen.views.map(({ name }) => name)).toEqual(['books', 'secrets'])
    expect(seen.apps).toMatchObject([{ name: 'library', items: [{ name: 'books', view: 'books' }] }])
    expect(seen.processes.loan?.events.map(({ name }) => name)).toContain('burn')
  })

  it('say nothing of what is hidden: no object, field, column, rule, view or event', async () => {
    const { body } = await rea.get('/api/meta')
    expect(objectsOf(body)).toEqual(['book', 'copy', 'user'])
    expect(JSON.stringify(body)).not.toMatch(/secret|vault|hushed|"burn"/i)
    expect(body.views).toMatchObject([{ name: 'books', columns: ['title'] }])
    expect(body.objects.book.rights).toEqual({ create: true, read: true, update: true, delete: false })
    expect(body.pages.book.facts).toEqual([])
  })

  it('are sent again only when they have changed', async () => {
    const first = await ada.get('/api/meta')
    const etag = first.headers.get('etag') as string
    const again = await ada.send('GET', '/api/meta', { headers: { 'if-none-match': etag } })
    expect([again.status, again.body]).toEqual([304, ''])
    const other = await rea.send('GET', '/api/meta', { headers: { 'if-none-match': etag } })
    expect(other.status).toBe(200)
  })
})
