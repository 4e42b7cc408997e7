import { beforeAll, describe, expect, it } from 'vitest'
import { createRecord } from '../../platform/records/index.ts'
import { recordPage } from '../../platform/server/contract/records.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from './client.ts'
import { mayDeclarations } from './may.declarations.ts'
import { serveLibrary } from './serve-library.ts'

const server = await serveLibrary(await freshDatabase(), { documents: mayDeclarations, name: 'tasks' })
const { tenant } = server

/** Ann and Ben are of one team, Cid is of none; everybody sees every ticket, and who has none of the roles no ticket. */
let ann: Client
let ben: Client
let cid: Client
let checker: Client
let ticket: string

beforeAll(async () => {
  const root = await tenant.person('Root', { roles: ['administrator'] })
  const team = await tenant.write(root, (unit) =>
    createRecord(unit, { object: 'team', values: { name: 'T' } }),
  )
  await tenant.person('Ann', { roles: ['own'], team: String(team.id) })
  await tenant.person('Ben', { roles: ['team'], team: String(team.id) })
  ann = await server.signIn('Ann', ['own'])
  ben = await server.signIn('Ben', ['team'])
  cid = await server.signIn('Cid', ['team'])
  checker = await server.signIn('Che', ['checker'])
  ticket = `/api/records/ticket/${(await ann.post('/api/records/ticket', { title: 'T' })).body.id}`
})

async function eventsOf(who: Client): Promise<readonly string[]> {
  const { status, body } = await who.get(`${ticket}/process`)
  expect(status).toBe(200)
  return (body.events as { name: string; possible: boolean }[]).flatMap(({ name, possible }) =>
    possible ? [name] : [],
  )
}

describe('the steps of a record', () => {
  it('are offered to whoever may change this record', async () => {
    expect(await eventsOf(ann)).toEqual(['close', 'ask', 'watch'])
    expect(await eventsOf(ben)).toEqual(['close', 'ask', 'watch'])
  })

  it('are left out where this record is another’s, unless reading is enough for them', async () => {
    expect(await eventsOf(cid)).toEqual(['watch'])
    expect((await cid.post(`${ticket}/events/close`, {})).status).toBe(403)
    expect((await cid.post(`${ticket}/events/watch`, {})).status).toBe(200)
  })

  it('are left out of a part, too', async () => {
    await ann.post(`${ticket}/events/ask`, {})
    expect(await eventsOf(ben)).toEqual(['close', 'watch', 'answer'])
    expect(await eventsOf(cid)).toEqual(['watch'])
    expect((await cid.post(`${ticket}/events/answer`, {})).status).toBe(403)
    expect((await ann.post(`${ticket}/events/answer`, {})).status).toBe(200)
  })

  it('follow a condition on the record', async () => {
    expect(await eventsOf(checker)).toEqual(['watch'])
    await ann.patch(ticket, { urgent: true })
    expect(await eventsOf(checker)).toEqual(['close', 'ask', 'watch', 'peek'])
    await ann.patch(ticket, { urgent: false })
  })

  it('that are named when another one is refused are those that the person may take', async () => {
    const { status, body } = await cid.post(`${ticket}/events/peek`, {})
    expect([status, body.reason, body.possible]).toEqual([409, 'condition', ['watch']])
    expect((await ann.post(`${ticket}/events/peek`, {})).body.possible).toEqual(['close', 'ask', 'watch'])
  })
})

describe('a record', () => {
  const rightsOf = (body: Record<string, unknown>) => [body['may:update'], body['may:delete']]

  it('tells who asks whether he may change and delete it', async () => {
    const asked = async (who: Client) => rightsOf((await who.get(`${ticket}?may=update,delete`)).body)
    expect(await asked(ann)).toEqual([true, true])
    expect(await asked(ben)).toEqual([true, false])
    expect(await asked(cid)).toEqual([false, false])
    expect(Object.keys((await ann.get(ticket)).body)).not.toContain('may:update')
    expect(Object.keys((await ann.get(`${ticket}?may=update`)).body)).not.toContain('may:delete')
  })

  it('tells it in lists, each for itself', async () => {
    const own = await cid.post('/api/records/ticket', { title: 'Cid’s' })
    const query = { fields: ['title'], may: ['update'], sort: ['title'] }
    const { body } = await cid.post('/api/records/ticket/query', query)
    expect(recordPage.parse(body).rows.map((row) => [row.title, row['may:update']])).toEqual([
      ['Cid’s', true],
      ['T', false],
    ])
    const { body: listed } = await cid.get('/api/records/ticket?fields=title&may=delete&sort=title')
    expect(listed.rows.map((row: Record<string, unknown>) => row['may:delete'])).toEqual([false, false])
    await ann.delete(`/api/records/ticket/${own.body.id}`)
  })

  it('tells it with the answer to a change, as it is after it', async () => {
    const { body } = await ann.post('/api/records/ticket', { title: 'Handed on' })
    const path = `/api/records/ticket/${body.id}`
    const me = (await ben.get('/api/session')).body.user.id
    expect(rightsOf((await ann.patch(`${path}?may=update`, { title: 'Mine' })).body)).toEqual([
      true,
      undefined,
    ])
    const handed = await (await server.signIn('Root', ['administrator'])).patch(path, { owner: me })
    expect(handed.status).toBe(200)
    expect(rightsOf((await ann.get(`${path}?may=update,delete`)).body)).toEqual([false, false])
    expect(rightsOf((await ben.get(`${path}?may=update,delete`)).body)).toEqual([true, false])
  })

  it('is not asked for what it cannot tell', async () => {
    expect((await ann.get(`${ticket}?may=read`)).status).toBe(400)
    expect((await ann.post('/api/records/ticket/query', { may: ['create'] })).status).toBe(400)
  })

  it('of lines is asked by the record that they belong to', async () => {
    await ann.patch(ticket, { notes: [{ text: 'n' }] })
    const seen = async (who: Client) =>
      (await who.post('/api/records/note/query', { fields: ['text'], may: ['update', 'delete'] })).body.rows
    expect(await seen(ann)).toEqual([
      expect.objectContaining({ text: 'n', 'may:update': true, 'may:delete': true }),
    ])
    expect(await seen(cid)).toEqual([
      expect.objectContaining({ text: 'n', 'may:update': false, 'may:delete': false }),
    ])
  })
})
