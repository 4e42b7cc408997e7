import type { Model, ObjectModel } from '../definitions/model/model.ts'
import { identifier } from '../database/identifier.ts'
import { StatementBuilder } from '../database/statement.ts'
import { recordBinding } from './record-binding.ts'
import type { EffectiveRights, Reach, RecordAction, RecordGrant } from './rights.ts'

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
  return `(${own} or ${amongThese(owner, others, reach)})`
}

/**
 * Whether a value is among those of a query. Among few: they are found first and then looked up by the index of the
 * column, instead of going through the rows. Among many, each row looks itself up.
 */
function amongThese(column: string, query: string, reach: Reach): string {
  return reach === 'wide' ? `${column} in (${query})` : `${column} = any(array(${query}))`
}

function teamMates(statement: StatementBuilder): string {
  const mate = statement.alias('m')
  return `select ${mate}.id from ${statement.table('user')} ${mate} where ${mate}.team = ${statement.slot('user.team', 'uuid')}`
}

function subordinates(statement: StatementBuilder): string {
  const below = statement.alias('b')
  return `select ${below}.below from _below ${below} where ${below}.above = ${statement.slot('user.id', 'uuid')}`
}

/** In a territory of the person, or in one below it. */
function territoryCondition(
  { alias, statement, rights }: PredicateOptions,
  { territory }: ObjectModel,
  own: string,
): string {
  if (territory === undefined) return 'false'
  const { field, ofPerson } = territory
  const [below, mine] = [statement.alias('b'), statement.alias('t')]
  const me = statement.slot('user.id', 'uuid')
  const territories =
    ofPerson.joinTable === undefined
      ? `select ${mine}.${identifier(ofPerson.name)} from ${statement.table('user')} ${mine} where ${mine}.id = ${me}`
      : `select ${mine}.target from ${identifier(ofPerson.joinTable)} ${mine} where ${mine}.record = ${me}`
  const reached = `select ${below}.below from _below ${below} where ${below}.above in (${territories})`
  return `(${own} or ${amongThese(`${alias}.${identifier(field)}`, reached, rights.reach)})`
}

/** Shared by hand with the person, with the team or with a role. */
function sharedCondition({ object, alias, statement, rights, action }: PredicateOptions): string {
  const share = statement.alias('s')
  const conditions = [
    `${share}.object = ${literal(object)}`,
    `${share}.grantee = any(${statement.slot('user.grantees', 'text[]')})`,
    `(${share}.expires_at is null or ${share}.expires_at > ${statement.moment()})`,
    ...(action === 'read' ? [] : [`${share}.access = 'update'`]),
  ]
  if (rights.reach === 'narrow') {
    const ids = `select ${share}.record from _share ${share} where ${conditions.join(' and ')}`
    return amongThese(`${alias}.id`, ids, 'narrow')
  }
  return `exists (select 1 from _share ${share} where ${share}.record = ${alias}.id and ${conditions.join(' and ')})`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
