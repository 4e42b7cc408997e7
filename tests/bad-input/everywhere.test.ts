import { beforeAll, describe, expect, it } from 'vitest'
import { addressesOf, filledIn, type Address, type OpenApi } from '../access/walk/addresses.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'
import { rawRequest } from './raw-request.ts'
import { badStrings } from './strings.ts'

const server = await serveLibrary(await freshDatabase(), {
  documents: declarations,
  name: 'gadgets',
  settings: { requestsPerMinute: 1_000_000 },
})
const strings = badStrings()
const json = { 'content-type': 'application/json' }
let chief: Client
let id: string
let addresses: readonly Address[]

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  id = (await chief.post('/api/records/gadget', { text: 'First' })).body.id
  const { body } = await chief.get('/api/openapi.json')
  // They sign out, end the session, or never end.
  addresses = addressesOf(body as OpenApi).filter(({ path }) => !/\/api\/(auth|changes|account)/.test(path))
})

/** Words from the inside of the server. */
const inside = /node_modules|PostgresError|syntax error at|\.ts:\d+|at \w+ \(/

async function inParallel<T>(all: readonly T[], work: (each: T, at: number) => Promise<void>): Promise<void> {
  const queue = [...all.entries()]
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next[1], next[0])
    }),
  )
}

async function expectGraceful(address: Address, path: string): Promise<void> {
  const { method } = address
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }
  const { status, body: answer } = await chief.send(method, path, { ...body, headers: json })
  const what = `${method} ${path.slice(0, 300)}`
  expect(status, `${what}: ${JSON.stringify(answer)?.slice(0, 300)}`).toBeLessThan(500)
  if (status >= 400) expect(JSON.stringify(answer), what).not.toMatch(inside)
}

/** What an address takes; names of files are tried elsewhere. */
interface Parameter {
  readonly address: Address
  pathWith(text: string): string
}

function parametersOf(address: Address): readonly Parameter[] {
  const usual = address.names.map((name) => (name === 'object' ? 'gadget' : id))
  const inPath = address.names.map((_, at) => ({
    address,
    pathWith: (text: string) => filledIn(address, usual.with(at, text)),
  }))
  const inQuery = address.query.map((name) => ({
    address,
    pathWith: (text: string) => `${filledIn(address, usual)}?${name}=${encodeURIComponent(text)}`,
  }))
  return [...inPath, ...inQuery]
}

describe('strings that break others', () => {
  it('are answered in every parameter of every address', { timeout: 120_000 }, async () => {
    const parameters = addresses.flatMap(parametersOf)
    expect(parameters.length).toBeGreaterThan(150)
    const sent = strings
      .map((text) => text.slice(0, 1_000).toWellFormed())
      .filter((text) => !/^\.{0,2}$/.test(text))
    // Every string in three places, and every place with several strings: all of them in all places take an hour.
    const rounds = Math.ceil((3 * sent.length) / parameters.length)
    const tries = Array.from({ length: Math.max(rounds, 4) * parameters.length }, (_, at) => at)
    await inParallel(tries, async (at) => {
      const { address, pathWith } = parameters[at % parameters.length] as Parameter
      await expectGraceful(address, pathWith(sent[at % sent.length] as string))
    })
  })

  it('are answered as parameters that are not encoded, or not rightly', { timeout: 60_000 }, async () => {
    const paths = [
      '%',
      '%zz',
      '%c0%af',
      '%00',
      '%ff',
      '..%2f..%2fetc',
      '%2e%2e/',
      '?filter=%',
      '?q=%ff&q=%00',
      '?limit[]=1',
    ]
    await inParallel(['records/gadget/', 'records/', 'search', 'imports/', ''], async (root) => {
      for (const path of paths) {
        const { status, text } = await rawRequest(server.origin, {
          path: `/api/${root}${path}`,
          headers: [['cookie', chief.headers.cookie as string]],
        })
        expect([path, status >= 200 && status < 500]).toEqual([path, true])
        expect(text).not.toMatch(inside)
      }
    })
  })

  it('are answered in headers', { timeout: 120_000 }, async () => {
    const names = [
      ...[
        'accept',
        'accept-encoding',
        'accept-language',
        'authorization',
        'content-disposition',
        'content-length',
      ],
      ...[
        'content-type',
        'cookie',
        'host',
        'idempotency-key',
        'if-none-match',
        'last-event-id',
        'origin',
        'range',
      ],
      ...[
        'referer',
        'sec-fetch-site',
        'tessera-request',
        'tessera-tenant',
        'traceparent',
        'transfer-encoding',
      ],
      ...['user-agent', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-request-id'],
    ]
    // A header ends with its line.
    const sent = strings.map((text) => text.replaceAll(/[\r\n]/g, ' ').slice(0, 2_000))
    await inParallel(sent, async (text, at) => {
      for (const shift of [0, 1, 2]) {
        const name = names[(at * 3 + shift) % names.length] as string
        const own = ['cookie', 'authorization'].includes(name)
          ? []
          : [['cookie', chief.headers.cookie as string] as const]
        const [method, path] =
          (at + shift) % 2 === 0 ? ['GET', '/api/session'] : ['POST', '/api/records/gadget/query']
        const answer = await rawRequest(server.origin, {
          ...{ method: method as string, path: path as string, body: method === 'GET' ? '' : '{}' },
          headers: [
            ...own,
            [name, text],
            ...(name === 'content-type' ? [] : [['content-type', 'application/json'] as const]),
          ],
        })
        const what = `${name}: ${JSON.stringify(text)} ${answer.text.slice(0, 300)}`
        expect(answer.status, what).toBeGreaterThanOrEqual(200)
        expect(answer.status, what).toBeLessThan(500)
        if (answer.status >= 400) expect(answer.text, what).not.toMatch(inside)
      }
    })
  })

  it('are answered as names of imported files, and in their columns', { timeout: 120_000 }, async () => {
    const some = strings
      .filter((_, at) => at < 40 || at % 4 === 0)
      .map((text) => text.slice(0, 600).toWellFormed())
    await inParallel(some, async (text) => {
      const answer = await chief.send(
        'POST',
        `/api/imports/preview?object=gadget&file_name=${encodeURIComponent(text)}`,
        { body: `${text},text\n${text},x\n`, headers: { 'content-type': 'text/csv' } },
      )
      const what = `${JSON.stringify(text)} ${JSON.stringify(answer.body).slice(0, 300)}`
      expect(answer.status, what).toBeLessThan(500)
      if (answer.status >= 400) expect(JSON.stringify(answer.body), what).not.toMatch(inside)
    })
  })
})
