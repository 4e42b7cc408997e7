import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { addressesOf, filledIn } from './walk/addresses.ts'
import { clinicDeclarations } from './walk/clinic.declarations.ts'

const server = await serveLibrary(await freshDatabase(), {
  documents: clinicDeclarations,
  name: 'reads',
  settings: { requestsPerMinute: 100_000 },
})
const iban = 'DE44500105175407324931'
let chief: Client
let nina: Client
let will: Client
let hidden: string
let own: string
let visit: string

async function make(by: Client, object: string, values: object): Promise<string> {
  const { status, body } = await by.post(`/api/records/${object}`, values)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id as string
}
const text = ({ body }: { body: unknown }) => JSON.stringify(body)

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  nina = await server.signIn('Nina', ['nurse'])
  will = await server.signIn('Will', ['watcher'])
  const { userId } = await server.person('Nina', [])
  hidden = await make(chief, 'patient', { name: 'Xanthippe', iban, diagnosis: 'measles', doctor: userId })
  own = await make(nina, 'patient', { name: 'Own' })
  visit = await make(chief, 'visit', { title: 'Shared visit', patient: hidden, cost: 50, owner: userId })
  await make(nina, 'visit', { title: 'Other visit', patient: own, cost: 7 })
  await make(chief, 'visit', { title: 'Unseen visit', patient: own, cost: 700 })
})

describe('a cursor', () => {
  const page = (by: Client, more: object) =>
    by.post('/api/records/visit/query', { sort: ['patient.name', 'title'], limit: 1, ...more })
  const inside = (cursor: string) => Buffer.from(cursor, 'base64url').toString()

  it('carries nothing of a hidden record by which the rows are sorted', async () => {
    let after: string | undefined
    const cursors: string[] = []
    do {
      const { body } = await page(nina, after === undefined ? {} : { after })
      after = (body.next as string | null) ?? undefined
      if (after !== undefined) cursors.push(inside(after))
    } while (after !== undefined)
    expect(cursors).not.toEqual([])
    expect(cursors.join()).not.toMatch(/Xanthippe/)
  })

  it('of somebody else gives the own rows alone', async () => {
    const { body } = await page(chief, {})
    const { body: mine } = await page(nina, { after: body.next, limit: 10 })
    expect(text({ body: mine })).not.toMatch(/Unseen|Xanthippe/)
  })

  it('that was made by hand tells no value of a field that is hidden or masked', async () => {
    const forged = Buffer.from(JSON.stringify(['DE44', hidden])).toString('base64url')
    for (const sort of [['iban'], ['diagnosis'], ['name']]) {
      const { status } = await will.post('/api/records/patient/query', { sort, after: forged })
      expect([sort, status]).toEqual([sort, 422])
    }
    const through = await will.post('/api/records/visit/query', { sort: ['patient.iban'] })
    expect(through.status).toBe(422)
  })
})

describe('an order', () => {
  it('places rows with hidden records as if they had none', async () => {
    await make(nina, 'visit', { title: 'No patient', cost: 1 })
    const order = async () =>
      (
        await nina.post('/api/records/visit/query', { sort: ['patient.name', 'title'], fields: ['title'] })
      ).body.rows.map(({ title }: { title: string }) => title)
    const before = await order()
    for (const name of ['Aaron', 'Zoe', 'Xanthippe']) {
      await chief.patch(`/api/records/patient/${hidden}`, { name })
      expect(await order()).toEqual(before)
    }
  })
})

describe('sums over hidden rows', () => {
  it('are as declared in roll-ups, and over visible rows alone in totals', async () => {
    expect((await nina.get(`/api/records/patient/${own}`)).body).toMatchObject({ cost: 707, visits: 2 })
    const { body } = await nina.post('/api/records/visit/aggregate', {
      filter: `record.patient == "${own}"`,
      measures: { cost: { function: 'sum', field: 'cost' }, n: { function: 'count' } },
    })
    expect(body.groups).toMatchObject([{ values: { cost: '7', n: 1 } }])
  })
})

