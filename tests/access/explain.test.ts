import { beforeAll, describe, expect, it } from 'vitest'
import type { Explanation } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { mayDeclarations } from '../server/may.declarations.ts'
import { levelDeclarations } from './levels.declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: levelDeclarations, name: 'explained' })
let root: Client
let low: Client
let cora: Client
let deal: string
let large: string
const idOf = async (client: Client) => (await client.get('/api/session')).body.user.id as string

async function explain(client: Client, request: object): Promise<Explanation> {
  const { status, body } = await client.post('/api/access/explain', { object: 'deal', ...request })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Explanation
}

/** What decided, as `level: pointer says`. */
function said({ levels }: Explanation, level: string): string[] {
  return levels
    .filter((each) => each.level === level)
    .flatMap(({ grounds }) => grounds)
    .map(({ allows, declared, share, kind }) => {
      const what = declared ? `${declared.pointer}: ${declared.says ?? 'nothing'}` : (share?.reason ?? kind)
      return `${allows ? '+' : '-'} ${what}`
    })
}

beforeAll(async () => {
  root = await server.signIn('Root', ['administrator'])
  low = await server.signIn('Low', ['seller'])
  cora = await server.signIn('Cora', ['controller'])
  const made = async (client: Client, values: object) =>
    (await client.post('/api/records/deal', values)).body.id as string
  deal = await made(low, { title: 'of Low', iban: 'DE44500105175407324931', size: 3 })
  large = await made(root, { title: 'large', size: 900 })
})

describe('an explanation', () => {
  it('names the level and the declaration that let through', async () => {
    const explanation = await explain(low, { record: deal, action: 'update', field: 'iban' })
    expect(explanation).toMatchObject({ allows: true, roles: ['seller'] })
    expect(said(explanation, 'object')).toEqual(['+ roles/seller/objects/deal/update: own'])
    expect(said(explanation, 'record')).toEqual([
      '+ roles/seller/objects/deal/read: own',
      '- share',
      '+ roles/seller/objects/deal/update: own',
      '- share',
    ])
    expect(said(explanation, 'field')).toEqual(['+ roles/seller/objects/deal/fields/*: write'])
  })

  it('names the level that denies: object, record, field', async () => {
    const blind = await server.signIn('Blind', ['blind'])
    expect(await explain(blind, {})).toMatchObject({ allows: false, decided_by: 'object' })
    expect(await explain(low, { record: large })).toMatchObject({ allows: false, decided_by: 'record' })
    const masked = await explain(cora, { record: large, field: 'iban' })
    expect(masked).toMatchObject({ allows: false, decided_by: 'field' })
    expect(said(masked, 'field')).toEqual([
      '- roles/controller/objects/deal/fields/iban: mask first 0, last 4',
    ])
    expect(await explain(low, { object: 'user', action: 'update' })).toMatchObject({ decided_by: 'object' })
  })

  it('names the rule and the share, with its reason', async () => {
    expect(said(await explain(cora, { record: large }), 'record')).toEqual([
      '- roles/controller/objects/deal/read: own',
      '+ objects/deal/sharing/rules/large: record.size > 100',
      '- objects/deal/sharing/rules/stuck: record.is_stuck',
      '- share',
    ])
    const withCora = {
      with: { kind: 'user', id: await idOf(cora) },
      reason: 'covers for Low',
      access: 'update',
    }
    expect((await low.post(`/api/records/deal/${deal}/shares`, withCora)).status).toBe(201)
    const shared = await explain(cora, { record: deal, action: 'update' })
    expect(shared.allows).toBe(true)
    expect(said(shared, 'record')).toContain('+ covers for Low')
  })

  it('agrees with what happens, for every person, record and action', async () => {
    for (const client of [root, low, cora])
      for (const record of [deal, large])
        for (const action of ['read', 'update', 'delete'] as const) {
          const { allows } = await explain(client, { record, action })
          const path = `/api/records/deal/${record}`
          const may = await client.get(`${path}?may=update,delete`)
          const done = action === 'read' ? may.status === 200 : may.body[`may:${action}`] === true
          expect([action, allows]).toEqual([action, done])
        }
  })

  it('comes in short with a refusal', async () => {
    const { status, body } = await cora.patch(`/api/records/deal/${large}`, { title: 'x' })
    expect([status, body.level, body.action]).toEqual([403, 'record', 'update'])
    expect(body.declarations).toEqual([
      { pointer: 'roles/controller/objects/deal/update', files: [], says: 'own' },
    ])
  })

  it('of a record that is not there and of one that may not be seen is the same', async () => {
    const nowhere = '00000000-0000-7000-8000-000000000000'
    expect(await explain(low, { record: large, action: 'update' })).toEqual(
      await explain(low, { record: nowhere, action: 'update' }),
    )
  })

  it('of somebody else is for administrators, of records that they see', async () => {
    const person = await idOf(low)
    expect(await explain(root, { person, record: large, action: 'update' })).toMatchObject({
      allows: false,
      decided_by: 'record',
      roles: ['seller'],
    })
    const refused = await cora.post('/api/access/explain', { object: 'deal', person, record: deal })
    expect(refused.status).toBe(403)
    const nobody = await root.post('/api/access/explain', {
      object: 'deal',
      person: '00000000-0000-7000-8000-000000000000',
    })
    expect(nobody.status).toBe(404)
  })

  it('is asked of what is declared', async () => {
    const ask = (request: object) => low.post('/api/access/explain', { object: 'deal', ...request })
    expect((await ask({ object: 'nothing' })).status).toBe(404)
    expect((await ask({ field: 'nothing' })).status).toBe(404)
    expect((await ask({ event: 'go' })).status).toBe(400)
    expect((await ask({ record: deal, event: 'go' })).status).toBe(404)
  })
})

describe('the matrix', () => {
  it('tells every right of every role, to administrators', async () => {
    expect((await low.get('/api/access/matrix')).status).toBe(403)
    const { body } = await root.get('/api/access/matrix')
    expect(body.rights).toContainEqual({
      role: 'regional',
      object: 'deal',
      is_line: false,
      create: true,
      read: 'territory',
      update: 'territory where record.size < 1000',
      delete: 'none',
      fields: {},
    })
    expect(body.by_hand).toEqual(['deal'])
    expect(body.rules.map(({ rule }: { rule: string }) => rule)).toEqual(['large', 'stuck'])
    expect(body.roles).toContainEqual({ role: 'customer', portal: true, features: [] })
  })
})

describe('an explanation of an event', () => {
  it('names the right that it takes, the state and who may send it', async () => {
    const tickets = await serveLibrary(await freshDatabase(), { documents: mayDeclarations, name: 'tickets' })
    const ann = await tickets.signIn('Ann', ['own'])
    const cid = await tickets.signIn('Cid', ['team'])
    const { id } = (await ann.post('/api/records/ticket', { title: 'T' })).body
    const ask = async (client: Client, event: string) =>
      (await client.post('/api/access/explain', { object: 'ticket', record: id, event })).body as Explanation
    expect(await ask(ann, 'close')).toMatchObject({ allows: true })
    expect(await ask(cid, 'close')).toMatchObject({ allows: false, decided_by: 'record' })
    const peek = await ask(cid, 'peek')
    expect(peek).toMatchObject({ allows: false, decided_by: 'event' })
    expect(said(peek, 'event')).toEqual(['- processes/handling/events/peek: where record.urgent'])
  })
})
