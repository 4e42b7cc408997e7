import { expect, test } from 'vitest'
import { groupsOf } from './groups.ts'

const item = (due: string | null, can: string[] = ['complete']) => ({ due_at: due, can: can as never })
const namesAt = (items: ReturnType<typeof item>[], now: string, timeZone: string) =>
  groupsOf(items, { now: new Date(now), timeZone }).map(({ name, items: { length } }) => `${name} ${length}`)

test('work is grouped by when it is due, most urgent first', () => {
  const items = [
    item(null),
    item('2026-11-22T09:00:00Z'),
    item('2026-11-22T12:00:00Z'),
    item('2026-11-30T12:00:00Z'),
  ]
  expect(namesAt(items, '2026-11-22T10:00:00Z', 'UTC')).toEqual(['late 1', 'today 1', 'later 2'])
})

test('today ends with the day of the person', () => {
  const items = [item('2026-11-22T17:00:00Z')]
  expect(namesAt(items, '2026-11-22T10:00:00Z', 'UTC')).toEqual(['today 1'])
  expect(namesAt(items, '2026-11-22T10:00:00Z', 'Asia/Shanghai')).toEqual(['later 1'])
})

test('what waits for others comes last, late or not', () => {
  const items = [item('2026-11-20T17:00:00Z', ['recall']), item(null), item(null, ['answer'])]
  expect(namesAt(items, '2026-11-22T10:00:00Z', 'UTC')).toEqual(['later 2', 'with_others 1'])
})
