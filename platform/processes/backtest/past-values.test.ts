import { expect, it } from 'vitest'
import { modelFromDocuments } from '../../definitions/index.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { pastValue, wasThere, type Position } from './past-values.ts'
import type { RecordedChange, RecordHistory } from './recorded.ts'

const object = modelFromDocuments({
  object: {
    thing: {
      name: 'thing',
      label: 'Thing',
      plural: 'Things',
      name_field: 'title',
      ownership: 'none',
      fields: { title: { type: 'text' }, size: { type: 'decimal' } },
    },
  },
}).objects.get('thing') as ObjectModel

const minute = (number: number) => Date.UTC(2026, 0, 1, 8, number)

function change(
  id: number,
  at: number,
  action: string,
  changes: RecordedChange['changes'] = {},
): RecordedChange {
  return { id, at: new Date(minute(at)).toISOString(), by: 'p', version: id, action, changes, cause: null }
}

const changes = [
  change(1, 0, 'create', { size: { from: null, to: '1' }, title: { from: null, to: 'A' } }),
  change(2, 10, 'update', { size: { from: '1', to: '2' } }),
  change(3, 20, 'update', { size: { from: '2', to: '3.50' } }),
]
const history: RecordHistory = { object, current: { id: 'r', version: 3, size: '3.5', title: 'A' }, changes }
const at = (number: number, bounds: Partial<Position> = {}): Position => ({
  at: minute(number),
  floor: 0,
  ceiling: Infinity,
  ...bounds,
})
const value = (name: string, position: Position, of = history) =>
  pastValue(of, object.fields.get(name) as FieldModel, position)

it('rolls a value back to a moment, and leaves what was not changed', () => {
  expect([5, 15, 25].map((number) => value('size', at(number)))).toEqual(['1', '2', '3.5'])
  expect(value('title', at(5))).toBe('A')
  expect(value('updated_at', at(15))).toBe(changes[1]?.at)
  expect(value('updated_by', at(15))).toBe('p')
})

it('does not guess what came first in the same millisecond, unless the order is known', () => {
  expect(() => value('size', at(10))).toThrow('thing.size was changed in the same millisecond as the step')
  expect(value('title', at(10))).toBe('A')
  expect(value('size', at(10, { floor: 2 }))).toBe('2')
  expect(value('size', at(10, { ceiling: 2 }))).toBe('1')
})

it.each([
  ['a gap in the versions', { changes: [changes[0], changes[2]] }, 'has a gap before version 3'],
  [
    'a later change without history',
    { current: { ...history.current, version: 4 } },
    'was changed without a history',
  ],
  [
    'a value that does not fit',
    { current: { ...history.current, size: '9' } },
    'thing.size was changed without a history',
  ],
  ['a record that is gone', { current: null }, 'the thing is not there any more'],
  ['an object without history', { object: { ...object, hasHistory: false } }, 'no history is kept'],
])('says so for %s', (_, other, message) => {
  expect(() => value('size', at(5), { ...history, ...other } as RecordHistory)).toThrow(message)
})

it('knows when a record came and went', () => {
  const gone = { ...history, changes: [...changes, change(4, 30, 'delete'), change(5, 40, 'restore')] }
  expect([5, 35, 45].map((number) => wasThere(gone, at(number)))).toEqual([true, false, true])
  expect(wasThere(gone, at(0, { ceiling: 1 }))).toBe(false)
  expect(wasThere(gone, at(0, { isBeginning: true }))).toBe(true)
  expect(() => wasThere(gone, at(30))).toThrow('it is not recorded when this thing came and went')
})
