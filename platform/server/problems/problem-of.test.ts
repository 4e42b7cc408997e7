import { HTTPException } from 'hono/http-exception'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { invalid, TesseraError } from '../../access/errors.ts'
import { problemDocument } from './problem.ts'
import { problemOf } from './problem-of.ts'

const zodError = z.object({ a: z.array(z.number()) }).safeParse({ a: [1, 'x'] }).error

it.each([
  [
    'an error of the platform',
    new TesseraError('conflict', 'Changed.', { members: { changed: ['a'] } }),
    409,
    'conflict',
  ],
  ['faults', invalid([{ field: 'a', code: 'required', message: 'is required' }]), 422, 'validation'],
  ['a breach of the contract', zodError, 400, 'bad_request'],
  ['an exception of Hono', new HTTPException(415, { message: 'No.' }), 415, 'bad_request'],
  ['a data exception of the database', Object.assign(new Error('x'), { code: '22003' }), 400, 'bad_request'],
  ['a value too large for an index', Object.assign(new Error('x'), { code: '54000' }), 413, 'too_large'],
  ['a column that a publish took away', Object.assign(new Error('x'), { code: '42703' }), 503, 'unavailable'],
  ['a deadlock', Object.assign(new Error('x'), { code: '40P01' }), 409, 'conflict'],
  ['a statement that took too long', Object.assign(new Error('x'), { code: '57014' }), 503, 'unavailable'],
  ['a database that is away', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 503, 'unavailable'],
  ['anything else', new Error('the password is hunter2'), 500, 'internal'],
  ['what is no error at all', 'boom', 500, 'internal'],
])('makes a problem of %s', (_, error, status, code) => {
  expect(problemOf(error)).toMatchObject({ status, code })
})

it('names the place of a breach of the contract', () => {
  expect(problemOf(zodError).faults).toEqual([
    expect.objectContaining({ field: 'a', path: '1', code: 'invalid_type' }),
  ])
})

it('tells nothing of a fault of ours', () => {
  const document = problemDocument(problemOf(new Error('the password is hunter2')), 'r1')
  expect(JSON.stringify(document)).not.toContain('hunter2')
  expect(document).toMatchObject({
    type: 'https://tessera.dev/problems/internal',
    status: 500,
    request_id: 'r1',
  })
})

it('says when to come back by the header, not in the document', () => {
  const problem = problemOf(
    new TesseraError('rate_limited', 'Slow.', { members: { retryAfterSeconds: 7.2 } }),
  )
  expect(problem).toMatchObject({ headers: { 'retry-after': '8' }, members: {} })
})
