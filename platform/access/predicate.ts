import type { Model, ObjectModel } from '../definitions/model/model.ts'
import { identifier } from '../database/identifier.ts'
import { StatementBuilder } from '../database/statement.ts'
import { literal, recordBinding } from './record-binding.ts'
import type { EffectiveRights, Reach, RecordAction, RecordGrant } from './rights.ts'

export interface PredicateOptions {
  readonly model: Model
  readonly rights: EffectiveRights
  readonly object: string
  readonly action: RecordAction
  /** Alias of the object's table in the statement. */
  readonly alias: string
  readonly statement: StatementBuilder
  /** Whether it is asked of few rows that are known otherwise (by id), or of all rows of a list (the default). */
  readonly rows?: 'few' | 'many'
}

/**
 * The one condition under which a row may be read, updated or deleted by the holder of the rights, as SQL over
 * `alias`: true where the row may, false or null where it may not; `true` where every row may, `false` where none.
 * Needs the slots of principal.ts. Where the answer itself is wanted, see rowAnswer.
 */
export function rowPredicate(options: PredicateOptions): string {
  const { model, object, rights, action } = options
  const declared = model.objects.get(object)
  if (declared === undefined) return 'false'
  const granted = rights.object(object)[action]
  if (granted.length === 0) return 'false'
  if (declared.parent?.reference !== undefined) return throughParent(options)
  const parts = granted.map((right) => grantCondition(options, right))
  if (parts.includes('true')) return 'true'
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' or ')})`
}

/** The same as a value, which is never null. */
export function rowAnswer(options: PredicateOptions): string {
  const predicate = rowPredicate(options)
  return predicate === 'true' || predicate === 'false' ? predicate : `coalesce(${predicate}, false)`
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

/** The condition under which one of the grants admits a row behind `alias`. */
export function grantCondition(options: PredicateOptions, grant: RecordGrant): string {
  const level = levelCondition(options, grant)
  if (grant.where === undefined) return level
  const binding = recordBinding(options)
  const { sql } = grant.where.toPredicate(binding, 'bound')
  return level === 'true' ? `(${sql})` : `(${level} and (${sql}))`
}

function levelCondition(options: PredicateOptions, { level }: RecordGrant): string {
  if (level === 'all') return 'true'
  if (level === 'none') return 'false'
  if (level === 'shared') return sharedCondition(options)
  const { model, object, alias, statement } = options
  const declared = model.objects.get(object) as ObjectModel
  const owner = `${alias}.${declared.isOwned ? 'owner' : 'created_by'}`
  const own = `${owner} = ${statement.slot('user.id', 'uuid')}`
  if (level === 'own') return own
  if (level === 'territory') return territoryCondition(options, declared, own)
  const others = level === 'team' ? teamMates(statement) : subordinates(statement)
  const reach = level === 'team' ? 'narrow' : options.rights.reach
  return `(${own} or ${amongThese(owner, others, way(options, reach))})`
}

/** A set of ids: as a query for all of them, and as the condition that one of them is in it. */
interface IdSet {
  readonly query: string
  contains(column: string): string
}

type Way = Reach | 'each'

/** What is asked of few rows is asked of each of them. */
function way({ rows = 'many' }: PredicateOptions, reach: Reach): Way {
  return rows === 'few' ? 'each' : reach
}

/**
 * Whether a value is in a set. A small set is found first and looked up by the index of the column, instead of going
 * through the rows of a list; of a larger one a table is made, in which each row looks itself up; where that would cost
 * more than the list itself, each row asks the index of the set. docs/decisions/three-ways-to-look.md has the figures.
 */
function amongThese(column: string, { query, contains }: IdSet, by: Way): string {
  if (by === 'narrow') return `${column} = any(array(${query}))`
  return by === 'wide' ? `${column} in (${query})` : contains(column)
}

function teamMates(statement: StatementBuilder): IdSet {
  const mate = statement.alias('m')
  const from = `from ${statement.table('user')} ${mate} where ${mate}.team = ${statement.slot('user.team', 'uuid')}`
  return {
    query: `select ${mate}.id ${from}`,
    contains: (column) => `exists (select 1 ${from} and ${mate}.id = ${column})`,
  }
}

function subordinates(statement: StatementBuilder): IdSet {
  return belowThese(statement, `= ${statement.slot('user.id', 'uuid')}`)
}

/** What stands below somebody. With a limit PostgreSQL makes no table of the whole set for a single look-up. */
function belowThese(statement: StatementBuilder, above: string): IdSet {
  const below = statement.alias('b')
  const from = `from _below ${below} where ${below}.above ${above}`
  return {
    query: `select ${below}.below ${from}`,
    contains: (column) => `(select true ${from} and ${below}.below = ${column} limit 1)`,
  }
}

/** In a territory of the person, or in one below it. */
function territoryCondition(options: PredicateOptions, { territory }: ObjectModel, own: string): string {
  if (territory === undefined) return 'false'
  const { alias, statement, rights } = options
  const { field, ofPerson } = territory
  const mine = statement.alias('t')
  const me = statement.slot('user.id', 'uuid')
  const territories =
    ofPerson.joinTable === undefined
      ? `select ${mine}.${identifier(ofPerson.name)} from ${statement.table('user')} ${mine} where ${mine}.id = ${me}`
      : `select ${mine}.target from ${identifier(ofPerson.joinTable)} ${mine} where ${mine}.record = ${me}`
  const reached = belowThese(statement, `in (${territories})`)
  return `(${own} or ${amongThese(`${alias}.${identifier(field)}`, reached, way(options, rights.reach))})`
}

/** Shared by hand with the person, with the team or with a role. */
function sharedCondition(options: PredicateOptions): string {
  const { object, alias, statement, rights, action } = options
  const share = statement.alias('s')
  const conditions = [
    `${share}.object = ${literal(object)}`,
    `${share}.grantee = any(${statement.slot('user.grantees', 'text[]')})`,
    `(${share}.expires_at is null or ${share}.expires_at > ${statement.moment()})`,
    ...(action === 'read' ? [] : [`${share}.access = 'update'`]),
  ]
  const from = `from _share ${share} where ${conditions.join(' and ')}`
  const shared: IdSet = {
    query: `select ${share}.record ${from}`,
    contains: (column) => `(select true ${from} and ${share}.record = ${column} limit 1)`,
  }
  const by = way(options, rights.reach)
  // Most rows of who reaches far are his by a level; the others ask one by one.
  return amongThese(`${alias}.id`, shared, by === 'narrow' ? by : 'each')
}