describe('a mask', () => {
  it('is in every answer of every address that reads', async () => {
    const { body: api } = await will.get('/api/openapi.json')
    const reading = addressesOf(api).filter(
      ({ method, path }) => method === 'GET' && !path.endsWith('/changes'),
    )
    await chief.post(`/api/records/patient/${hidden}/events/treat`)
    for (const address of reading)
      for (const id of [hidden, visit]) {
        const path = filledIn(address, [id])
        const answer = await will.get(`${path}?expand=patient&q=xanthippe&search=shared`)
        const plain = await will.get(path)
        expect(text(answer) + text(plain), path).not.toMatch(new RegExp(`${iban}|Xanthippe|measles`))
      }
  })

  it('is in lists, expansions, groups, work and what is written', async () => {
    const query = (object: string, body: object) => will.post(`/api/records/${object}/query`, body)
    const answers = await Promise.all([
      query('patient', { fields: ['name', 'iban'] }),
      query('visit', { fields: ['title', 'patient', 'patient.name', 'patient.iban'], expand: ['patient'] }),
      query('visit', { expand: ['patient'] }),
      query('patient', { choosable: { object: 'visit', field: 'patient' }, fields: ['name', 'iban'] }),
      will.get(`/api/records/visit/${visit}?expand=patient`),
      will.post('/api/records/visit/aggregate', {
        group_by: ['patient'],
        measures: { n: { function: 'count' } },
      }),
      will.post('/api/records/visit/aggregate', {
        ...{ group_by: ['patient.name'], measures: { n: { function: 'count' } } },
      }),
      will.get('/api/search?q=xanthippe'),
      will.get('/api/search?q=shared'),
      will.patch(`/api/records/patient/${hidden}`, { version: 1, phone: '+34600000001' }),
      will.patch(`/api/records/patient/${hidden}`, { iban: 'DE1' }),
      will.post('/api/records/patient/validate', { id: hidden, values: { phone: '+34600000001' } }),
      will.post('/api/records/patient/bulk', {
        ...{ mode: 'each', operations: [{ op: 'update', id: hidden, values: { phone: '+34600000002' } }] },
      }),
      will.get(`/api/records/patient/${hidden}/history`),
      will.get('/api/work-items'),
    ])
    for (const [at, answer] of answers.entries())
      expect(text(answer), String(at)).not.toMatch(new RegExp(`${iban}|Xanthippe|measles`))
    expect(text(answers[0] as { body: unknown })).toContain('4931')
    const refused = answers.flatMap(({ status }, at) => (status === 200 ? [] : [`${at}: ${status}`]))
    expect(refused).toEqual(['6: 422', '9: 409', '10: 422'])
  })

  it('cannot be guessed at by writing what the value may be', async () => {
    const write = (value: string) => will.patch(`/api/records/patient/${hidden}`, { iban: value })
    const [right, wrong] = [await write(iban), await write('DE00000000000000000000')]
    expect([right.status, wrong.status]).toEqual([422, 422])
    expect(right.body.faults).toEqual(wrong.body.faults)
  })
})

describe('a share that has ended', () => {
  it('leaves nothing behind: neither the record, nor its files, history or place in searches', async () => {
    const { userId } = await server.person('Nina', [])
    const shares = `/api/records/patient/${hidden}/shares`
    await chief.patch(`/api/records/patient/${hidden}`, { name: 'Xanthippe' })
    await chief.post(shares, { with: { kind: 'user', id: userId }, reason: 'Helps out' })
    expect(text(await nina.get('/api/search?q=xanthippe'))).toContain(hidden)
    expect((await nina.get(`/api/records/visit/${visit}?expand=patient`)).body.patient).toMatchObject({
      id: hidden,
    })
    const [{ id }] = (await chief.get(shares)).body.shares
    await chief.delete(`${shares}/${id as string}`)
    for (const path of ['', '/history', '/attachments', '/process', '/process/steps', '/shares'])
      expect([path, (await nina.get(`/api/records/patient/${hidden}${path}`)).status]).toEqual([path, 404])
    expect(text(await nina.get('/api/search?q=xanthippe'))).not.toContain(hidden)
    expect((await nina.get(`/api/records/visit/${visit}?expand=patient`)).body.patient).toBeNull()
    const history = text(await nina.get(`/api/records/visit/${visit}/history`))
    expect(history).not.toMatch(new RegExp(`${hidden}|Xanthippe`))
  })
})

describe('an explanation', () => {
  const explain = (by: Client, request: object) => by.post('/api/access/explain', request)

  it('tells of a hidden record and of a hidden field what it tells of none', async () => {
    const nobody = '01abcdef-abcd-7abc-8abc-abcdefabcdef'
    for (const more of [{}, { action: 'update' }, { action: 'delete' }, { event: 'treat' }]) {
      const [of, none] = [
        await explain(nina, { object: 'patient', record: hidden, ...more }),
        await explain(nina, { object: 'patient', record: nobody, ...more }),
      ]
      const plain = (answer: { body: unknown }) =>
        text(answer)
          .replaceAll(/"request_id":"[^"]*"/g, '')
          .replaceAll(hidden, '?')
          .replaceAll(nobody, '?')
      expect([of.status, plain(of)]).toEqual([none.status, plain(none)])
    }
  })

  it('of another person, and the matrix, are for administrators', async () => {
    const { userId } = await server.person('Will', [])
    expect((await explain(nina, { object: 'patient', person: userId })).status).toBe(403)
    expect((await nina.get('/api/access/matrix')).status).toBe(403)
  })
})
