import { recordBinding } from '../../access/record-binding.ts'
import { invalid, TesseraError } from '../../access/errors.ts'
import { isOpenToRead, rowPredicate } from '../../access/predicate.ts'
import type { EffectiveRights } from '../../access/rights.ts'
import { visibleScope } from '../../access/visible-scope.ts'
import type { Model, ObjectModel } from '../../definitions/model/model.ts'
import { compileExpression } from '../../language/index.ts'
import type { Expression } from '../../language/types.ts'
import { choiceCondition, type Choice } from './choosable.ts'
import type { ReadContext } from './columns.ts'

/**
 * The conditions under which rows of an object are read: not deleted (or deleted, where asked for), permitted, and
 * the caller's filter and search. The filter sees what its author may see and nothing else.
 */
export function readConditions(
  context: ReadContext,
  options: {
    object: ObjectModel
    alias: string
    filter: string | undefined
    hasSearch: boolean
    isDeleted: boolean
    choice?: Choice | undefined
  },
): readonly string[] {
  const { object, alias } = options
  const conditions = [`${alias}.deleted_at is ${options.isDeleted ? 'not null' : 'null'}`]
  const action = options.isDeleted ? 'delete' : 'read'
  const permitted = rowPredicate({ ...context, object: object.name, alias, action: 'read' })
  if (permitted !== 'true') conditions.push(permitted)
  if (action === 'delete') {
    const deletable = rowPredicate({ ...context, object: object.name, alias, action })
    if (deletable !== 'true') conditions.push(deletable)
  }
  if (options.filter !== undefined)
    conditions.push(filterCondition(context, { ...options, filter: options.filter }))
  const choice = options.choice && choiceCondition(context, { choice: options.choice, alias })
  if (choice !== undefined) conditions.push(choice)
  if (options.hasSearch) checkSearchable(context, object)
  if (options.hasSearch) conditions.push(`${alias}._search @@ ${context.statement.slot('search', 'tsquery')}`)
  return conditions
}

/** The words of all searched fields are kept together, so a search would also find by those that are hidden. */
function checkSearchable({ rights }: ReadContext, object: ObjectModel): void {
  if (isSearchable(rights, object)) return
  throw new TesseraError(
    'validation',
    `search: ${object.name} is searched in fields that your roles may not see; use a filter instead.`,
    {
      faults: [
        { field: 'search', code: 'forbidden', message: 'looks into fields that your roles may not see' },
      ],
    },
  )
}

/** Whether full-text search tells no more than the rights do: every field that it looks into may be seen. */
export function isSearchable(rights: EffectiveRights, object: ObjectModel): boolean {
  const granted = rights.object(object.name)
  return object.searchFields.every(({ name }) => granted.field(name) !== 'hidden')
}

function filterCondition(
  context: ReadContext,
  options: { object: ObjectModel; alias: string; filter: string },
): string {
  const { model, rights, statement } = context
  const expression = compileFilter({ model, rights, object: options.object.name, filter: options.filter })
  const binding = recordBinding({
    model,
    object: options.object.name,
    alias: options.alias,
    statement,
    gate: {
      isOpen: (object) => isOpenToRead({ model, rights, object }),
      condition: (object, alias) => rowPredicate({ ...context, object, alias, action: 'read' }),
    },
  })
  return `(${expression.toPredicate(binding, 'bound').sql})`
}

/** Type-checks a caller's filter; its faults become faults of the request, with the position. */
export function compileFilter(options: {
  model: Model
  rights: EffectiveRights
  object: string
  filter: string
}): Expression {
  const { filter } = options
  const compiled = compileExpression({ text: filter, scope: visibleScope(options), expect: { kind: 'bool' } })
  if ('faults' in compiled)
    throw invalid(
      compiled.faults.map(({ message, remedy, position }) => ({
        field: 'filter',
        path: String(position),
        code: 'expression',
        message: `${message} (at character ${position + 1})${remedy === undefined ? '' : `; ${remedy}`}`,
      })),
    )
  const { expression } = compiled
  if (expression.sqlObstacle !== undefined)
    throw new TesseraError('validation', `filter: ${expression.sqlObstacle.message}`, {
      faults: [{ field: 'filter', code: 'expression', message: expression.sqlObstacle.message }],
    })
  return expression
}
