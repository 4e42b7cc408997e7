import { expect, test } from 'vitest'
import { parseEvent } from './live.ts'

test('an event is read with its data', () => {
  expect(parseEvent('event: change\ndata: {"object":"o","id":"1","version":2,"action":"update"}')).toEqual({
    event: 'change',
    data: { object: 'o', id: '1', version: 2, action: 'update' },
  })
})

test('data of several lines belongs together', () => {
  expect(parseEvent('event: published\ndata: {"hash":\ndata: "a"}')).toEqual({
    event: 'published',
    data: { hash: 'a' },
  })
})

test.each([': keep-alive', 'event: other\ndata: {}', 'event: change\ndata: {broken', ''])(
  '%j is passed over',
  (block) => {
    expect(parseEvent(block)).toBeUndefined()
  },
)
