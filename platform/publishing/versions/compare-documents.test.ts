import { expect, it } from 'vitest'
import { compareDocuments } from './compare-documents.ts'

it('names each value that differs by its pointer, escaped as RFC 6901 says', () => {
  const before = { object: { deal: { 'a/b~c': 1, gone: { x: 1 }, list: [1, 2], same: null } } }
  const after = { object: { deal: { 'a/b~c': 2, list: [2, 1], same: null, fresh: false } } }
  expect(compareDocuments(before, after)).toEqual([
    { pointer: '/object/deal/a~1b~0c', change: 'changed', before: 1, after: 2 },
    { pointer: '/object/deal/gone', change: 'removed', before: { x: 1 } },
    { pointer: '/object/deal/list', change: 'changed', before: [1, 2], after: [2, 1] },
    { pointer: '/object/deal/fresh', change: 'added', after: false },
  ])
})

it('tells when the entries of a map stand in another order, which matters for fields and states', () => {
  expect(compareDocuments({ a: { x: 1, y: 2 } }, { a: { y: 2, new: 0, x: 1 } })).toEqual([
    { pointer: '/a', change: 'reordered', before: ['x', 'y'], after: ['y', 'x'] },
    { pointer: '/a/new', change: 'added', after: 0 },
  ])
})

it('finds nothing between equal documents', () => {
  expect(compareDocuments({ a: [{ b: 1 }] }, { a: [{ b: 1 }] })).toEqual([])
})
