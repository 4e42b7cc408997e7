import { beforeAll, describe, expect, it } from 'vitest'
import { bulkAnswer, history, recordPage, aggregate } from '../../platform/server/contract/records.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from './client.ts'
import { serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
let ada: Client
let rea: Client
let shelf: string

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
  rea = await server.signIn('Rea', ['reader'])
  shelf = (await ada.post('/api/records/shelf', { name: 'Fiction' })).body.id
})

const book = async (values: Record<string, unknown>, by = ada) => {
  const { status, body } = await by.post('/api/records/book', values)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body as { id: string; version: number } & Record<string, unknown>
}

describe('a record', () => {
  it('is created, read, changed, deleted and restored', async () => {
    const made = await ada.post('/api/records/book', {
      title: 'Middlemarch',
      shelf,
      copies: [{ code: 'M1' }],
    })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/api/records/book/${made.body.id}`)
    expect(made.body).toMatchObject({
      version: 1,
      title: 'Middlemarch',
      status: 'here',
      copies: [{ code: 'M1' }],
    })
    const path = `/api/records/book/${made.body.id}`
    expect((await ada.get(`${path}?expand=shelf`)).body.shelf).toEqual({ id: shelf, name: 'Fiction' })
    const changed = await ada.patch(path, { version: 1, pages: 90 })
    expect(changed).toMatchObject({ status: 200, body: { version: 2, pages: 90 } })
    expect((await ada.delete(path)).status).toBe(204)
    expect(await ada.get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await ada.get('/api/records/book?deleted=true')).body.rows).toHaveLength(1)
    expect(await ada.post(`${path}/restore`)).toMatchObject({ status: 200, body: { title: 'Middlemarch' } })
  })

  it('that somebody else changed is not overwritten: the answer says what changed and how it is now', async () => {
    const { id } = await book({ title: 'Emma' })
    await ada.patch(`/api/records/book/${id}`, { title: 'Emma, revised' })
    expect(await ada.patch(`/api/records/book/${id}`, { version: 1, pages: 3 })).toMatchObject({
      status: 409,
      body: { code: 'conflict', changed: ['title'], current: { title: 'Emma, revised', version: 2 } },
    })
  })

  it.each([
    ['a missing value', { pages: 3 }, [{ field: 'title', code: 'required' }]],
    [
      'a misspelt field',
      { title: 'x', isbm: '1' },
      [{ field: 'isbm', message: expect.stringContaining('isbn') }],
    ],
    ['a broken rule', { title: 'x', pages: 200 }, [{ field: 'price', code: 'priced' }]],
    ['a state', { title: 'x', status: 'lent' }, [{ field: 'status', code: 'state' }]],
    ['a wrong type', { title: 'x', pages: 'many' }, [{ field: 'pages' }]],
    ['a computed value', { title: 'x', thick: true }, [{ field: 'thick', code: 'read_only' }]],
    [
      'several faults',
      { pages: 0, shelf: 'nowhere' },
      expect.arrayContaining([
        expect.objectContaining({ field: 'pages' }),
        expect.objectContaining({ field: 'shelf' }),
      ]),
    ],
  ])('with %s is refused with the field named', async (_, values, faults) => {
    expect(await ada.post('/api/records/book', values)).toMatchObject({
      status: 422,
      body: { code: 'validation', faults },
    })
  })

  it('is only tried by validate', async () => {
    const { body } = await ada.post('/api/records/book/validate', { values: { pages: 3 } })
    expect(body.faults).toMatchObject([{ field: 'title', code: 'required' }])
    expect(
      (await ada.post('/api/records/book/validate', { values: { title: 'Never' } })).body.faults,
    ).toEqual([])
    expect((await ada.get('/api/records/book?search=never')).body.rows).toEqual([])
  })

  it('is created or changed by a key', async () => {
    const put = (title: string) => ada.put('/api/records/book/by/isbn', { isbn: '978-1', title })
    expect(await put('First')).toMatchObject({
      status: 201,
      body: { created: true, record: { title: 'First' } },
    })
    expect(await put('Second')).toMatchObject({
      status: 200,
      body: { created: false, record: { title: 'Second' } },
    })
    expect(await ada.put('/api/records/book/by/colour', {})).toMatchObject({ status: 400 })
  })

  it('tells its history', async () => {
    const { id } = await book({ title: 'Persuasion' })
    await ada.patch(`/api/records/book/${id}`, { pages: 20 })
    const { body } = await ada.get(`/api/records/book/${id}/history`)
    expect(history.parse(body).entries[0]).toMatchObject({
      action: 'update',
      by: { name: 'Ada' },
      changes: { pages: { from: null, to: 20 } },
    })
  })
})

describe('a list', () => {
  beforeAll(async () => {
    for (let number = 1; number <= 12; number++)
      await book({ title: `Volume ${String(number).padStart(2, '0')}`, pages: number, shelf })
  })

  it('is filtered, sorted, counted and read page by page', async () => {
    const query =
      'filter=record.pages > 2 %26%26 record.title.startsWith("Volume")&sort=-pages&limit=4&count=true'
    const first = (await ada.get(`/api/records/book?${query}&fields=title,shelf.name`)).body
    expect(recordPage.parse(first)).toMatchObject({
      count: { value: 10, capped: false },
      rows: [{ title: 'Volume 12', shelf: { name: 'Fiction' } }, {}, {}, {}],
    })
    const second = (await ada.get(`/api/records/book?${query}&after=${first.next}`)).body
    expect(second.rows.map((row: { title: string }) => row.title)).toEqual([
      'Volume 08',
      'Volume 07',
      'Volume 06',
      'Volume 05',
    ])
  })

  it('takes the same as a body', async () => {
    const { body } = await ada.post('/api/records/book/query', {
      filter: 'record.pages == 7',
      fields: ['title'],
      count: true,
    })
    expect(body).toMatchObject({ rows: [{ title: 'Volume 07' }], next: null, count: { value: 1 } })
  })

  it.each([
    ['limit=0', 400],
    ['limit=many', 400],
    ['limit=501', 400],
    ['limt=5', 400],
    ['count=maybe', 400],
    ['after=nonsense', 400],
    ['sort=colour', 422],
    ['fields=colour', 422],
    ['expand=title', 422],
    ['filter=record.', 422],
    ['filter=record.colour == 1', 422],
    ['filter=record.title == 1', 422],
    ['filter=record.pages > 99999999999999999999999999', 422],
    ['filter=record.title == "a%00b"', 422],
    ['search=%00', 200],
    ["search=';drop table book", 200],
  ])('with ?%s answers %i', async (query, status) => {
    const answer = await ada.get(`/api/records/book?${query}`)
    expect([answer.status, answer.body.detail]).toEqual([
      status,
      status === 200 ? undefined : expect.any(String),
    ])
  })

  it('is totalled and grouped', async () => {
    const { body } = await ada.post('/api/records/book/aggregate', {
      filter: 'record.title.startsWith("Volume")',
      group_by: ['shelf'],
      measures: { books: { function: 'count' }, pages: { function: 'sum', field: 'pages' } },
    })
    expect(aggregate.parse(body).groups).toMatchObject([{ values: { books: 12, pages: expect.anything() } }])
  })

  it('is searched across objects', async () => {
    const { body } = await ada.get('/api/search?q=volume 11')
    expect(body.hits).toMatchObject([{ object: 'book', title: 'Volume 11' }])
  })
})

describe('many writes', () => {
  const operations = [
    { op: 'create', values: { title: 'One' } },
    { op: 'create', values: { pages: 1 } },
  ]

  it('are done all or not at all', async () => {
    const { status, body } = await ada.post('/api/records/book/bulk', { mode: 'all_or_nothing', operations })
    expect(status).toBe(422)
    expect(body).toMatchObject({ operation: 1, faults: [{ field: 'title', path: 'operations/1' }] })
    expect((await ada.get('/api/records/book?filter=record.title == "One"')).body.rows).toEqual([])
  })

  it('are done each by itself, with a result for each', async () => {
    const { status, body } = await ada.post('/api/records/book/bulk', { mode: 'each', operations })
    expect(status).toBe(200)
    expect(bulkAnswer.parse(body).results).toMatchObject([
      { ok: true, id: expect.any(String) },
      { ok: false, problem: { code: 'validation', status: 422 } },
    ])
  })

  it('need the feature', async () => {
    expect((await rea.post('/api/records/book/bulk', { mode: 'each', operations })).status).toBe(403)
  })
})

describe('a person with fewer rights', () => {
  it('sees the own records and no hidden field, in any answer', async () => {
    const foreign = await book({ title: 'Of Ada', secret: 'hush' })
    const own = await book({ title: 'Of Rea' }, rea)
    expect(own).not.toHaveProperty('secret')
    expect((await rea.get(`/api/records/book/${foreign.id}`)).status).toBe(404)
    expect((await rea.patch(`/api/records/book/${foreign.id}`, { title: 'x' })).status).toBe(404)
    expect((await rea.get('/api/records/book')).body.rows).toMatchObject([{ id: own.id }])
    await ada.patch(`/api/records/book/${own.id}`, { secret: 'whisper' })
    const answers = [
      await rea.get(`/api/records/book/${own.id}`),
      await rea.get('/api/records/book'),
      await rea.get(`/api/records/book/${own.id}/history`),
      await rea.patch(`/api/records/book/${own.id}`, { pages: 5 }),
      await rea.patch(`/api/records/book/${own.id}`, { version: 1, pages: 6 }),
    ]
    for (const { body } of answers) expect(JSON.stringify(body)).not.toMatch(/secret|whisper/)
    expect((await rea.get('/api/records/book?filter=record.secret != null')).status).toBe(422)
    expect((await rea.get('/api/records/vault')).status).toBe(404)
  })
})
