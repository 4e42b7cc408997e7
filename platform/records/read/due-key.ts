import { invalid } from '../../access/errors.ts'
import type { Model, ObjectModel } from '../../definitions/model/model.ts'
import { promiseColumn } from '../../definitions/model/promise-column.ts'
import type { SelectList } from './columns.ts'
import type { SortKey } from './sort.ts'

/**
 * Sorts by when a promise on the record is due: of the clock that runs. What is paused, over or not promised is blank. Filled
 * values stand in order in the index `_clock_due`.
 */
export function dueKey(
  list: SelectList,
  options: { model: Model; object: ObjectModel; alias: string; promise: string },
): Omit<SortKey, 'descending'> {
  const { model, object, alias, promise } = options
  const levels = model.serviceLevels.get(object.name) ?? []
  if (!levels.some(({ promises }) => promises.has(promise)))
    throw invalid([
      {
        field: promiseColumn(promise),
        code: 'unknown_field',
        message: `no service level for ${object.name} makes a promise "${promise}"`,
      },
    ])
  const { statement } = list.context
  const clock = statement.alias('c')
  const [name, promised] = [statement.constant(object.name, 'text'), statement.constant(promise, 'text')]
  list.joins.push(
    `left join _clock ${clock} on ${clock}.record = ${alias}.id and ${clock}.object = ${name} ` +
      `and ${clock}.promise = ${promised} and ${clock}.status = 'running'`,
  )
  const sql = `${clock}.due_at`
  return {
    sql,
    pgType: 'timestamptz',
    isNullable: true,
    isIndexable: true,
    column: list.add(`(${sql})::text`),
  }
}
