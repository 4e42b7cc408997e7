import { expect, test } from 'vitest'
import { namesAfter } from './names-after.ts'

const none = { objects: {}, fields: {} }
const objects = (...pairs: [string, string][]) => ({
  objects: pairs.map(([from, to]) => ({ from, to })),
  fields: {},
})
const fields = (object: string, ...pairs: [string, string][]) => ({
  objects: [],
  fields: { [object]: pairs.map(([from, to]) => ({ from, to })) },
})

test('names are followed from one publish to the next', () => {
  const once = namesAfter(none, fields('offer', ['amount', 'price']))
  expect(once.fields).toEqual({ offer: { amount: 'price' } })
  expect(namesAfter(once, fields('offer', ['price', 'value'])).fields).toEqual({ offer: { amount: 'value' } })
})

test('the fields of a renamed object are found by the name that it had in the document', () => {
  const renamed = namesAfter(none, {
    ...objects(['offer', 'bid']),
    ...{ fields: fields('offer', ['a', 'b']).fields },
  })
  expect(renamed).toEqual({ objects: { offer: 'bid' }, fields: { offer: { a: 'b' } } })
  expect(namesAfter(renamed, fields('bid', ['b', 'c']))).toEqual({
    objects: { offer: 'bid' },
    fields: { offer: { a: 'c' } },
  })
})

test('two that change names with each other are told apart', () => {
  expect(namesAfter(none, fields('offer', ['a', 'b'], ['b', 'a'])).fields).toEqual({
    offer: { a: 'b', b: 'a' },
  })
})

test('what takes over a name that was given up is not what the document means', () => {
  const once = namesAfter(none, objects(['offer', 'bid']))
  expect(namesAfter(once, objects(['offer', 'proposal'])).objects).toEqual({ offer: 'bid' })
  const field = namesAfter(none, fields('offer', ['a', 'b']))
  expect(namesAfter(field, fields('offer', ['a', 'c'])).fields).toEqual({ offer: { a: 'b' } })
})

test('a version that is taken back gives the names back', () => {
  const there = namesAfter(none, fields('offer', ['a', 'b']))
  expect(namesAfter(there, fields('offer', ['b', 'a'])).fields).toEqual({ offer: { a: 'a' } })
})
