import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import type { RecordValues } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Answer, Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './leaks.declarations.ts'

const server = await serveLibrary(await freshDatabase(), { documents: declarations, name: 'leaks' })
let chief: Client
let clerk: Client
/** Of the chief: hidden from the clerk. */
let hidden: string
/** Of the clerk. */
let own: string
let deal: string
let part: string
let lot: string
const nobody = '00000000-0000-7000-8000-000000000000'

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  clerk = await server.signIn('Clerk', ['clerk'])
  const made = async (by: Client, object: string, values: RecordValues): Promise<string> => {
    const answer = await by.post(`/api/records/${object}`, values)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body.id as string
  }
  hidden = await made(chief, 'company', { name: 'Hush', code: 'h1', tax_id: 'tax-7', margin: 40 })
  own = await made(clerk, 'company', { name: 'Ours', code: 'o1' })
  const { body } = await chief.patch(`/api/records/company/${own}`, {
    tax_id: 'tax-8',
    margin: 20,
    parts: [{ text: 'secret part' }],
  })
  part = body.parts[0].id as string
  deal = await made(chief, 'deal', {
    title: 'Deal',
    company: hidden,
    others: [hidden, own],
    lot: [{ text: 'one' }],
  })
  lot = (await chief.get(`/api/records/deal/${deal}`)).body.lot[0].id as string
})

const get = (path: string) => clerk.get(`/api/records/${path}`)
const query = (object: string, body: object) => clerk.post(`/api/records/${object}/query`, body)
const text = ({ body }: Answer) => JSON.stringify(body)

describe('a field that is hidden', () => {
  it('is not found by searching for its words, neither in the list nor in totals nor everywhere', async () => {
    expect((await get('company?search=tax')).status).toBe(422)
    expect(
      (
        await clerk.post('/api/records/company/aggregate', {
          search: 'tax',
          measures: { n: { function: 'count' } },
        })
      ).status,
    ).toBe(422)
    expect(text(await clerk.get('/api/search?q=tax'))).not.toContain(own)
    expect((await clerk.get('/api/meta')).body.objects.company.search).toEqual([])
  })

  it('is as unknown to filters, orders, groups and paths as one that does not exist', async () => {
    const told = async (name: string) => {
      const answers = await Promise.all([
        query('company', { filter: `record.${name} == null` }),
        query('company', { sort: [name] }),
        query('company', { fields: [name] }),
        query('deal', { filter: `record.company.${name} == null` }),
        query('deal', { sort: [`company.${name}`] }),
        clerk.post('/api/records/company/aggregate', {
          group_by: [name],
          measures: { n: { function: 'count' } },
        }),
        clerk.post('/api/records/company/aggregate', { measures: { n: { function: 'count', field: name } } }),
        clerk.patch(`/api/records/company/${own}`, { [name]: null }),
      ])
      return answers.map((answer) => [
        answer.status,
        text(answer)
          .replaceAll(name, '?')
          .replaceAll(/"request_id":"[^"]*"|; did you mean[^"\\]*\\?"?[^"\\]*\\?"?\?/g, ''),
      ])
    }
    const [known, unknown] = [await told('margin'), await told('marvel')]
    expect(known.map(([status]) => status)).toEqual(known.map(() => 422))
    expect(known.map(([status]) => status)).toEqual(unknown.map(([status]) => status))
  })

  it('is not in the history, nor in what a stale writer is told of the record', async () => {
    expect(text(await get(`company/${own}/history`))).not.toMatch(/margin|tax|part/)
    const stale = await clerk.patch(`/api/records/company/${own}`, { version: 1, name: 'Mine' })
    expect(stale.status).toBe(409)
    expect(text(stale)).not.toMatch(/margin|tax/)
  })

  it('is no key by which records are found, whether a record has the value or not', async () => {
    const put = (value: string) => clerk.put('/api/records/company/by/tax_id', { name: 'New', tax_id: value })
    const [taken, free] = [await put('tax-7'), await put('tax-9')]
    expect([taken.status, free.status]).toEqual([400, 400])
    expect(taken.body.detail).toBe(free.body.detail)
    expect(taken.body.detail).not.toContain('tax_id,')
  })

  it('is not named where a key that it is part of is taken', async () => {
    const taken = await clerk.post('/api/records/company', { name: 'Hush' })
    expect(taken.status).toBe(422)
    expect(text(taken)).not.toContain('branch')
  })

  it('is not told by what an event of the process needs', async () => {
    const mine = await clerk.post('/api/records/deal', { title: 'Small', company: own })
    const refused = await clerk.post(`/api/records/deal/${mine.body.id as string}/events/win`, { values: {} })
    expect(refused.status).toBe(409)
    expect(text(refused)).not.toMatch(/margin|> 30/)
    expect(text(await get(`deal/${mine.body.id as string}/process`))).not.toMatch(/margin|> 30/)
    expect(text(await get(`deal/${mine.body.id as string}/process/picture`))).not.toMatch(/margin|> 30/)
    expect(text(await clerk.get('/api/meta'))).not.toMatch(/margin/)
  })

  it('hides the rows of lines that it shows, asked for by themselves and by their record', async () => {
    expect((await get('part')).status).toBe(404)
    expect((await get(`part/${part}`)).status).toBe(404)
    expect((await clerk.patch(`/api/records/part/${part}`, { text: 'x' })).status).toBe(404)
    expect((await clerk.delete(`/api/records/part/${part}`)).status).toBe(404)
    expect((await clerk.post('/api/records/part', { company: own, text: 'x' })).status).toBe(404)
    expect(text(await get(`company/${own}`))).not.toContain('part')
  })
})

