import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Answer, Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'
import { badStrings } from './strings.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, {
  documents: declarations,
  name: 'gadgets',
  settings: { requestsPerMinute: 1_000_000 },
})
const strings = badStrings()
let chief: Client
let id: string
let operations: readonly (readonly [method: string, path: string])[]

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  id = (await chief.post('/api/records/gadget', { text: 'First' })).body.id
  const { body } = await chief.get('/api/openapi.json')
  operations = Object.entries(body.paths as Record<string, Record<string, unknown>>).flatMap(
    ([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
  )
})

/** Neither a fault of the server nor a word about its inside. */
function expectGraceful(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${JSON.stringify(answer.body).slice(0, 300)}`).toBeLessThan(500)
  if (answer.status < 400) return
  expect(answer.headers.get('content-type'), what).toBe('application/problem+json')
  expect(answer.body, what).toMatchObject({ status: answer.status, code: expect.any(String) })
  expect(JSON.stringify(answer.body), what).not.toMatch(/node_modules|PostgresError|syntax error at/)
}

async function inParallel<T>(all: readonly T[], work: (each: T, at: number) => Promise<void>): Promise<void> {
  const queue = [...all.entries()]
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next[1], next[0])
    }),
  )
}

/** Such addresses are served by other tests: they sign out, or never end. */
const apart = /auth|\/api\/changes/

describe('every address of the API', () => {
  it('answers bodies of a wrong shape with a problem document', { timeout: 120_000 }, async () => {
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '1',
      '"x"',
      'true',
      '{}',
      '{"values":[]}',
      '{"values":{"text":{"a":[1,{"b":2}]},"json":1e308}}',
      '{"version":"x","ids":[1],"mode":"x","operations":[{"op":"drop"}],"measures":[]}',
      '{"mapping":{"a":{"b":1}},"file":"x","object":"gadget"}',
      '{"version":-1e999}',
    ]
    const tries = operations
      .filter(([method, path]) => method !== 'GET' && method !== 'DELETE' && !apart.test(path))
      .flatMap(([method, path]) =>
        bodies.map((body) => [method, path.replace('{object}', 'gadget'), body] as const),
      )
    await inParallel(tries, async ([method, path, body]) => {
      const address = path.replace('{id}', id)
      const answer = await chief.send(method, address, {
        body,
        headers: { 'content-type': 'application/json' },
      })
      expectGraceful(answer, `${method} ${address} ${body}`)
    })
  })

  it('answers strange names and ids in the address', { timeout: 120_000 }, async () => {
    const addresses = operations.filter(([, path]) => path.includes('{') && !apart.test(path))
    await inParallel(strings, async (text, at) => {
      if (text === '' || text === '.' || text === '..') return
      const [method, path] = addresses[at % addresses.length]!
      const address = path.replaceAll(/\{\w+\}/g, encodeURIComponent(text.toWellFormed()))
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }
      const answer = await chief.send(method, address, {
        ...body,
        headers: { 'content-type': 'application/json' },
      })
      expectGraceful(answer, `${method} ${address}`)
    })
  })

  it('answers strange questions', { timeout: 240_000 }, async () => {
    const questions = (text: string): Record<string, unknown>[] => [
      { filter: text || ' ' },
      { filter: `record.text == ${JSON.stringify(text)} || record.url.contains(${JSON.stringify(text)})` },
      { search: text },
      { sort: [text] },
      { fields: [text], expand: [text] },
      { after: text },
    ]
    await inParallel(strings, async (text, at) => {
      const all = questions(text.slice(0, 400))
      const question = all[at % all.length]!
      expectGraceful(await chief.post('/api/records/gadget/query', question), JSON.stringify(question))
    })
  })

  it('answers strange sign-ins', { timeout: 60_000 }, async () => {
    await inParallel(strings.slice(0, 40), async (text) => {
      expectGraceful(
        await server.visitor.post('/api/auth/sign-in/email', { email: text, password: text }),
        text,
      )
    })
  })
})
