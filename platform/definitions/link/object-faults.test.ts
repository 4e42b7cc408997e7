import { expect, test } from 'vitest'
import { faultsAfter, withFields } from './fault-table.fixture.ts'

const at = (rest: string) => `objects/opportunity${rest}`
const object = (patch: object) => ({ object: { opportunity: patch } })
const rollup = (options: object) => ({ object: { account: { fields: { won: options } } } })

test.each([
  ['an unknown field type', withFields({ x: { type: 'txt' } }), `value ${at('/fields/x/type')}`],
  [
    'an option of another type',
    withFields({ title: { currency: 'EUR' } }),
    `unknown_key ${at('/fields/title/currency')}`,
  ],
  ['a missing option', withFields({ x: { type: 'reference' } }), `missing ${at('/fields/x/to')}`],
  [
    'an unknown object of a reference',
    withFields({ account: { to: 'acount' } }),
    `unknown_object ${at('/fields/account/to')}`,
  ],
  [
    'an unknown choice set',
    withFields({ x: { type: 'choice', choice_set: 'levels' } }),
    `unknown_choice_set ${at('/fields/x/choice_set')}`,
  ],
  ['a choice without choices', withFields({ x: { type: 'choice' } }), `choices ${at('/fields/x')}`],
  [
    'choices in two places',
    withFields({ x: { type: 'choice', choices: { a: {} }, choice_set: 'roles' } }),
    `choices ${at('/fields/x')}`,
  ],
  [
    'an unknown sequence',
    withFields({ x: { type: 'sequence', sequence: 'numbers' } }),
    `unknown_sequence ${at('/fields/x/sequence')}`,
  ],
  [
    'lines of an unknown object',
    withFields({ x: { type: 'lines', of: 'line.opportunity' } }),
    `unknown_object ${at('/fields/x/of')}`,
  ],
  [
    'lines that do not point back',
    withFields({ x: { type: 'lines', of: 'account.name' } }),
    `points_elsewhere ${at('/fields/x/of')}`,
  ],
  [
    'a minimum above the maximum',
    withFields({ probability: { minimum: 101 } }),
    `impossible_option ${at('/fields/probability/minimum')}`,
  ],
  [
    'a least length above the greatest',
    withFields({ title: { min_length: 300 } }),
    `impossible_option ${at('/fields/title/min_length')}`,
  ],
  [
    'a pattern that is none',
    withFields({ title: { pattern: '(' } }),
    `impossible_option ${at('/fields/title/pattern')}`,
  ],
  [
    'a pattern that could hang',
    withFields({ title: { pattern: '(?=a)b' } }),
    `impossible_option ${at('/fields/title/pattern')}`,
  ],
  [
    'a required formula',
    withFields({ expected: { required: true } }),
    `impossible_option ${at('/fields/expected/required')}`,
  ],
  [
    'a unique json',
    withFields({ x: { type: 'json', unique: true } }),
    `impossible_option ${at('/fields/x/unique')}`,
  ],
  [
    'an index over a formula that is computed when read',
    withFields({ account_sector: { indexed: true } }),
    `impossible_option ${at('/fields/account_sector/indexed')}`,
  ],
  [
    'an index over very long text',
    withFields({ title: { max_length: 5000, unique: true } }),
    `impossible_option ${at('/fields/title/unique')}`,
  ],
  [
    'a key over an address of the web and one of e-mail, too long together',
    {
      object: {
        opportunity: {
          fields: { x: { type: 'url' }, y: { type: 'email' } },
          keys: { both: { fields: ['x', 'y'] } },
        },
      },
    },
    `not_indexable ${at('/keys/both/fields')}`,
  ],
  [
    'an index over text of several lines without a limit',
    withFields({ x: { type: 'long_text', indexed: true } }),
    `impossible_option ${at('/fields/x/indexed')}`,
  ],
  [
    'unique text of several lines',
    withFields({ x: { type: 'long_text', unique: true } }),
    `impossible_option ${at('/fields/x/unique')}`,
  ],
  [
    'a key whose texts together are longer than an index holds',
    object({
      fields: { x: { type: 'text' }, y: { type: 'text' } },
      keys: { all: { fields: ['title', 'x', 'y'] } },
    }),
    `not_indexable ${at('/keys/all/fields')}`,
  ],
  [
    'an index over a computed text that has no limit',
    withFields({
      x: { type: 'long_text' },
      y: { type: 'formula', returns: 'text', expression: "record.title + ': ' + record.x", indexed: true },
    }),
    `impossible_option ${at('/fields/y/indexed')}`,
  ],
  [
    'a unique text computed by a function whose result has no limit',
    withFields({
      y: { type: 'formula', returns: 'text', expression: "record.title.replace('a', 'bbbb')", unique: true },
    }),
    `impossible_option ${at('/fields/y/unique')}`,
  ],
  [
    'a choice by a field of the referring record that does not exist',
    withFields({ account: { where: 'record.sector == referring.sectr' } }),
    `expression ${at('/fields/account/where')}`,
  ],
  [
    'a choice by a computed field of the referring record',
    withFields({ account: { where: 'record.won == referring.expected' } }),
    `referring ${at('/fields/account/where')}`,
  ],
  [
    'a choice of many by the referring record',
    withFields({ others: { type: 'references', to: 'account', where: 'record.sector == referring.title' } }),
    `referring ${at('/fields/others/where')}`,
  ],
  [
    'a choice that the database cannot make',
    withFields({ account: { where: 'string(duration(record.name)) == record.name' } }),
    `not_in_database ${at('/fields/account/where')}`,
  ],
  [
    'a required reference that is cleared',
    withFields({ account: { required: true, on_delete: 'clear' } }),
    `impossible_option ${at('/fields/account/on_delete')}`,
  ],
  [
    'a default that the field refuses',
    withFields({ probability: { default: 200 } }),
    `impossible_option ${at('/fields/probability/default')}`,
  ],
  [
    'a default that is retired',
    withFields({ x: { type: 'choice', choices: { a: { retired: true } }, default: 'a' } }),
    `impossible_option ${at('/fields/x/default')}`,
  ],
  [
    'a default of a computed field',
    withFields({ expected: { default: 1 } }),
    `impossible_option ${at('/fields/expected/default')}`,
  ],
  [
    'two defaults',
    withFields({ title: { default: 'a', default_expression: "'b'" } }),
    `impossible_option ${at('/fields/title/default_expression')}`,
  ],
  [
    'a default expression of another type',
    withFields({ close_on: { default_expression: "'a'" } }),
    `expression_type ${at('/fields/close_on/default_expression')}`,
  ],
  [
    'a condition that is none',
    withFields({ title: { required_when: 'record.amount' } }),
    `expression_type ${at('/fields/title/required_when')}`,
  ],
  [
    'a reference rule over an unknown field',
    withFields({ account: { where: 'record.nam == user.name' } }),
    `expression ${at('/fields/account/where')}`,
  ],
  [
    'a formula that returns something else',
    withFields({ expected: { returns: 'date' } }),
    `expression_type ${at('/fields/expected/expression')}`,
  ],
  [
    'money without a currency',
    withFields({ expected: { expression: 'record.probability * 2' } }),
    `expression_type ${at('/fields/expected/expression')}`,
  ],
  [
    'a formula that needs itself',
    withFields({ expected: { expression: 'record.expected * 2' } }),
    `circle ${at('/fields/expected')}`,
  ],
  [
    'formulas that need each other through a roll-up',
    withFields({ amount: { type: 'formula', returns: 'money', expression: 'record.account.won' } }),
    'circle objects/account/fields/won',
  ],
  [
    'a state field without a process',
    { ...object({ lifecycle: null }), process: { pipeline: null } },
    `lifecycle ${at('/fields/stage')}`,
  ],
  ['a second state field', withFields({ x: { type: 'state' } }), `lifecycle ${at('/fields/x')}`],
  [
    'a reserved name',
    withFields({ created_at: { type: 'date' } }),
    `reserved_name ${at('/fields/created_at')}`,
  ],
  [
    'a hidden column of the platform',
    withFields({ version: { type: 'integer' } }),
    `reserved_name ${at('/fields/version')}`,
  ],
  [
    'a name that begins with an underscore',
    withFields({ _x: { type: 'text' } }),
    `value ${at('/fields/_x')}`,
  ],
  [
    'a name whose currency column is too long',
    withFields({ [`a${'b'.repeat(56)}`]: { type: 'money' } }),
    `name_too_long ${at(`/fields/a${'b'.repeat(56)}`)}`,
  ],
  [
    'a join table whose name is too long',
    withFields({ [`a${'b'.repeat(55)}`]: { type: 'references', to: 'account' } }),
    `name_too_long ${at(`/fields/a${'b'.repeat(55)}`)}`,
  ],
  [
    'two fields with one column',
    withFields({ amount__currency: { type: 'text' } }),
    `column_collision ${at('/fields/amount__currency')}`,
  ],
  ['an unknown name field', object({ name_field: 'titel' }), `unknown_field ${at('/name_field')}`],
  ['a name field of another type', object({ name_field: 'amount' }), `name_field ${at('/name_field')}`],
  [
    'a name field that is computed when read',
    object({ name_field: 'account_sector' }),
    `name_field ${at('/name_field')}`,
  ],
  [
    'a key over an unknown field',
    object({ keys: { k: { fields: ['titl'] } } }),
    `unknown_field ${at('/keys/k/fields/0')}`,
  ],
  [
    'an index over a field without a column',
    object({ indexes: { i: { fields: ['account_sector'] } } }),
    `not_indexable ${at('/indexes/i/fields/0')}`,
  ],
  ['a search in what is no text', object({ search: ['amount'] }), `not_searchable ${at('/search/0')}`],
  [
    'a validation at an unknown field',
    object({ validations: { future: { at: 'close' } } }),
    `unknown_field ${at('/validations/future/at')}`,
  ],
  [
    'a validation that does not type-check',
    object({ validations: { future: { invalid_when: 'record.amount > record.title' } } }),
    `expression ${at('/validations/future/invalid_when')}`,
  ],
  [
    'a rename from a name that is still there',
    withFields({ title: { formerly: 'amount' } }),
    `rename_collision ${at('/fields/title/formerly')}`,
  ],
  [
    'two renames from one name',
    withFields({ title: { formerly: 'old' }, amount: { formerly: 'old' } }),
    `rename_collision ${at('/fields/amount/formerly')}`,
  ],
  [
    'an object that was another one that is still there',
    object({ formerly: 'account' }),
    `rename_collision ${at('/formerly')}`,
  ],
  ['an unknown parent', object({ parent: 'acount' }), `unknown_field ${at('/parent')}`],
  ['a parent that is no reference', object({ parent: 'title' }), `parent ${at('/parent')}`],
  ['a line with an owner', object({ parent: 'account', ownership: 'user' }), `parent ${at('/parent')}`],
  [
    'a line that outlives its record',
    { object: { opportunity: { parent: 'account', fields: { account: { on_delete: 'restrict' } } } } },
    `parent ${at('/parent')}`,
  ],
  [
    'lines of each other',
    {
      object: {
        opportunity: { parent: 'account' },
        account: { parent: 'main', fields: { main: { type: 'reference', to: 'opportunity' } } },
      },
    },
    'circle objects/account/parent',
  ],
  [
    'a roll-up of an unknown object',
    rollup({ of: 'deal.account' }),
    'unknown_object objects/account/fields/won/of',
  ],
  [
    'a roll-up that does not point back',
    rollup({ of: 'opportunity.title' }),
    'points_elsewhere objects/account/fields/won/of',
  ],
  [
    'a roll-up over an unknown field',
    rollup({ field: 'amont' }),
    'unknown_field objects/account/fields/won/field',
  ],
  ['a sum of texts', rollup({ field: 'title' }), 'rollup objects/account/fields/won/field'],
  [
    'a sum that returns something else',
    rollup({ returns: 'integer' }),
    'rollup objects/account/fields/won/returns',
  ],
  [
    'a count of a field',
    rollup({ function: 'count', returns: 'integer' }),
    'rollup objects/account/fields/won/field',
  ],
  [
    'a roll-up condition through a reference',
    rollup({ where: "record.account.name == 'a'" }),
    'rollup objects/account/fields/won/where',
  ],
  [
    'a roll-up condition that changes with time',
    rollup({ where: 'record.close_on < today()' }),
    'rollup objects/account/fields/won/where',
  ],
  [
    'a roll-up over what is computed when read',
    {
      object: {
        account: { fields: { won: { field: 'later' } } },
        opportunity: {
          fields: {
            later: {
              type: 'formula',
              returns: 'money',
              expression: "record.account.name == 'a' ? record.amount : record.amount",
            },
          },
        },
      },
    },
    'rollup objects/account/fields/won',
  ],
])('%s is found', (_, patch, expected) => {
  expect(faultsAfter(patch)).toContain(expected)
})

