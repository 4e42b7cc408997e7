import { beforeAll, describe, expect, it } from 'vitest'
import { eventAnswer, processView, workItems } from '../../platform/server/contract/processes.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from './client.ts'
import { serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
let ada: Client
let ben: Client
let rea: Client

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
  ben = await server.signIn('Ben', ['librarian'])
  rea = await server.signIn('Rea', ['reader'])
})

const newBook = async (by: Client) => {
  const { body } = await by.post('/api/records/book', { title: 'Orlando' })
  return `/api/records/book/${body.id}`
}

describe('a record in a process', () => {
  it('shows where it is and the events that are possible now, with their forms', async () => {
    const path = await newBook(ada)
    const { status, body } = await ada.get(`${path}/process`)
    expect(status).toBe(200)
    expect(processView.parse(body)).toEqual(body)
    expect(body).toMatchObject({ process: 'loan', states: ['here'], ended: false })
    expect(body.events.map((event: { name: string }) => event.name)).toEqual(['lend', 'ask', 'burn'])
    expect(body.events[0]).toMatchObject({
      primary: true,
      possible: true,
      form: {
        to: { type: 'text', required: true, writable: true },
        pages: { default_expression: 'record.pages' },
      },
    })
  })

  it('moves by an event and answers with the new place', async () => {
    const path = await newBook(ada)
    const { status, body } = await ada.post(`${path}/events/lend?expand=process`, {
      version: 1,
      values: { to: 'Vita' },
    })
    expect(status).toBe(200)
    expect(eventAnswer.parse(body)).toEqual(body)
    expect(body).toMatchObject({ record: { status: 'lent' }, process: { states: ['lent'] }, created: [] })
  })

  it('answers without the place to those who do not ask for it', async () => {
    const path = await newBook(ada)
    const { body } = await ada.post(`${path}/events/lend`, { values: { to: 'Vita' } })
    expect(Object.keys(body)).toEqual(['record', 'created'])
    expect((await ada.post(`${path}/events/lend?expand=proces`)).status).toBe(400)
  })

  it('refuses an event that is not possible, and names those that are', async () => {
    const path = await newBook(ada)
    const { status, body } = await ada.post(`${path}/events/bring_back`)
    expect([status, body.code]).toEqual([409, 'event_refused'])
    expect(body.possible).toEqual(['lend', 'ask', 'burn'])
  })

  it.each([
    ['a missing value of the form', 'lend', {}, 422, 'to'],
    ['an unknown event', 'sell', {}, 422, 'event'],
  ])('refuses %s', async (_, event, values, status, field) => {
    const path = await newBook(ada)
    expect(await ada.post(`${path}/events/${event}`, { values })).toMatchObject({
      status,
      body: { faults: [{ field }] },
    })
  })

  it('refuses an event of another role, and a sender who has seen an older version', async () => {
    const path = await newBook(rea)
    expect((await rea.post(`${path}/events/burn`)).status).toBe(409)
    await rea.patch(path, { pages: 3 })
    expect((await rea.post(`${path}/events/lend`, { version: 1, values: { to: 'x' } })).status).toBe(409)
  })
})

describe('work', () => {
  it('waits for the holders of a role, is taken by one, done with its form, and moves the record', async () => {
    const path = await newBook(rea)
    await rea.post(`${path}/events/ask`)
    const { body } = await ada.get('/api/work-items?status=open&mine=true')
    expect(workItems.parse(body)).toEqual(body)
    const [item] = body.items
    expect(item).toMatchObject({
      kind: 'approval',
      title: { en: 'Repair it?' },
      object: 'book',
      record: { title: 'Orlando' },
      status: 'open',
      can: ['claim', 'approve', 'reject', 'attach', 'comment'],
      form: { glue: { required: true } },
    })
    expect((await ben.get('/api/work-items/count')).body).toEqual({ open: 1 })
    expect((await rea.get('/api/work-items')).body.items).toEqual([])
    const work = `/api/work-items/${item.id}`
    expect(await ada.post(`${work}/claim`)).toMatchObject({ status: 200, body: { status: 'claimed' } })
    expect((await ben.post(`${work}/claim`)).status).toBe(409)
    expect((await ada.post(`${work}/release`)).status).toBe(200)
    expect(await ben.post(`${work}/complete`, { outcome: 'approved' })).toMatchObject({
      status: 422,
      body: { faults: [{ field: 'glue' }] },
    })
    const done = await ben.post(`${work}/complete`, { outcome: 'approved', values: { glue: 'wheat' } })
    expect(done).toMatchObject({ status: 200, body: { status: 'done', outcome: 'approved' } })
    expect((await rea.get(path)).body.status).toBe('here')
    expect((await rea.post(`${work}/claim`)).status).toBe(404)
  })

  it('has an inbox of notifications', async () => {
    expect((await ada.get('/api/notifications')).body).toEqual({ items: [], unread: 0 })
    expect((await ada.post('/api/notifications/read', { ids: [] })).status).toBe(204)
    expect((await ada.post('/api/notifications/read', { ids: ['x'] })).status).toBe(400)
  })
})
