import { expect, test } from 'vitest'
import type { AccessExplanation } from '#lib/shared/api/types.ts'
import { mayBeHidden, verdictOf } from './verdict.ts'

type Level = AccessExplanation['levels'][number]

function denied(level: Level['level'], action: string, ...says: string[]): AccessExplanation {
  const grounds = says.map((each) => ({
    ...{ kind: 'role' as const, allows: false },
    declared: { pointer: 'roles/seller', files: [], says: each },
  }))
  const levels: Level[] = [
    { level: 'object', allows: true, action, grounds: [] },
    { level, allows: false, action, grounds },
  ]
  return { allows: false, decided_by: level, roles: ['seller'], levels }
}

test('a record that roles hide in part may be hidden or gone', () => {
  expect(verdictOf(denied('record', 'read', 'own'))).toBe('record')
  expect(mayBeHidden(denied('record', 'read', 'own'))).toBe(true)
})

test('a record is gone where a role shows all of them', () => {
  expect(verdictOf(denied('record', 'read', 'own', 'all'))).toBe('gone')
  expect(mayBeHidden(denied('record', 'read', 'own', 'all'))).toBe(false)
  expect(verdictOf(denied('record', 'read', 'all where record.size < 3'))).toBe('record')
})

test('what is seen and not changed is neither', () => {
  expect(verdictOf(denied('record', 'update', 'all'))).toBe('record')
  expect(mayBeHidden(denied('record', 'update', 'own'))).toBe(false)
  expect(verdictOf({ allows: true, roles: [], levels: [] })).toBe('allowed')
})
