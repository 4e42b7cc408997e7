import { beforeAll, describe, expect, it } from 'vitest'
import type { RecordValues } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { levelDeclarations } from './levels.declarations.ts'

const server = await serveLibrary(await freshDatabase(), { documents: levelDeclarations, name: 'levels' })
let root: Client
const people = new Map<string, { id: string; client: Client }>()

async function hire(name: string, roles: string[], manager?: string): Promise<Client> {
  const client = await server.signIn(name, roles)
  const { id } = (await client.get('/api/session')).body.user
  people.set(name, { id, client })
  if (manager !== undefined) await change('user', id, { manager: people.get(manager)?.id })
  return client
}

async function make(by: Client, object: string, values: RecordValues): Promise<string> {
  const { status, body } = await by.post(`/api/records/${object}`, values)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id as string
}

async function change(object: string, id: string, values: object): Promise<void> {
  const { status, body } = await root.patch(`/api/records/${object}/${id}`, values)
  expect(status, JSON.stringify(body)).toBe(200)
}

/** The titles of the deals that somebody sees: in the list, one by one and in the total alike. */
async function seen(name: string): Promise<string[]> {
  const { client } = people.get(name) as { client: Client }
  const { status, body } = await client.post('/api/records/deal/query', {
    fields: ['title'],
    sort: ['title'],
  })
  expect(status, JSON.stringify(body)).toBe(200)
  const rows = body.rows as { id: string; title: string }[]
  const all = (await root.post('/api/records/deal/query', { fields: ['id'], limit: 500 })).body.rows
  for (const { id } of all as { id: string }[]) {
    const expected = rows.some((row) => row.id === id) ? 200 : 404
    expect((await client.get(`/api/records/deal/${id}`)).status).toBe(expected)
  }
  const total = await client.post('/api/records/deal/aggregate', { measures: { n: { function: 'count' } } })
  expect(total.body.groups[0].values.n).toBe(rows.length)
  return rows.map(({ title }) => title)
}

const idOf = (name: string) => people.get(name)?.id as string

beforeAll(async () => {
  root = await server.signIn('Root', ['administrator'])
  await hire('Top', ['chief'])
  await hire('Mid', ['chief'], 'Top')
  await hire('Low', ['seller'], 'Mid')
  await hire('Side', ['seller'], 'Top')
})

