import { expect, test } from 'vitest'
import { modelFromDocuments } from '../link/build-model.ts'
import { salesDocuments } from '../link/sales-documents.fixture.ts'
import { whereUsed } from './where-used.ts'

const model = modelFromDocuments(salesDocuments)

test('a field is used by formulas, rules, views and roles', () => {
  expect(whereUsed(model, 'opportunity.amount')).toEqual([
    'objects/account/fields/won/field',
    'objects/opportunity/fields/expected/expression',
    'views/open_opportunities/sort/0',
    'views/open_opportunities/totals/amount',
  ])
  expect(whereUsed(model, 'opportunity.probability')).toEqual([
    'objects/opportunity/fields/expected/expression',
    'processes/pipeline/machine',
    'roles/seller/objects/opportunity/fields/probability',
  ])
})

test('a field at the end of a path through references is used', () => {
  expect(whereUsed(model, 'team.name')).toContain('views/open_opportunities/columns/2')
  expect(whereUsed(model, 'user.manager')).toEqual(['processes/pipeline/machine'])
})

test('an object is used by all that refers to it or to its fields, its own declaration aside', () => {
  expect(whereUsed(model, 'account')).toEqual([
    'objects/opportunity/fields/account/to',
    'objects/opportunity/fields/account_sector/expression',
    'views/open_opportunities/columns/1',
  ])
})

test('what nothing refers to is used by nothing', () => {
  expect(whereUsed(model, 'user.title')).toEqual([])
})
