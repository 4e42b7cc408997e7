import { expect, it } from 'vitest'
import { buildModel } from '../../platform/definitions/index.ts'

const deal = (more: object = {}) => ({
  name: 'deal',
  label: 'Deal',
  name_field: 'title',
  fields: { title: { type: 'text' }, size: { type: 'integer' }, other: { type: 'reference', to: 'deal' } },
  ...more,
})

function codes({ object = {}, rights = {}, role = {} }: { object?: object; rights?: object; role?: object }) {
  const seller = { name: 'seller', label: 'Seller', objects: { deal: rights }, ...role }
  const { problems } = buildModel({ documents: { object: { deal: deal(object) }, role: { seller } } })
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
}

it.each([
  ['a hierarchy over a field that is no reference to itself', { object: { hierarchy: 'size' } }, 'hierarchy'],
  ['a territory whose object makes no tree', { object: { territory: 'other' } }, 'territory'],
  [
    'a territory to which no person refers',
    { object: { hierarchy: 'other', territory: 'other' } },
    'territory',
  ],
  ['the level of territories where records lie in none', { rights: { read: 'territory' } }, 'no_territory'],
  [
    'the level of subordinates where records have no owner',
    { object: { ownership: 'none' }, rights: { read: 'subordinates' } },
    'no_owner',
  ],
  ['the longest time of shares that are not made', { object: { sharing: { longest_days: 3 } } }, 'sharing'],
  [
    'a sharing rule for a role that is not there',
    { object: { sharing: { rules: { x: { label: 'X', roles: { nobody: true }, where: 'true' } } } } },
    'unknown_role',
  ],
  ['a mask over a number', { rights: { read: 'all', fields: { size: { mask: { last: 2 } } } } }, 'mask'],
  ['a mask over all fields', { rights: { read: 'all', fields: { '*': { mask: { last: 2 } } } } }, 'mask'],
  ['a portal that sees everything', { rights: { read: 'all' }, role: { portal: true } }, 'portal'],
  [
    'a portal with a feature',
    { rights: { read: 'own' }, role: { portal: true, features: { import: true } } },
    'portal',
  ],
])('refuses %s', (_, declared, code) => {
  expect(codes(declared)).toContain(code)
})

it('takes the same where it is sound', () => {
  expect(
    codes({
      object: { hierarchy: 'other', sharing: { by_hand: true, longest_days: 3 } },
      rights: { read: 'subordinates', fields: { title: { mask: { first: 1 } } } },
    }),
  ).toEqual([])
  expect(codes({ rights: { read: { where: 'record.size > 1' } }, role: { portal: true } })).toEqual([])
})
