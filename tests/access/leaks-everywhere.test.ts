import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Answer, type Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { addressesOf, filledIn, filterFor, sampleOf, type Address, type OpenApi } from './walk/addresses.ts'
import { clinicDeclarations } from './walk/clinic.declarations.ts'
import { makeHiddenThings, marker, type HiddenThings } from './walk/hidden-things.ts'

const server = await serveLibrary(await freshDatabase(), {
  documents: clinicDeclarations,
  name: 'clinic',
  settings: { requestsPerMinute: 1_000_000 },
})
/** With letters: figures alone are taken for a telephone number. */
const nobody = '01abcdef-abcd-7abc-8abc-abcdefabcdef'
let chief: Client
let api: OpenApi
let addresses: readonly Address[]
let hidden: HiddenThings
const versions = new Map<string, number>()

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  const dora = await server.person('Dora', ['doctor'])
  const made = await makeHiddenThings(chief, dora.userId as string)
  // Of what the API lists to those alone who have it.
  const rows = await server.tenant.sql`
    select distinct on (kind, status, assignee is null) kind || status || (assignee is null) as what, id from _work_item
    union all (select 'approval', id from _approval limit 1) union all (select 'instance', id from _instance limit 1)
    union all (select 'notification', id from _notification limit 1)`
  hidden = { ...made, ...Object.fromEntries(rows.map(({ what, id }) => [String(what), id as string])) }
  for (const id of [made.patient, made.referred, made.carried] as string[])
    versions.set(id, (await chief.get(`/api/records/patient/${id}`)).body.version as number)
  api = (await chief.get('/api/openapi.json')).body as OpenApi
  addresses = addressesOf(api).filter(({ path }) => !apart.test(path))
})

/** What concerns only who asks: it is about no id of somebody else, or never ends, or signs out. */
const apart = /\/api\/(auth|account|session|changes|invitations|unsubscribe|inbound|presence|docs)/

type Schemas = OpenApi['components']['schemas']

interface Try {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly body: string | undefined
  readonly type: string
}

/** Every way of asking about an id: in each place of the address, in the query and in the body. */
function triesOf(address: Address, { id, schemas }: { id: string; schemas: Schemas }): readonly Try[] {
  const { method, names, query, bodyType = 'application/json', schema, path } = address
  const object = names.includes('object') ? ['patient'] : []
  const places =
    names.length > object.length + 1
      ? [
          [...object, id],
          [...object, path.includes('/records/') ? (hidden.patient as string) : id, id],
        ]
      : [[...object, id]]
  const bodies =
    schema === undefined
      ? [undefined]
      : bodyType === 'application/json'
        ? [false, true].map((isWhole) => JSON.stringify(sampleOf(schema, { schemas, text: id, isWhole })))
        : ['x']
  const questions = [
    '',
    ...query.map((name) => `?${name}=${encodeURIComponent(name === 'filter' ? filterFor(id) : id)}`),
  ]
  return places.flatMap((values) =>
    bodies.flatMap((body) =>
      questions.map((question) => {
        const filled = filledIn(address, values) + question
        return { what: `${method} ${filled} ${body ?? ''}`, method, path: filled, body, type: bodyType }
      }),
    ),
  )
}

async function ask(by: Client, { method, path, body, type }: Try): Promise<Answer> {
  const sent = method === 'GET' || method === 'DELETE' || body === undefined ? {} : { body }
  return by.send(method, path, { ...sent, headers: { 'content-type': type } })
}

/** The answer without what differs from request to request, and without the id that was asked about. */
function told({ status, body }: Answer, ids: readonly string[]): string {
  let text = `${status} ${JSON.stringify(body)}`.replaceAll(/"(request_id|instance)":"[^"]*"/g, '')
  for (const id of ids) text = text.replaceAll(id, '?')
  return text
}

/** Whether the answer names something hidden that the request has not named. */
function namesHidden({ body }: Answer, { what }: Try): boolean {
  const text = JSON.stringify(body)
  return Object.values(hidden).some((id) => text.includes(id) && !what.includes(id))
}

/** At records those of records and what lies with them; elsewhere everything. */
function idsFor({ path }: Address): readonly string[] {
  const { patient, deleted, visit, dose, attachment, share } = hidden
  return path.startsWith('/api/records/')
    ? ([patient, deleted, visit, dose, attachment, share] as string[])
    : Object.values(hidden)
}

/** Asks about everything hidden at every address; gives what was told beyond what is told of an id that is none. */
async function leaksTo(by: Client, secrets: RegExp): Promise<readonly string[]> {
  const found: string[] = []
  // What one may send oneself says the own document; where there is nothing to send, that of the chief.
  const own = (await by.get('/api/openapi.json')).body as OpenApi
  const schemas = { ...api.components.schemas, ...own.components.schemas }
  const lookAt = async (address: Address) => {
    const none = await Promise.all(triesOf(address, { id: nobody, schemas }).map((each) => ask(by, each)))
    const isAboutIds = address.names.length + address.query.length > 0 || address.schema !== undefined
    for (const id of isAboutIds ? idsFor(address) : [nobody])
      for (const [at, each] of triesOf(address, { id, schemas }).entries()) {
        const answer = await ask(by, each)
        const ids = [id, hidden.patient as string, nobody]
        const [what, other] = [told(answer, ids), told(none[at] as Answer, ids)]
        // Something of one's own that was made has an id of its own.
        const isSame =
          what === other ||
          (answer.status < 300 && answer.status === none[at]?.status && address.method !== 'GET')
        if (answer.status >= 500 || secrets.test(what) || namesHidden(answer, each) || !isSame)
          found.push(`${each.what}\n    ${what.slice(0, 300)}\n    ${other.slice(0, 300)}`)
      }
  }
  const isReading = ({ method }: Address) => method === 'GET'
  for (const some of [addresses.filter(isReading), addresses.filter((each) => !isReading(each))]) {
    const queue = [...some]
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await lookAt(next)
    }
    await Promise.all([work(), work(), work(), work()])
  }
  return found
}

describe('asked about what is hidden, at every address of the API', () => {
  it(
    'a contact of the portal is told no more than of what does not exist',
    { timeout: 120_000 },
    async () => {
      const paul = await server.signIn('Paul', ['customer'])
      const leaks = await leaksTo(paul, new RegExp(`${marker}|Dora|Chief`, 'i'))
      expect(leaks.slice(0, 15)).toEqual([])
    },
  )

  it('a nurse who has only her own patients is told no more either', { timeout: 120_000 }, async () => {
    const nina = await server.signIn('Nina', ['nurse'])
    const leaks = await leaksTo(nina, new RegExp(marker, 'i'))
    expect(leaks.slice(0, 15)).toEqual([])
  })

  it('nor is a key that reaches to one object', { timeout: 120_000 }, async () => {
    const dora = await server.signIn('Dora', ['doctor'])
    const { body } = await dora.post('/api/keys', { name: 'visits', scopes: ['user:read'] })
    const program = client(server.origin, { authorization: `Bearer ${body.key}` })
    const leaks = await leaksTo(program, new RegExp(marker, 'i'))
    expect(leaks.slice(0, 15)).toEqual([])
  })

  it('and none of it was changed', async () => {
    for (const id of [hidden.patient, hidden.referred, hidden.carried]) {
      const { body } = await chief.get(`/api/records/patient/${id}`)
      expect(body.name).toContain(marker)
      expect(body.version).toBe(versions.get(id as string))
    }
  })
})
