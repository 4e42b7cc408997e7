import { expect, test } from 'vitest'
import { faultsAfter } from '../fault-table.fixture.ts'

const erp = {
  name: 'erp',
  label: 'ERP',
  base_url: 'https://erp.example.com/api',
  methods: ['GET', 'POST'],
  headers: { Authorization: { secret: 'erp_token' } },
}
const connection = (patch: object) => ({ connection: { erp: { ...erp, ...patch } } })
const entering = (type: string, params: object) => ({
  ...connection({}),
  process: { pipeline: { machine: { states: { open: { entry: [{ type, params }] } } } } },
})
const request = (params: object) =>
  entering('request', {
    connection: 'erp',
    method: 'POST',
    path: 'deals/{id}',
    path_values: { id: 'record.id' },
    ...params,
  })
const email = (params: object) =>
  entering('email', { to: 'record.owner', subject: "'A'", text: "'B'", ...params })
const at = (rest: string) => `processes/pipeline/machine/states/open/entry/0/params${rest}`

test.each([
  ['a sound request', request({ body: { amount: 'record.amount' } }), []],
  ['a sound e-mail', email({ cc: "['a@example.com']" }), []],
  [
    'a connection that is not there',
    request({ connection: 'epr' }),
    [`unknown_connection ${at('/connection')}`],
  ],
  ['a method that it does not admit', request({ method: 'PUT' }), [`method ${at('/method')}`]],
  ['a body that would not be sent', request({ method: 'GET', body: {} }), [`method ${at('/body')}`]],
  ['a name of the path without a value', request({ path: '{id}/{no}' }), [`path ${at('/path')}`]],
  ['a value without a place in the path', request({ path: 'deals' }), [`path ${at('/path_values/id')}`]],
  ['a path that leads out', request({ path: '../{id}' }), [`path ${at('/path')}`]],
  ['a path from the root', request({ path: '/{id}' }), [`path ${at('/path')}`]],
  ['a path to another host', request({ path: '{id}?x=1' }), [`value ${at('/path')}`]],
  ['an unknown field', request({ query: { a: 'record.amout' } }), [`expression ${at('/query/a')}`]],
  ['a recipient that is none', email({ to: 'record.amount' }), [`expression_type ${at('/to')}`]],
  ['a text that is none', email({ text: '1' }), [`expression_type ${at('/text')}`]],
  ['an address that is none', connection({ base_url: 'https://[' }), ['address connections/erp/base_url']],
  [
    'secrets that would travel unencrypted',
    connection({ base_url: 'http://erp.example.com' }),
    ['plain_http connections/erp/base_url'],
  ],
  [
    'a header of the sending itself',
    connection({ headers: { 'Idempotency-Key': { secret: 'a' } } }),
    ['reserved_header connections/erp/headers/Idempotency-Key'],
  ],
  [
    'a value of a header in the declarations',
    connection({ headers: { Authorization: { value: 'hush' } } }),
    [
      'unknown_key connections/erp/headers/Authorization/value',
      'missing connections/erp/headers/Authorization/secret',
    ],
  ],
  ['an answer that may take too long', connection({ timeout: 'PT2M' }), ['timeout connections/erp/timeout']],
])('%s', (_, patch, expected) => {
  expect(faultsAfter(patch).sort()).toEqual([...expected].sort())
})