describe('the level of subordinates', () => {
  beforeAll(async () => {
    for (const name of ['Top', 'Mid', 'Low', 'Side'])
      await make(root, 'deal', { title: `of ${name}`, owner: idOf(name) })
  })

  it('reaches down the reporting line, however long, and to nobody beside or above', async () => {
    expect(await seen('Top')).toEqual(['of Low', 'of Mid', 'of Side', 'of Top'])
    expect(await seen('Mid')).toEqual(['of Low', 'of Mid'])
    expect(await seen('Low')).toEqual(['of Low'])
  })

  it('follows whoever moves, with all below, at once', async () => {
    await hire('New', ['chief'], 'Side')
    await change('user', idOf('Mid'), { manager: idOf('New') })
    expect(await seen('New')).toEqual(['of Low', 'of Mid'])
    expect(await seen('Top')).toEqual(['of Low', 'of Mid', 'of Side', 'of Top'])
    await change('user', idOf('Mid'), { manager: null })
    expect(await seen('Top')).toEqual(['of Side', 'of Top'])
    expect(await seen('New')).toEqual([])
    await change('user', idOf('Mid'), { manager: idOf('Top') })
    expect(await seen('Top')).toEqual(['of Low', 'of Mid', 'of Side', 'of Top'])
  })

  it('reaches as far by either way of looking', async () => {
    const helpers = await Promise.all(
      Array.from({ length: 70 }, (_, at) =>
        make(root, 'user', { name: `Helper ${at}`, email: `h${at}@example.com`, manager: idOf('Low') }),
      ),
    )
    const last = await make(root, 'deal', { title: 'of a helper', owner: helpers.at(-1) })
    await hire('High', ['chief'])
    await change('user', idOf('Top'), { manager: idOf('High') })
    people.set('High again', { id: idOf('High'), client: await server.signIn('High', ['chief']) })
    expect(await seen('High again')).toEqual(['of Low', 'of Mid', 'of Side', 'of Top', 'of a helper'])
    await change('user', idOf('Top'), { manager: null })
    await root.delete(`/api/records/deal/${last}`)
  })

  it('knows no circles: nobody reports to himself, directly or through others', async () => {
    for (const manager of ['Top', 'Low']) {
      const refused = await root.patch(`/api/records/user/${idOf('Top')}`, { manager: idOf(manager) })
      expect([refused.status, refused.body.faults?.[0]]).toEqual([
        422,
        expect.objectContaining({ field: 'manager', code: 'circle' }),
      ])
    }
    const both = await Promise.all([
      root.patch(`/api/records/user/${idOf('Side')}`, { manager: idOf('Low') }),
      root.patch(`/api/records/user/${idOf('Mid')}`, { manager: idOf('Side') }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 422])
    await change('user', idOf('Mid'), { manager: idOf('Top') })
    await change('user', idOf('Side'), { manager: idOf('Top') })
  })

  it('lets change what it lets see, and keeps what is changed within reach', async () => {
    const { client } = people.get('Mid') as { client: Client }
    const deal = await make(root, 'deal', { title: 'handed', owner: idOf('Low') })
    const path = `/api/records/deal/${deal}`
    expect((await client.patch(path, { title: 'handed on' })).status).toBe(200)
    expect((await client.patch(path, { owner: idOf('Side') })).status).toBe(403)
    expect((await client.delete(path)).status).toBe(403)
    await root.delete(path)
  })
})

describe('the level of territories', () => {
  it('reaches the territories of a person and those below, and the own records', async () => {
    const world = await make(root, 'area', { name: 'World' })
    const europe = await make(root, 'area', { name: 'Europe', part_of: world })
    const spain = await make(root, 'area', { name: 'Spain', part_of: europe })
    const asia = await make(root, 'area', { name: 'Asia', part_of: world })
    await hire('Ria', ['regional'])
    await change('user', idOf('Ria'), { areas: [europe] })
    const nobodys = { owner: idOf('Top') }
    for (const [title, area] of Object.entries({ eu: europe, es: spain, cn: asia, all: world, none: null }))
      await make(root, 'deal', { title, area, size: 10, ...nobodys })
    await make(people.get('Ria')?.client as Client, 'deal', { title: 'own', size: 1 })
    expect(await seen('Ria')).toEqual(['es', 'eu', 'own'])
    await change('area', asia, { part_of: spain })
    expect(await seen('Ria')).toEqual(['cn', 'es', 'eu', 'own'])
    await change('user', idOf('Ria'), { areas: [] })
    expect(await seen('Ria')).toEqual(['own'])
  })

  it('is narrowed by a row rule, before and after a write', async () => {
    const area = await make(root, 'area', { name: 'North' })
    const { client } = people.get('Ria') as { client: Client }
    await change('user', idOf('Ria'), { areas: [area] })
    const deal = await make(root, 'deal', { title: 'north', area, size: 900, owner: idOf('Top') })
    const path = `/api/records/deal/${deal}`
    expect((await client.patch(path, { size: 950 })).status).toBe(200)
    expect((await client.patch(path, { size: 2000 })).status).toBe(403)
    await change('deal', deal, { size: 2000 })
    expect((await client.patch(path, { size: 10 })).status).toBe(403)
  })
})

describe('sharing by rule', () => {
  it('opens the records that the rule names, to read or to change, and no others', async () => {
    const controller = await hire('Cora', ['controller'])
    const owner = idOf('Top')
    const large = await make(root, 'deal', { title: 'large', size: 5000, owner })
    const stuck = await make(root, 'deal', { title: 'stuck', size: 1, is_stuck: true, owner })
    const titles = await seen('Cora')
    expect(titles).toContain('large')
    expect(titles).toContain('stuck')
    expect(titles).not.toContain('of Top')
    expect((await controller.patch(`/api/records/deal/${large}`, { title: 'x' })).status).toBe(403)
    expect((await controller.patch(`/api/records/deal/${stuck}`, { title: 'stuck still' })).status).toBe(200)
    expect((await controller.patch(`/api/records/deal/${stuck}`, { is_stuck: false })).status).toBe(403)
    expect((await controller.delete(`/api/records/deal/${stuck}`)).status).toBe(403)
  })

  it('does not open the object to a role that admits none of it', async () => {
    const blind = await hire('Blind', ['blind', 'controller'])
    expect((await blind.get('/api/records/deal')).status).toBe(200)
    await hire('Blinder', ['blind'])
    expect((await people.get('Blinder')?.client.get('/api/records/deal'))?.status).toBe(403)
  })
})

describe('sharing by hand', () => {
  let deal: string
  const path = () => `/api/records/deal/${deal}`
  const share = (by: string, request: object) =>
    people.get(by)?.client.post(`${path()}/shares`, { reason: 'helps out', ...request })
  const withPerson = (name: string) => ({ with: { kind: 'user', id: idOf(name) } })
  const day = 86_400_000
  const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()

  beforeAll(async () => {
    deal = await make(people.get('Low')?.client as Client, 'deal', { title: 'shared' })
    await hire('Pal', ['seller'])
  })

  it('lets a person read or change one record, and no more', async () => {
    expect(await seen('Pal')).toEqual([])
    expect((await share('Low', withPerson('Pal')))?.status).toBe(201)
    expect(await seen('Pal')).toEqual(['shared'])
    const pal = people.get('Pal')?.client as Client
    expect((await pal.patch(path(), { size: 5 })).status).toBe(403)
    expect((await share('Low', { ...withPerson('Pal'), access: 'update' }))?.status).toBe(201)
    expect((await pal.patch(path(), { size: 5 })).status).toBe(200)
    expect((await pal.delete(path())).status).toBe(403)
    const { body } = (await people.get('Low')?.client.get(`${path()}/shares`)) as {
      body: { shares: object[] }
    }
    expect(body.shares).toEqual([
      expect.objectContaining({
        with: { kind: 'user', id: idOf('Pal'), label: 'Pal' },
        access: 'update',
        reason: 'helps out',
        by: { id: idOf('Low'), name: 'Low' },
      }),
    ])
  })

  it('is not handed on by whoever was given it', async () => {
    const refused = await share('Pal', withPerson('Side'))
    expect([refused?.status, refused?.body.detail]).toEqual([403, expect.stringContaining('shared with you')])
    expect((await share('Side', withPerson('Side')))?.status).toBe(404)
  })

  it('ends when it is ended, and when its time is over', async () => {
    const low = people.get('Low')?.client as Client
    const [{ id }] = (await low.get(`${path()}/shares`)).body.shares
    expect((await low.delete(`${path()}/shares/${id}`)).status).toBe(204)
    expect((await low.delete(`${path()}/shares/${id}`)).status).toBe(404)
    expect(await seen('Pal')).toEqual([])
    expect((await share('Low', { ...withPerson('Pal'), expires_at: inDays(1) }))?.status).toBe(201)
    expect(await seen('Pal')).toEqual(['shared'])
    await server.tenant.sql`update _share set expires_at = now() - interval '1 second' where record = ${deal}`
    expect(await seen('Pal')).toEqual([])
    expect((await low.get(`${path()}/shares`)).body.shares).toEqual([])
  })

  it('says how long it may last at most, and why somebody or something cannot be meant', async () => {
    const faultsOf = async (request: object) => {
      const { status, body } = (await share('Low', request)) as {
        status: number
        body: { faults: { field: string }[] }
      }
      expect(status).toBe(422)
      return body.faults.map(({ field }) => field)
    }
    expect(await faultsOf({ ...withPerson('Pal'), expires_at: inDays(31) })).toEqual(['expires_at'])
    expect(await faultsOf({ ...withPerson('Pal'), expires_at: inDays(-1) })).toEqual(['expires_at'])
    expect(await faultsOf({ ...withPerson('Pal'), reason: ' ' })).toEqual(['reason'])
    expect(await faultsOf({ with: { kind: 'role', name: 'nobody' } })).toEqual(['with'])
    expect(await faultsOf({ with: { kind: 'team', id: idOf('Pal') } })).toEqual(['with'])
    await share('Low', withPerson('Pal'))
    const low = people.get('Low') as { client: Client }
    const [{ expires_at: end }] = (await low.client.get(`${path()}/shares`)).body.shares
    expect((Date.parse(end) - Date.now()) / day).toBeCloseTo(30, 1)
  })

  it('reaches a team and the holders of a role', async () => {
    const team = await make(root, 'team', { name: 'Blue' })
    await hire('Mate', ['seller'])
    expect(await seen('Mate')).toEqual([])
    await share('Low', { with: { kind: 'team', id: team } })
    await change('user', idOf('Mate'), { team })
    expect(await seen('Mate')).toEqual(['shared'])
    const before = await seen('Cora')
    expect(before).not.toContain('shared')
    await share('Low', { with: { kind: 'role', name: 'controller' } })
    expect(await seen('Cora')).toEqual([...before, 'shared'].toSorted())
  })

  it('is written in the audit log', async () => {
    const rows = await server.tenant.sql`
      select action, detail->>'with' as with from _audit where record = ${deal} and action like 'share.%' order by number`
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['share.granted', 'share.revoked']),
    )
    expect(rows[0]?.with).toBe(`user:${idOf('Pal')}`)
  })
})

