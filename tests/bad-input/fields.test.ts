import { beforeAll, describe, expect, it } from 'vitest'
import { fieldTypeRegistry } from '../../platform/definitions/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'
import { badStrings } from './strings.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, {
  documents: declarations,
  name: 'gadgets',
  settings: { requestsPerMinute: 100_000 },
})
const gadget = server.tenant.model.objects.get('gadget')!
const kept = new Set(['sequence', 'state', 'formula', 'rollup'])
const writable = [...gadget.fields.values()].filter(
  (field) => !field.isSystem && field.name !== 'owner' && !kept.has(field.type.name),
)
const strings = badStrings()
let chief: Client

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
})

type Values = Readonly<Record<string, unknown>>
interface Fault {
  readonly field?: string
  readonly path?: string
}
interface Result {
  readonly ok: boolean
  readonly id?: string
  readonly problem?: { readonly status: number; readonly faults?: readonly Fault[] }
}

/** Creates many records, each by itself. */
async function createAll(all: readonly Values[]): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let at = 0; at < all.length; at += 100) {
    const operations = all.slice(at, at + 100).map((values) => ({ op: 'create', values }))
    const { status, body } = await chief.post('/api/records/gadget/bulk', { mode: 'each', operations })
    expect(status, JSON.stringify(body).slice(0, 500)).toBe(200)
    results.push(...body.results)
  }
  return results
}

/**
 * Every string into every field: what is refused names its fields and is left out of the next try; what is not refused is
 * stored and comes back.
 */
async function into(
  texts: readonly string[],
  valueOf: (type: string, text: string) => unknown,
): Promise<void> {
  let open: Values[] = texts.map((text) =>
    Object.fromEntries(writable.map(({ name, type }) => [name, valueOf(type.name, text)])),
  )
  // Rows are written after their record, so their faults come in a second round; the third takes everything.
  for (let round = 1; open.length > 0; round++) {
    expect(round).toBeLessThanOrEqual(3)
    const results = await createAll(open)
    const refused: Values[] = []
    const stored = new Map<string, Values>()
    for (const [at, { ok, id, problem }] of results.entries()) {
      if (ok) stored.set(id!, open[at]!)
      else refused.push(withoutRefused(open[at]!, problem))
    }
    await expectAllStored(stored)
    open = refused
  }
}

async function expectAllStored(stored: ReadonlyMap<string, Values>): Promise<void> {
  const ids = [...stored.keys()]
  for (let at = 0; at < ids.length; at += 50) {
    const page = ids.slice(at, at + 50)
    const filter = `record.id in ${JSON.stringify(page)}`
    const { body } = await chief.post('/api/records/gadget/query', { filter, limit: 50 })
    expect(body.rows).toHaveLength(page.length)
    for (const row of body.rows as (Values & { id: string })[])
      for (const [name, value] of Object.entries(stored.get(row.id)!)) {
        const rows = name === 'parts' ? await partsOf(row.id, value) : row[name]
        expectStored(name, value, rows)
      }
  }
}

/** Lists give no lines; only a record that has some is read by itself. */
async function partsOf(id: string, sent: unknown): Promise<unknown> {
  return Array.isArray(sent) && sent.length > 0
    ? (await chief.get(`/api/records/gadget/${id}`)).body.parts
    : []
}

function withoutRefused(values: Values, problem: Result['problem']): Values {
  expect(problem?.status, `${JSON.stringify(values)} ${JSON.stringify(problem)}`).toBe(422)
  const refused = new Set(problem?.faults?.map(({ field }) => field))
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !refused.has(name)))
  expect(Object.keys(values).length - Object.keys(kept).length).toBe(refused.size)
  expect(refused.size).toBeGreaterThan(0)
  return kept
}

function expectStored(name: string, sent: unknown, stored: unknown): void {
  const field = gadget.fields.get(name)!
  if (field.lines !== undefined) {
    const texts = (rows: unknown) => (Array.isArray(rows) ? rows.map(({ text }) => text || null) : [])
    expect(texts(stored)).toEqual(texts(sent))
    return
  }
  const isBlank = sent === '' || sent === null || (Array.isArray(sent) && sent.length === 0)
  const checked = isBlank ? { ok: true, value: null } : field.type.check(sent, field.context)
  expect(checked.ok, `${name} accepted ${JSON.stringify(sent)}`).toBe(true)
  const expected = checked.ok ? checked.value : undefined
  // Nobody is referred to: an empty list.
  const blank = field.joinTable === undefined ? null : []
  expect(stored, `${name} of ${JSON.stringify(sent)}`).toEqual(isBlank ? blank : expected)
  if (['text', 'long_text', 'json'].includes(field.type.name)) expect(stored).toEqual(isBlank ? null : sent)
}

describe('strings that break others', () => {
  it('are tried in a field of every type that there is', () => {
    const used = new Set([...gadget.fields.values()].map((field) => field.type.name))
    expect([...fieldTypeRegistry().keys()].filter((type) => !used.has(type))).toEqual([])
  })

  it('come back as they were stored, or are refused with the field named', { timeout: 240_000 }, async () => {
    await into(strings, (_, text) => text)
  })

  it('do so inside values with parts as well', { timeout: 240_000 }, async () => {
    // Every fifth: the parts are checked by the same code as whole values.
    const some = strings.filter((_, at) => at % 5 === 0)
    await into(some, (type, text) => {
      switch (type) {
        case 'money':
          return { amount: '1', currency: text }
        case 'address':
          return { street: text, city: text }
        case 'choices':
        case 'references':
          return [text]
        case 'lines':
          return [{ text }]
        case 'json':
          return { [text === '__proto__' ? 'proto' : text]: [text] }
        default:
          return text
      }
    })
  })
})
