import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { expect, it } from 'vitest'
import * as tables from '../../database/tables/tenant.ts'
import { history, works } from './steps-of-history.ts'

/** What was retired is found again under the name that it had; what was recorded of an act keeps the name of its day. */
const keeping = ['_retired', '_audit', '_erasure']

it('lets every table that names the object of a record follow a rename', () => {
  const naming = Object.values(tables)
    .flatMap((table) => (is(table, PgTable) ? getTableConfig(table) : []))
    .filter(({ columns }) => columns.some(({ name }) => name === 'object'))
    .map(({ name }) => name)
  expect(naming.toSorted()).toEqual([...works, ...history, ...keeping].toSorted())
})