describe('a mask', () => {
  const iban = 'DE44500105175407324931'
  let deal: string
  beforeAll(async () => {
    deal = await make(root, 'deal', { title: 'masked', size: 500, iban, phone: '+8613812345678', notes: [] })
  })
  const ofCora = () => people.get('Cora')?.client as Client

  it('shows some characters, wherever the value is shown', async () => {
    const expected = { iban: '••••••••••••••••••4931', phone: '+86•••••••••78' }
    expect((await ofCora().get(`/api/records/deal/${deal}`)).body).toMatchObject(expected)
    const { body } = await ofCora().post('/api/records/deal/query', {
      fields: ['iban', 'phone'],
      filter: `record.title == 'masked'`,
    })
    expect(body.rows[0]).toMatchObject(expected)
    expect((await ofCora().get('/api/meta')).body.objects.deal.fields.iban).toMatchObject({
      masked: true,
      writable: false,
      operators: [],
    })
  })

  it('does not show the whole of a value that is no longer than what it shows', async () => {
    await change('deal', deal, { iban: '123' })
    expect((await ofCora().get(`/api/records/deal/${deal}`)).body.iban).toBe('•••')
    await change('deal', deal, { iban })
  })

  it('hides the value from filters, orders, groups, search, history and those who would change it', async () => {
    const client = ofCora()
    const answers = await Promise.all([
      client.post('/api/records/deal/query', { filter: `record.iban == '${iban}'` }),
      client.post('/api/records/deal/query', { sort: ['iban'] }),
      client.post('/api/records/deal/aggregate', {
        group_by: ['iban'],
        measures: { n: { function: 'count' } },
      }),
      client.post('/api/records/deal/aggregate', { measures: { m: { function: 'maximum', field: 'iban' } } }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422])
    expect(JSON.stringify((await client.get(`/api/records/deal/${deal}/history`)).body)).not.toContain(iban)
    const own = await make(client, 'deal', { title: 'hers' })
    const refused = await client.patch(`/api/records/deal/${own}`, { iban })
    expect([refused.status, refused.body.faults[0].code]).toEqual([422, 'masked'])
  })

  it('gives way to a wider right, and adds up with another mask', async () => {
    await hire('Both', ['controller', 'reader'])
    const both = await people.get('Both')?.client.get(`/api/records/deal/${deal}`)
    expect(both?.body).toMatchObject({ iban: 'DE••••••••••••••••4931', phone: '+86•••••••••78' })
    expect((await root.get(`/api/records/deal/${deal}`)).body.iban).toBe(iban)
  })
})

describe('a role of a portal', () => {
  it('shows what is theirs, and lets other roles of the same person count for nothing', async () => {
    await make(root, 'deal', { title: 'theirs', phone: '+34600000001' })
    await hire('Customer', ['customer', 'chief', 'reader'])
    await change('user', idOf('Customer'), { phone: '+34600000001' })
    expect(await seen('Customer')).toEqual(['theirs'])
    const { client } = people.get('Customer') as { client: Client }
    expect((await client.get('/api/records/user')).status).toBe(404)
    expect((await client.post('/api/records/deal', { title: 'x' })).status).toBe(403)
    expect((await client.get('/api/session')).body.features).toEqual([])
  })
})
