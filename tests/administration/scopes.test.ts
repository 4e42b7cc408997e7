import { beforeAll, describe, expect, it } from 'vitest'
import { runImport } from '../../platform/background/import/run/run-import.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: declarations })
let carl: Client
let acme: string
let bridge: string
let part: string

beforeAll(async () => {
  carl = await server.signIn('Carl', ['clerk'])
  acme = (await carl.post('/api/records/client', { name: 'Acme', code: 'A1' })).body.id as string
  const made = await carl.post('/api/records/project', {
    ...{ title: 'Bridge', client: acme, parts: [{ label: 'Pillar' }] },
  })
  bridge = made.body.id as string
  part = (await carl.get(`/api/records/project/${bridge}`)).body.parts[0].id as string
})

/** Somebody else's program with a key of Carl's. */
async function keyWith(...scopes: readonly string[]): Promise<Client> {
  const { status, body } = await carl.post('/api/keys', { name: scopes.join(' '), scopes })
  expect(status, JSON.stringify(body)).toBe(201)
  return client(server.origin, { authorization: `Bearer ${body.key}` })
}

describe('the scopes of a key', () => {
  const scopeFault = async (scope: string) =>
    (await carl.post('/api/keys', { name: 'x', scopes: [scope] })).body.faults?.[0]

  it('name what there is; the nearest is named for a misspelt one', async () => {
    expect(await scopeFault('porject:read')).toMatchObject({
      ...{
        field: 'scopes',
        code: 'scope',
        message: '"porject:read" is not a scope; did you mean "project:read"?',
      },
    })
    expect(await scopeFault('project:reed')).toMatchObject({ message: expect.stringMatching(/project:read/) })
    expect(await scopeFault('part:write')).toMatchObject({ message: expect.stringMatching(/project:write/) })
    expect(await scopeFault('everything')).toMatchObject({
      message: expect.stringMatching(/scopes are read, write/),
    })
    expect((await carl.post('/api/keys', { name: 'x', scopes: [] })).status).toBe(400)
  })

  it('do not name what the maker may not see', async () => {
    const paula = await server.signIn('Paula', ['planner'])
    const hidden = await paula.post('/api/keys', { name: 'x', scopes: ['team:read'] })
    const none = await paula.post('/api/keys', { name: 'x', scopes: ['nothing:read'] })
    expect(hidden.body.faults[0].message.replace('team', 'nothing')).toBe(none.body.faults[0].message)
  })

  it('never give more than the roles do', async () => {
    const paula = await server.signIn('Paula', ['planner'])
    const { body } = await paula.post('/api/keys', { name: 'x', scopes: ['client:write'] })
    const program = client(server.origin, { authorization: `Bearer ${body.key}` })
    expect((await program.get(`/api/records/client/${acme}`)).status).toBe(200)
    expect((await program.patch(`/api/records/client/${acme}`, { name: 'Mine' })).status).toBe(403)
    expect((await program.get(`/api/records/project/${bridge}`)).status).toBe(403)
  })
})

