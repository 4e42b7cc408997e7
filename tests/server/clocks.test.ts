import { beforeAll, describe, expect, it } from 'vitest'
import { clocks } from '../../platform/server/contract/service-levels.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from './client.ts'
import { declarations } from './declarations.ts'
import { serveLibrary } from './serve-library.ts'

const server = await serveLibrary(await freshDatabase(), {
  documents: {
    ...declarations,
    service_level: {
      care: {
        name: 'care',
        label: 'Care',
        object: 'book',
        promises: {
          pages: {
            label: { en: 'Counted', 'zh-CN': '清点' },
            help: 'How many pages it has.',
            target: 'PT4H',
            starts_when: 'true',
            stops_when: 'record.pages != null',
            warnings: {
              half: {
                type: 'share',
                percent: 50,
                actions: [{ type: 'notify', params: { to: 'record.owner', text: "'Count'" } }],
              },
            },
          },
        },
      },
    },
  },
})
let ada: Client
let rea: Client

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
  rea = await server.signIn('Rea', ['reader'])
})

describe('the clocks of a record', () => {
  it('say what is promised and how much time is left', async () => {
    const { body: book } = await ada.post('/api/records/book', { title: 'Orlando' })
    const path = `/api/records/book/${book.id}`
    const { status, body } = await ada.get(`${path}/clocks`)
    expect(status).toBe(200)
    expect(clocks.parse(body)).toEqual(body)
    expect(body.clocks).toMatchObject([
      {
        service_level: 'care',
        promise: 'pages',
        label: { en: 'Counted', 'zh-CN': '清点' },
        status: 'running',
        outcome: 'open',
        target_ms: 4 * 3_600_000,
        counting: true,
        alerts: [{ name: 'warnings/half', label: 'Half', outcome: null }],
      },
    ])
    await ada.patch(path, { version: book.version, pages: 12 })
    expect((await ada.get(`${path}/clocks`)).body.clocks).toMatchObject([
      { status: 'stopped', outcome: 'kept', counting: false },
    ])
  })

  it('are not shown to those who may not see the record, and an object without promises has none', async () => {
    const { body: book } = await ada.post('/api/records/book', { title: 'Orlando' })
    expect((await rea.get(`/api/records/book/${book.id}/clocks`)).status).toBe(404)
    const { body: shelf } = await ada.post('/api/records/shelf', { name: 'A' })
    expect((await ada.get(`/api/records/shelf/${shelf.id}/clocks`)).body.clocks).toEqual([])
  })

  it('are announced in the declarations and in the description of the API', async () => {
    const { body: meta } = await ada.get('/api/meta')
    expect(meta.objects.book.has_clocks).toBe(true)
    expect(meta.objects.shelf).not.toHaveProperty('has_clocks')
    const { body: openapi } = await ada.get('/api/openapi.json')
    expect(Object.keys(openapi.paths).filter((path) => path.endsWith('/clocks'))).toEqual([
      '/api/records/book/{id}/clocks',
    ])
  })
})