describe('lines that may only be read', () => {
  it('are not written past their record', async () => {
    expect((await get(`lot/${lot}`)).status).toBe(200)
    expect((await clerk.patch(`/api/records/lot/${lot}`, { text: 'x' })).status).toBe(403)
    expect((await clerk.delete(`/api/records/lot/${lot}`)).status).toBe(403)
    expect((await clerk.post('/api/records/lot', { deal, text: 'x' })).status).toBe(403)
    expect((await clerk.patch(`/api/records/deal/${deal}`, { lot: [] })).status).toBe(422)
  })
})

describe('a record that is hidden', () => {
  it('answers as one that does not exist, to every request', async () => {
    const told = async (id: string) => {
      const at = `/api/records/company/${id}`
      const answers = await Promise.all([
        clerk.get(at),
        clerk.get(`${at}/history`),
        clerk.get(`${at}/attachments`),
        clerk.get(`${at}/clocks`),
        clerk.get(`${at}/process`),
        clerk.get(`${at}/process/picture`),
        clerk.get(`${at}/process/steps`),
        clerk.post(`${at}/events/win`, { values: {} }),
        clerk.send('POST', `${at}/attachments?file_name=a.txt`, {
          body: 'a',
          headers: { 'content-type': 'text/plain' },
        }),
        clerk.patch(at, { name: 'x' }),
        clerk.patch(at, { name: 'x', version: 99 }),
        clerk.delete(at),
        clerk.post(`${at}/restore`),
        clerk.post('/api/records/company/validate', { id, values: { name: 'x' } }),
        clerk.post('/api/records/company/bulk', { mode: 'each', operations: [{ op: 'delete', id }] }),
        clerk.post('/api/records/deal', { title: 'x', company: id }),
        clerk.post('/api/records/deal', { title: 'x', others: [id] }),
        clerk.post(`/api/records/deal/${deal}/events/lose`, { values: { to: id } }),
      ])
      return answers.map((answer) => [
        answer.status,
        text(answer)
          .replaceAll(id, '?')
          .replaceAll(/"(request_id|instance)":"[^"]*"/g, ''),
      ])
    }
    expect(await told(hidden)).toEqual(await told(nobody))
  })

  it('shows neither name nor id through references, one or many, nor an order or group of its values', async () => {
    const page = await query('deal', {
      fields: ['company', 'others', 'company.name'],
      expand: ['company'],
      sort: ['company.name'],
    })
    const grouped = await clerk.post('/api/records/deal/aggregate', {
      group_by: ['company', 'company.name'],
      measures: { n: { function: 'count' } },
    })
    for (const answer of [
      page,
      grouped,
      await get(`deal/${deal}`),
      await get(`deal/${deal}/history`),
      await get(`deal?filter=record.company == "${hidden}"`),
    ])
      expect(text(answer)).not.toMatch(new RegExp(`Hush|${hidden}`))
  })

  it('is not told by the answer to a guess that a record refers to it', async () => {
    const answers = await Promise.all(
      [hidden, nobody].map(async (company) => {
        const { status, body } = await clerk.patch(`/api/records/deal/${deal}`, { company })
        return [status, body.errors ?? body.faults ?? body.detail]
      }),
    )
    expect(answers[0]?.[0]).toBe(422)
    expect(answers[0]).toEqual(answers[1])
  })

  it('is not among what may be chosen', async () => {
    const { body } = await query('company', { choosable: { object: 'deal', field: 'company' } })
    expect(body.rows.map(({ id }: { id: string }) => id)).not.toContain(hidden)
  })

  it('is not in the answer to a stale writer of a record that refers to it', async () => {
    const stale = await clerk.patch(`/api/records/deal/${deal}`, { version: 99, title: 'x' })
    expect(stale.status).toBe(409)
    expect(text(stale)).not.toContain(hidden)
  })

  it('is neither named nor counted where it stands in the way of a deletion', async () => {
    const mine = (await clerk.post('/api/records/company', { name: 'Referred', code: 'r1' })).body
      .id as string
    const audit = await chief.post('/api/records/audit', { title: 'Hushed', company: mine })
    expect(audit.status).toBe(201)
    const told = await clerk.delete(`/api/records/company/${mine}`)
    expect(told.status).toBe(409)
    expect(told.body.detail).toContain('records that you may not see')
    expect(text(told)).not.toMatch(/audit|1 /)
    expect((await chief.delete(`/api/records/company/${mine}`)).body.referred_by).toEqual({
      object: 'audit',
      field: 'company',
      count: 1,
    })
  })

  it('stays linked when somebody who does not see it writes the links that he sees', async () => {
    const answer = await clerk.patch(`/api/records/deal/${deal}`, { others: [] })
    expect(answer.status).toBe(200)
    expect((await chief.get(`/api/records/deal/${deal}`)).body.others).toEqual([hidden])
  })

  it('is not written over by an upsert with its key, which is told to be taken and nothing else', async () => {
    const answer = await clerk.put('/api/records/company/by/code', { code: 'h1', name: 'Stolen' })
    expect(answer.status).toBe(422)
    expect(text(answer)).not.toContain(hidden)
    expect((await chief.get(`/api/records/company/${hidden}`)).body.name).toBe('Hush')
  })
})

