import { expect, it } from 'vitest'
import { detailLines } from './detail-text.ts'

it('tells the parts of an entry in words, one a line', () => {
  expect(detailLines({ version: 3, hash: 'ab'.repeat(32), note: null })).toEqual([
    'version: 3',
    'hash: abababababab',
    'note: –',
  ])
  expect(detailLines({ roles: [{ role: 'seller', places: ['added /objects/x', 'removed /y'] }] })).toEqual([
    'roles: role seller; places added /objects/x, removed /y',
  ])
  expect(detailLines({ with: 'user:1', expires_at: '2026-12-01', scopes: [] })).toEqual([
    'with: user:1',
    'expires at: 2026-12-01',
    'scopes: –',
  ])
})
