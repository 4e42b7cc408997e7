import type { Model, RecordRight } from '../definitions/model/model.ts'
import { identifier } from '../database/identifier.ts'
import { StatementBuilder } from '../database/statement.ts'
import { recordBinding } from './record-binding.ts'
import type { EffectiveRights, RecordAction } from './rights.ts'

export interface PredicateOptions {
  readonly model: Model
  readonly rights: EffectiveRights
  readonly object: string
  readonly action: RecordAction
  /** Alias of the object's table in the statement. */
  readonly alias: string
  readonly statement: StatementBuilder
}

/**
 * The one condition under which a row may be read, updated or deleted by the holder of the rights, as SQL over
 * `alias`: never null, `true` where every row may, `false` where none. Needs the slots of principal.ts.
 */
export function rowPredicate(options: PredicateOptions): string {
  const { model, object, rights, action } = options
  const declared = model.objects.get(object)
  if (declared === undefined) return 'false'
  const granted = rights.object(object)[action]
  if (granted.length === 0) return 'false'
  if (declared.parent?.reference !== undefined) return throughParent(options)
  const parts = granted.map((right) => rightCondition(options, right))
  if (parts.includes('true')) return 'true'
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' or ')})`
}

/** Whether the rights let every row be read. */
export function isOpenToRead(options: Pick<PredicateOptions, 'model' | 'rights' | 'object'>): boolean {
  const statement = new StatementBuilder()
  return rowPredicate({ ...options, action: 'read', alias: 'x', statement }) === 'true'
}

/** A line may be seen and changed where its record may. */
function throughParent(options: PredicateOptions): string {
  const { model, object, alias, statement, action } = options
  const parent = model.objects.get(object)?.parent
  const target = parent?.reference?.to as string
  const next = statement.alias('p')
  const inner = rowPredicate({
    ...options,
    object: target,
    alias: next,
    action: action === 'delete' ? 'update' : action,
  })
  if (inner === 'false' || inner === 'true') return inner
  const key = `${alias}.${identifier(parent?.name as string)}`
  return `exists (select 1 from ${statement.table(target)} ${next} where ${next}.id = ${key} and ${inner})`
}

function rightCondition(options: PredicateOptions, right: RecordRight): string {
  const level = levelCondition(options, right)
  if (right.where === undefined) return level
  const binding = recordBinding(options)
  const { sql } = right.where.toPredicate(binding, 'bound')
  return level === 'true' ? `(${sql})` : `(${level} and (${sql}))`
}

function levelCondition(options: PredicateOptions, right: RecordRight): string {
  if (right.level === 'all') return 'true'
  if (right.level === 'none') return 'false'
  const { model, object, alias, statement } = options
  const owner = `${alias}.${model.objects.get(object)?.isOwned === true ? 'owner' : 'created_by'}`
  const me = statement.slot('user.id', 'uuid')
  const own = `coalesce(${owner} = ${me}, false)`
  if (right.level === 'own') return own
  const team = statement.slot('user.team', 'uuid')
  const mate = statement.alias('m')
  return `(${own} or coalesce(${owner} in (select ${mate}.id from "user" ${mate} where ${mate}.team = ${team}), false))`
}