describe('a key that reads one object', () => {
  let program: Client

  beforeAll(async () => {
    program = await keyWith('project:read')
  })

  it('lists, gets, counts and expands no more than that; other records are blank', async () => {
    const list = await program.post('/api/records/project/query', { fields: ['title', 'client'] })
    expect(list.body.rows).toMatchObject([{ title: 'Bridge', client: null }])
    const got = await program.get(`/api/records/project/${bridge}?expand=client`)
    expect(JSON.stringify(got.body)).not.toContain(acme)
    const lines = await program.get(`/api/records/project/${bridge}`)
    expect(lines.body).toMatchObject({ client: null, parts: [{ label: 'Pillar' }] })
    expect((await program.get(`/api/records/part/${part}`)).status).toBe(200)
    for (const [object, id] of [
      ['client', acme],
      ['user', acme],
    ])
      expect((await program.get(`/api/records/${object}/${id}`)).status).toBe(403)
    expect((await program.post('/api/records/client/query', {})).status).toBe(403)
    const counted = { measures: { records: { function: 'count' } } }
    expect((await program.post('/api/records/client/aggregate', counted)).status).toBe(403)
    const totals = await program.post('/api/records/project/aggregate', counted)
    expect(totals.body.groups[0].values.records).toBe(1)
  })

  it('cannot ask through a reference what it may not read', async () => {
    const filtered = await program.post('/api/records/project/query', {
      filter: "record.client.name == 'Acme'",
    })
    expect(filtered.status).toBe(422)
    const sorted = await program.post('/api/records/project/query', { sort: ['client.name'] })
    expect(sorted.status).toBe(422)
    const grouped = await program.post('/api/records/project/aggregate', {
      ...{ group_by: ['client.name'], measures: { records: { function: 'count' } } },
    })
    expect(grouped.status).toBe(422)
    const shown = await program.post('/api/records/project/query', { fields: ['client.name'] })
    expect([shown.status, JSON.stringify(shown.body).includes('Acme')]).toEqual([422, false])
  })

  it('finds, sees declared and follows only that', async () => {
    expect((await program.get('/api/search?q=bridge')).body.hits).toMatchObject([{ object: 'project' }])
    expect((await program.get('/api/search?q=acme')).body.hits).toEqual([])
    expect(Object.keys((await program.get('/api/meta')).body.objects).sort()).toEqual(['part', 'project'])
    const history = await program.get(`/api/records/project/${bridge}/history`)
    expect([history.status, JSON.stringify(history.body).includes(acme)]).toEqual([200, false])
  })

  it('changes nothing, by whatever way', async () => {
    const refused = async (answer: ReturnType<Client['post']>) => expect((await answer).status).toBe(403)
    await refused(program.patch(`/api/records/project/${bridge}`, { title: 'X' }))
    await refused(program.post('/api/records/project', { title: 'X' }))
    await refused(program.delete(`/api/records/project/${bridge}`))
    await refused(program.post(`/api/records/project/${bridge}/events/check`, {}))
    await refused(program.post('/api/records/project/bulk', { mode: 'each', operations: [] }))
    await refused(program.patch(`/api/records/part/${part}`, { label: 'X' }))
    await refused(program.post('/api/work-items/bulk', {}))
    await refused(program.post('/api/imports', {}))
  })

  it('sees nothing of the rest of the product', async () => {
    for (const path of [
      'notifications',
      'queues',
      'absences',
      'instances',
      'keys',
      'versions',
      'administration/people',
    ])
      expect([path, (await program.get(`/api/${path}`)).status]).toEqual([path, 403])
    const { body } = await program.get('/api/session')
    expect(body.features.toSorted()).toEqual(['bulk', 'import'])
  })
})