describe('a change of roles', () => {
  it('counts from the next request on, in sessions that are open', async () => {
    const session = await server.signIn('Rae', ['clerk'])
    expect((await session.get('/api/records/company')).status).toBe(200)
    const { userId } = (await server.tenant.person('Rae')) as Principal
    await chief.patch(`/api/records/user/${String(userId)}`, { roles: [] })
    expect((await session.get('/api/records/company')).status).toBe(404)
    expect((await session.get('/api/meta')).body.objects).toEqual({})
  })
})

it('shows what a formula computes from hidden fields to those alone who may see the formula', async () => {
  expect((await get(`deal/${deal}`)).body).not.toHaveProperty('expected')
  expect((await chief.get(`/api/records/deal/${deal}`)).body.expected).toBe(40)
  expect((await query('deal', { filter: 'record.expected > 30' })).status).toBe(422)
})

it('imports by no key with a hidden field, in a dry run neither', async () => {
  const csv = new TextEncoder().encode('name,tax_id\nNew,tax-7\n')
  const headers = { 'content-type': 'text/csv' }
  const preview = await clerk.send('POST', '/api/imports/preview?object=company', { body: csv, headers })
  expect(preview.status).toBe(200)
  expect(text(preview)).not.toMatch(/margin|branch/)
  const order = {
    file: preview.body.file as string,
    object: 'company',
    mapping: { name: 'name' },
    dry_run: true,
  }
  const [byHidden, byUnknown] = await Promise.all([
    clerk.post('/api/imports', { ...order, key: 'tax_id' }),
    clerk.post('/api/imports', { ...order, key: 'tax_idea' }),
  ])
  expect(byHidden.status).toBe(400)
  expect(byHidden.body.detail.replace('tax_id', '?')).toBe(byUnknown.body.detail.replace('tax_idea', '?'))
})

it('shows a step of a process without the hidden record that was filled in', async () => {
  const { id } = (await chief.post('/api/records/deal', { title: 'Lost' })).body as { id: string }
  expect((await chief.post(`/api/records/deal/${id}/events/lose`, { values: { to: hidden } })).status).toBe(
    200,
  )
  expect(text(await chief.get(`/api/records/deal/${id}/process/steps`))).toContain(hidden)
  const steps = await get(`deal/${id}/process/steps`)
  expect(steps.body.steps.map(({ event }: { event: string }) => event)).toEqual(['lose', 'begin'])
  expect(text(steps)).not.toContain(hidden)
})

it('tells those who listen for changes nothing of hidden records', async () => {
  const stop = new AbortController()
  const stream = await fetch(`${server.origin}/api/changes`, { headers: clerk.headers, signal: stop.signal })
  const reader = (stream.body as ReadableStream<Uint8Array<ArrayBuffer>>)
    .pipeThrough(new TextDecoderStream())
    .getReader()
  await reader.read()
  // The tail begins with its first look.
  await new Promise((resolve) => setTimeout(resolve, 700))
  await chief.patch(`/api/records/company/${hidden}`, { margin: 41 })
  await chief.post('/api/records/audit', { title: 'Heard by nobody' })
  await clerk.patch(`/api/records/company/${own}`, { name: 'Ours and heard' })
  let heard = ''
  while (!heard.includes(own)) heard += (await reader.read()).value ?? ''
  stop.abort()
  expect(heard).not.toMatch(new RegExp(`${hidden}|audit`))
})
