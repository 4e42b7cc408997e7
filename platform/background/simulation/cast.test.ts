import { expect, test } from 'vitest'
import { castOf } from './cast.ts'

const roles = new Map([
  ['seller', {}],
  ['administrator', {}],
]) as never

test('without a declaration there are two people for each role, in one reporting line', () => {
  const { people, groups } = castOf({ roles }, { label: 'Test' })
  expect(Object.entries(people).map(([name, { roles: held, manager }]) => [name, held[0], manager])).toEqual([
    ['administrator_1', 'administrator', undefined],
    ['administrator_2', 'administrator', 'administrator_1'],
    ['seller_1', 'seller', 'administrator_1'],
    ['seller_2', 'seller', 'seller_1'],
  ])
  expect(groups.get('seller')).toEqual(['seller_1', 'seller_2'])
})

test('several of a kind share out among the managers', () => {
  const { people, groups } = castOf(
    { roles },
    {
      label: 'Test',
      people: {
        boss: { roles: ['administrator'], count: 2 },
        ann: { roles: ['seller'], team: 'East', manager: 'boss' },
        others: { roles: ['seller'], count: 3, manager: 'boss' },
      },
    },
  )
  expect(people).toEqual({
    boss_1: { roles: ['administrator'] },
    boss_2: { roles: ['administrator'] },
    ann: { roles: ['seller'], team: 'East', manager: 'boss_1' },
    others_1: { roles: ['seller'], manager: 'boss_1' },
    others_2: { roles: ['seller'], manager: 'boss_2' },
    others_3: { roles: ['seller'], manager: 'boss_1' },
  })
  expect([...groups]).toEqual([
    ['boss', ['boss_1', 'boss_2']],
    ['ann', ['ann']],
    ['others', ['others_1', 'others_2', 'others_3']],
  ])
})