describe('a key that writes one object', () => {
  let program: Client

  beforeAll(async () => {
    program = await keyWith('project:write')
  })

  it('changes records, lines and sends events there, and nothing else', async () => {
    expect((await program.patch(`/api/records/project/${bridge}`, { title: 'Bridge 2' })).status).toBe(200)
    expect((await program.patch(`/api/records/part/${part}`, { label: 'Pile' })).status).toBe(200)
    const moved = await program.patch(`/api/records/project/${bridge}`, { client: acme })
    expect(moved.status).toBe(422)
    expect((await program.post('/api/records/client', { name: 'New' })).status).toBe(403)
    const bulk = await program.post('/api/records/client/bulk', {
      ...{ mode: 'each', operations: [{ op: 'update', id: acme, values: { name: 'Y' } }] },
    })
    expect(bulk.status).toBe(403)
    expect((await program.post(`/api/records/project/${bridge}/events/check`, {})).status).toBe(200)
    expect((await program.post('/api/absences', {})).status).toBe(403)
    expect((await program.patch('/api/session', { locale: 'en' })).status).toBe(403)
  })

  it('does the work on such records, which a key for others does not see', async () => {
    const { body } = await program.get('/api/work-items')
    expect(body.items).toMatchObject([{ object: 'project', record: { id: bridge } }])
    const work = body.items[0].id as string
    const other = await keyWith('client:write')
    expect((await other.get('/api/work-items')).body.items).toEqual([])
    expect((await other.get('/api/work-items/count')).body).toMatchObject({ open: 0 })
    expect((await other.post(`/api/work-items/${work}/complete`, {})).status).toBe(404)
    expect((await other.get(`/api/work-items/${work}/log`)).status).toBe(404)
    const reader = await keyWith('project:read', 'client:write')
    expect((await reader.post(`/api/work-items/${work}/complete`, {})).status).toBe(403)
    expect((await program.post(`/api/work-items/${work}/complete`, {})).status).toBe(200)
  })

  it('imports there alone, and the worker reaches no further', async () => {
    const csv = (object: string) => `/api/imports/preview?object=${object}`
    const send = (path: string) =>
      program.send('POST', path, {
        body: 'Title,Client\nTunnel,Acme',
        headers: { 'content-type': 'text/csv' },
      })
    expect((await send(csv('client'))).status).toBe(404)
    const preview = await send(csv('project'))
    expect(preview.status, JSON.stringify(preview.body)).toBe(200)
    const started = await program.post('/api/imports', {
      ...{ file: preview.body.file, object: 'project' },
      mapping: { Title: { field: 'title' } },
    })
    expect(started.status, JSON.stringify(started.body)).toBe(202)
    const mapped = await carl.post('/api/imports', {
      ...{ file: preview.body.file, object: 'project' },
      mapping: { Title: { field: 'title' }, Client: { field: 'client' } },
    })
    expect(mapped.status, JSON.stringify(mapped.body)).toBe(202)
    // As if the key had been used: what is stored with the import is what the worker goes by.
    await server.tenant
      .sql`update _import set options = options || '{"scopes": ["project:write"]}' where id = ${mapped.body.id}`
    for (const { body } of [started, mapped]) await run(body.id as string)
    expect((await program.get(`/api/imports/${started.body.id}`)).body).toMatchObject({
      status: 'done',
      created: 1,
    })
    const beyond = await carl.get(`/api/imports/${mapped.body.id}`)
    expect(beyond.body.created).toBe(0)
    const other = await keyWith('client:write')
    expect((await other.get(`/api/imports/${started.body.id}`)).status).toBe(404)
    expect((await other.get('/api/imports')).body.imports).toEqual([])
  })

  async function run(id: string) {
    const { models, ports, identities } = server.parts
    const person = ({ tenant, member }: { tenant: string; member: string }) =>
      identities.person(tenant, member)
    await runImport({ database, models, ports, clock: () => new Date(), person }, {
      ...{ tenant: 'library', payload: { import: id }, signal: new AbortController().signal },
      ...{ attempt: 1, attempts: 1 },
    } as Parameters<typeof runImport>[1])
  }
})

it('hears live only of what the scopes reach to', async () => {
  const { body } = await carl.post('/api/keys', { name: 'live', scopes: ['project:read'] })
  const abort = new AbortController()
  const response = await fetch(`${server.origin}/api/changes`, {
    headers: { authorization: `Bearer ${body.key}` },
    signal: abort.signal,
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const until = Date.now() + 8_000
  await reader.read()
  await carl.patch(`/api/records/client/${acme}`, { name: 'Acme 2' })
  await carl.patch(`/api/records/project/${bridge}`, { title: 'Bridge 3' })
  while (!heard.includes(bridge) && Date.now() < until) heard += (await reader.read()).value ?? ''
  abort.abort()
  expect(heard).toContain(bridge)
  expect(heard).not.toContain(acme)
})

describe('a key', () => {
  it('ends after 90 days if not said otherwise, after a year at most, and not in the past', async () => {
    const days = (iso: string) => Math.round((Date.parse(iso) - Date.now()) / 86_400_000)
    const { body } = await carl.post('/api/keys', { name: 'usual' })
    expect(days(body.expires_at)).toBe(90)
    const ahead = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString()
    const make = (expires: string) => carl.post('/api/keys', { name: 'x', expires_at: expires })
    expect((await make(ahead(365))).status).toBe(201)
    expect((await make(ahead(400))).body.faults[0]).toMatchObject({ field: 'expires_at' })
    expect((await make(ahead(-1))).status).toBe(400)
  })

  it('is refused once it has ended', async () => {
    const program = await keyWith('read')
    await database.platform`update platform.api_key set expires_at = now() - interval '1 second' where name = 'read'`
    expect((await program.get('/api/session')).status).toBe(401)
  })

  it('tells when and from where it was used last', async () => {
    const program = await keyWith('client:read')
    expect((await program.get(`/api/records/client/${acme}`)).status).toBe(200)
    const { body } = await carl.get('/api/keys')
    const key = body.keys.find((each: { name: string }) => each.name === 'client:read')
    expect(key).toMatchObject({
      last_used_at: expect.any(String),
      last_used_from: expect.stringMatching(/127\.0\.0\.1/),
    })
  })
})
