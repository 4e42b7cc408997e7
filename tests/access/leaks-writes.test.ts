import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Answer, Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { clinicDeclarations } from './walk/clinic.declarations.ts'

const server = await serveLibrary(await freshDatabase(), { documents: clinicDeclarations, name: 'writes' })
const nobody = '01abcdef-abcd-7abc-8abc-abcdefabcdef'
let chief: Client
let nina: Client
/** Of the chief: hidden from Nina. */
let hidden: string
let own: string
let visit: string

async function make(by: Client, object: string, values: object): Promise<string> {
  const { status, body } = await by.post(`/api/records/${object}`, values)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id as string
}

/** What is told, whichever id was asked about. */
const told = ({ status, body }: Answer, id: string) =>
  `${status} ${JSON.stringify(body)}`.replaceAll(/"request_id":"[^"]*"/g, '').replaceAll(id, '?')

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  nina = await server.signIn('Nina', ['nurse'])
  hidden = await make(chief, 'patient', { name: 'Zebra', code: 'Z1', phone: '+34600000009' })
  own = await make(nina, 'patient', { name: 'Own', code: 'O1' })
  visit = await make(nina, 'visit', { title: 'First', patient: own })
  // Nina keeps the visit and no longer sees to whom it was.
  const { userId } = await server.person('Nina', [])
  const moved = await chief.patch(`/api/records/visit/${visit}`, { patient: hidden, owner: userId })
  expect(moved.status).toBe(200)
})

describe('references in a write', () => {
  const badOwner = { owner: nobody }

  it('are told alike, whether they lead to a hidden record or to none, whatever else is wrong', async () => {
    const answers = async (patient: string) => {
      const all = await Promise.all([
        nina.post('/api/records/visit', { title: 'x', patient, ...badOwner }),
        nina.post('/api/records/visit', { title: 'x', patient }),
        nina.post('/api/records/visit', { title: 'x', doses: [{ text: 'x', of: patient }] }),
        nina.post('/api/records/visit/bulk', {
          ...{
            mode: 'all_or_nothing',
            operations: [{ op: 'create', values: { title: 'x', patient, ...badOwner } }],
          },
        }),
      ])
      return all.map((answer) => told(answer, patient))
    }
    const guesses = await answers(hidden)
    expect(guesses).toEqual(await answers(nobody))
    expect(guesses[0]).toMatch(/"field":"patient".*"field":"owner"/)
  })

  it('are told alike in the place where the hidden record is already', async () => {
    const answers = async (patient: string) => {
      const path = `/api/records/visit/${visit}`
      const tries = [{}, badOwner, { title: '' }, { title: 'Other' }, { doses: [{ text: 'x', of: nobody }] }]
      const all: string[] = []
      for (const more of tries) all.push(told(await nina.patch(path, { patient, ...more }), patient))
      return all
    }
    expect(await answers(hidden)).toEqual(await answers(nobody))
    expect((await chief.get(`/api/records/visit/${visit}`)).body).toMatchObject({
      title: 'First',
      patient: hidden,
    })
  })

  it('that lead to what is seen are not blamed for those that lead nowhere', async () => {
    const { body } = await nina.post('/api/records/visit', { title: 'x', patient: own, ...badOwner })
    expect(body.faults).toEqual([expect.objectContaining({ field: 'owner', code: 'reference' })])
  })
})

describe('a value that is taken by a hidden record', () => {
  it('is told to be taken, and nothing of the record', async () => {
    const { status, body } = await nina.post('/api/records/patient', { name: 'x', code: 'Z1' })
    expect(status).toBe(422)
    expect(body.faults).toEqual([expect.objectContaining({ field: 'code', code: 'unique' })])
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`Zebra|${hidden}`))
  })

  it('does not let an upsert change it', async () => {
    const { status, body } = await nina.put('/api/records/patient/by/code', { code: 'Z1', name: 'Mine' })
    expect([status, JSON.stringify(body).includes(hidden)]).toEqual([422, false])
    expect((await chief.get(`/api/records/patient/${hidden}`)).body.name).toBe('Zebra')
  })
})

describe('many writes in one request', () => {
  it('tell of a hidden record what they tell of none, each by itself and together', async () => {
    for (const mode of ['each', 'all_or_nothing']) {
      const answers = async (id: string) => {
        const operations = [
          { op: 'update', id, values: { name: 'x' } },
          { op: 'delete', id },
        ]
        return told(await nina.post('/api/records/patient/bulk', { mode, operations }), id)
      }
      expect(await answers(hidden)).toBe(await answers(nobody))
    }
  })
})

describe('what was deleted', () => {
  let gone: string

  beforeAll(async () => {
    gone = await make(chief, 'patient', { name: 'Zebra gone', code: 'Z2' })
    await chief.delete(`/api/records/patient/${gone}`)
  })

  it('is neither listed nor restored by who did not see it before', async () => {
    for (const answer of [
      await nina.get('/api/records/patient?deleted=true&count=true'),
      await nina.post('/api/records/patient/query', { deleted: true, search: 'zebra' }),
    ])
      expect([answer.status, answer.body.rows]).toEqual([200, []])
    const restored = await nina.post(`/api/records/patient/${gone}/restore`)
    const none = await nina.post(`/api/records/patient/${nobody}/restore`)
    expect(told(restored, gone)).toBe(told(none, nobody))
  })

  it('is not told by its history, its files or what it is referred to by', async () => {
    for (const path of ['history', 'attachments', 'process', 'process/steps', 'shares'])
      expect(told(await nina.get(`/api/records/patient/${gone}/${path}`), gone)).toBe(
        told(await nina.get(`/api/records/patient/${nobody}/${path}`), nobody),
      )
  })
})

describe('an import', () => {
  const upload = async (csv: string) => {
    const answer = await nina.send('POST', '/api/imports/preview?object=visit', {
      body: csv,
      headers: { 'content-type': 'text/csv' },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body as { file: string; columns: { name: string; suggestion: string | null }[] }
  }

  it('offers no hidden field for a column, whatever its name', async () => {
    const { columns } = await upload('title,patient_iban,cost\na,b,1\n')
    expect(columns.find(({ name }) => name === 'patient_iban')?.suggestion ?? null).toBeNull()
  })

  it('is the affair of who uploaded the file', async () => {
    const { file } = await upload('title\nx\n')
    const dora = await server.signIn('Dora', ['doctor'])
    const order = { object: 'visit', mapping: { title: 'title' } }
    const stolen = await dora.post('/api/imports', { ...order, file })
    const none = await dora.post('/api/imports', { ...order, file: nobody })
    expect(told(stolen, file)).toBe(told(none, nobody))
    const started = (await nina.post('/api/imports', { ...order, file })).body.id as string
    for (const path of ['', '/problems', '/problems.csv', '/unknown-values'])
      expect(told(await dora.get(`/api/imports/${started}${path}`), started)).toBe(
        told(await dora.get(`/api/imports/${nobody}${path}`), nobody),
      )
  })
})
