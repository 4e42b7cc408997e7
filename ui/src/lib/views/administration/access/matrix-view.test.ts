import { expect, test } from 'vitest'
import type { AppMeta, ObjectMeta } from '#lib/shared/api/types.ts'
import { matrixGroups, type MatrixRow } from './matrix-view.ts'

const parents: Readonly<Record<string, string>> = { order_line: 'order', note: 'memo' }
const object = (name: string) =>
  ({ name, ...(parents[name] ? { parent: { object: parents[name], field: 'x' } } : {}) }) as ObjectMeta
const app = (name: string, ...objects: string[]): AppMeta => ({
  name,
  label: name,
  items: objects.map((each) => ({ name: each, object: each, label: each })),
})
const row = (role: string, name: string): MatrixRow => ({
  ...{ role, object: name, is_line: name in parents, create: true },
  ...{ read: 'all', update: 'all', delete: 'none', fields: {} },
})

test('objects stand in the first app that shows them, lines beneath theirs, the rest at the end', () => {
  const rights = ['note', 'order_line', 'order', 'memo', 'customer'].map((name) => row('seller', name))
  const apps = [app('sales', 'customer', 'order'), app('service', 'order'), app('empty', 'unknown')]
  const groups = matrixGroups(rights, { apps, object })
  expect(groups.map((group) => [group.app?.name, ...group.objects.map(({ name }) => name)])).toEqual([
    ['sales', 'customer', 'order', 'order_line'],
    [undefined, 'memo', 'note'],
  ])
})

test('a cell holds the rights of its role', () => {
  const rights = [row('seller', 'order'), row('chief', 'order')]
  const [group] = matrixGroups(rights, { apps: [], object })
  expect([...(group?.objects[0]?.rights.keys() ?? [])]).toEqual(['seller', 'chief'])
})
