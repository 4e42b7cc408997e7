import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { importPreview, importProblems, importRun } from '../../platform/server/contract/imports.ts'
import { readPerson } from '../../platform/server/identity/principals.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Answer, Client } from './client.ts'
import { serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
let chief: Client
let rea: Client

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  rea = await server.signIn('Rea', ['reader'])
  const { models, ports, clock } = server.parts
  const person = (options: { tenant: string; member: string; now: Date }) =>
    readPerson({ database, models, ...options })
  const worker = await startWorker({
    database,
    handlers: taskHandlers({ database, models, ports, clock, person }),
  })
  afterAll(() => worker.stop())
})

const csv = { 'content-type': 'text/csv' }
const upload = (by: Client, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = csv) =>
  by.send('POST', '/api/imports/preview?object=book&file_name=books.csv', { body, headers })

async function finished(id: string): Promise<Answer> {
  for (;;) {
    const answer = await chief.get(`/api/imports/${id}`)
    if (!['queued', 'running'].includes(answer.body.status)) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

it('takes a file in, imports its rows and tells which were refused', async () => {
  const preview = await upload(chief, 'Title,Pages\nDune,12\n,13\n=SUM(A1),14\n')
  expect(preview.status).toBe(200)
  expect(importPreview.parse(preview.body)).toMatchObject({
    delimiter: ',',
    rows: 3,
    columns: [{ suggestion: 'title' }, {}],
  })
  const started = await chief.post('/api/imports', {
    file: preview.body.file,
    object: 'book',
    mapping: { Title: 'title', Pages: 'pages' },
  })
  expect(started.status).toBe(202)
  const { body } = await finished(started.body.id)
  expect(importRun.parse(body)).toMatchObject({ status: 'done', total: 3, created: 2, failed: 1 })
  const problems = await chief.get(`/api/imports/${body.id}/problems`)
  expect(importProblems.parse(problems.body).rows).toMatchObject([
    { line: 3, problems: [{ field: 'title', code: 'required' }], source: { Pages: '13' } },
  ])
  const file = await chief.get(`/api/imports/${body.id}/problems.csv`)
  expect(file.headers.get('content-disposition')).toContain('attachment')
  expect(file.body).toContain('13')
  expect((await rea.get(`/api/imports/${body.id}`)).status).toBe(404)
})

it('refuses who may not import, other types, and files above the limit', async () => {
  expect((await upload(rea, 'Title\nx\n')).status).toBe(403)
  expect((await upload(chief, '{}', { 'content-type': 'application/json' })).status).toBe(415)
  expect(await upload(chief, 'x'.repeat(51 * 1024 * 1024))).toMatchObject({
    status: 413,
    body: { code: 'too_large' },
  })
  expect(
    (await chief.post('/api/imports', { file: 'x', object: 'book', mapping: {} })).status,
  ).toBeGreaterThanOrEqual(400)
})
