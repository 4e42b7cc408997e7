import { expect, test } from 'vitest'
import { ApiProblem } from '../api/problem.ts'
import { questionOf } from './question.ts'

const id = '00000000-0000-7000-8000-000000000000'

function asked(
  method: string,
  path: string,
  problem: { status?: number; code?: string; reason?: string } = {},
) {
  return questionOf(new ApiProblem({ status: 403, code: 'forbidden', ...problem, request: { method, path } }))
}

test.each([
  ['POST', '/records/deal', { object: 'deal', action: 'create' }],
  ['POST', '/records/deal/query', { object: 'deal', action: 'read' }],
  ['PATCH', `/records/deal/${id}?may=update,delete`, { object: 'deal', record: id, action: 'update' }],
  ['DELETE', `/records/deal/${id}`, { object: 'deal', record: id, action: 'delete' }],
  ['DELETE', `/records/deal/${id}/shares/${id}`, { object: 'deal', record: id, action: 'update' }],
  ['GET', `/records/deal/${id}/shares`, { object: 'deal', record: id, action: 'update' }],
  ['POST', `/records/deal/${id}/restore`, { object: 'deal', record: id, action: 'delete' }],
  ['POST', `/records/deal/${id}/events/win?expand=process`, { object: 'deal', record: id, event: 'win' }],
])('a refused %s %s is asked about as what it would have done', (method, path, question) => {
  expect(asked(method, path)).toEqual(question)
})

test('a record that is not found may be hidden; what else is missing is not asked about', () => {
  const missing = { status: 404, code: 'not_found' }
  expect(asked('GET', `/records/deal/${id}`, missing)).toEqual({ object: 'deal', record: id, action: 'read' })
  expect(asked('PATCH', `/records/deal/${id}`, missing)).toBeUndefined()
  expect(asked('GET', '/records/deal', missing)).toBeUndefined()
})

test('an event that the process refuses is asked about', () => {
  const refused = { status: 409, code: 'event_refused' }
  expect(asked('POST', `/records/deal/${id}/events/win`, refused)).toMatchObject({ event: 'win' })
})

test('what is no right to records is not asked about', () => {
  expect(asked('GET', '/audit')).toBeUndefined()
  expect(asked('POST', '/records/deal/bulk')).toBeUndefined()
  expect(asked('PATCH', `/records/deal/${id}`, { reason: 'second_factor' })).toBeUndefined()
  expect(asked('PATCH', `/records/deal/${id}`, { status: 422, code: 'validation' })).toBeUndefined()
})