test.each([
  [
    'a right on an unknown object',
    { role: { seller: { objects: { oportunity: {} } } } },
    'unknown_object roles/seller/objects/oportunity',
  ],
  [
    'a right on an unknown field',
    { role: { seller: { objects: { opportunity: { fields: { titel: 'read' } } } } } },
    'unknown_field roles/seller/objects/opportunity/fields/titel',
  ],
  [
    'a row rule that is no condition',
    { role: { seller: { objects: { opportunity: { read: { where: 'record.owner' } } } } } },
    'expression_type roles/seller/objects/opportunity/read/where',
  ],
  [
    'own records where nobody owns any',
    { role: { seller: { objects: { team: { read: 'own' } } } } },
    'no_owner roles/seller/objects/team/read',
  ],
  [
    'a right to write what cannot be read',
    { role: { seller: { objects: { account: { update: 'all' } } } } },
    'warning unreadable roles/seller/objects/account',
  ],
  [
    'an unknown level',
    { role: { seller: { objects: { account: { read: 'everything' } } } } },
    'value roles/seller/objects/account/read',
  ],
  [
    'a view of an unknown object',
    { view: { open_opportunities: { object: 'deal' } } },
    'unknown_object views/open_opportunities/object',
  ],
  [
    'a column that does not exist',
    { view: { open_opportunities: { columns: ['title', 'account.nam'] } } },
    'unknown_field views/open_opportunities/columns/1',
  ],
  [
    'a path through what is no reference',
    { view: { open_opportunities: { columns: ['title.name'] } } },
    'not_a_reference views/open_opportunities/columns/0',
  ],
  [
    'a column that is there twice',
    { view: { open_opportunities: { columns: ['title', 'title'] } } },
    'column views/open_opportunities/columns/1',
  ],
  [
    'a sort by what has no order',
    { view: { open_opportunities: { sort: [{ field: 'owner.roles' }] } } },
    'sort views/open_opportunities/sort/0/field',
  ],
  [
    'a total of texts',
    { view: { open_opportunities: { totals: { title: 'sum' } } } },
    'total views/open_opportunities/totals/title',
  ],
  [
    'a filter that is no condition',
    { view: { open_opportunities: { filter: 'record.title' } } },
    'expression_type views/open_opportunities/filter',
  ],
  [
    'a board without columns',
    { view: { open_opportunities: { type: 'board', totals: null } } },
    'board views/open_opportunities/columns_by',
  ],
  [
    'a board by what has no columns',
    { view: { open_opportunities: { type: 'board', totals: null, columns_by: 'title' } } },
    'board views/open_opportunities/columns_by',
  ],
  [
    'a list with a board option',
    { view: { open_opportunities: { sum: 'amount' } } },
    'board views/open_opportunities/sum',
  ],
  [
    'an app with an unknown view',
    { app: { sales: { items: { opportunities: { view: 'open' } } } } },
    'unknown_view apps/sales/items/opportunities/view',
  ],
  [
    'an app with a view of another object',
    { app: { sales: { items: { opportunities: { object: 'account' } } } } },
    'unknown_view apps/sales/items/opportunities/view',
  ],
  [
    'an app for an unknown role',
    { app: { sales: { roles: { boss: true } } } },
    'unknown_role apps/sales/roles/boss',
  ],
  [
    'a page of an unknown object',
    { page: { p: { name: 'p', object: 'deal', sections: {} } } },
    'unknown_object pages/p/object',
  ],
  [
    'two pages of one object',
    {
      page: {
        p: { name: 'p', object: 'account', sections: {} },
        q: { name: 'q', object: 'account', sections: {} },
      },
    },
    'second_page pages/q/object',
  ],
  [
    'a section with an unknown field',
    { page: { p: { name: 'p', object: 'account', sections: { s: { label: 'S', fields: ['nam'] } } } } },
    'unknown_field pages/p/sections/s/fields/0',
  ],
  [
    'a related list that does not point back',
    {
      page: {
        p: {
          name: 'p',
          object: 'account',
          sections: {},
          related: { r: { of: 'opportunity.title', columns: ['title'] } },
        },
      },
    },
    'points_elsewhere pages/p/related/r/of',
  ],
  [
    'a sequence without a number',
    { sequence: { s: { name: 's', format: 'Q-{year}' } } },
    'value sequences/s/format',
  ],
  [
    'a sequence that restarts and repeats itself',
    { sequence: { s: { name: 's', format: '{number}', restart: 'year' } } },
    'sequence_repeats sequences/s/format',
  ],
])('%s is found', (_, patch, expected) => {
  expect(faultsAfter(patch)).toContain(expected)
})
