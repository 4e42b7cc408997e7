import { recordBinding } from '../../access/record-binding.ts'
import { identifier } from '../../database/identifier.ts'
import { parameterValues, StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, Model, ObjectModel, RollupModel } from '../../definitions/model/model.ts'
import { principalSlots } from '../../access/principal.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { referenceId, type RecordValues } from '../values.ts'

/**
 * Brings the roll-ups that a record feeds up to date in the same transaction, and those that they feed in turn.
 * The rows that hold them are locked first, in order of id, so that two writers never compute from each other's past.
 */
export async function refreshRollups(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    before: RecordValues | undefined
    after: RecordValues | undefined
    changed: ReadonlySet<string> | 'all'
  },
): Promise<void> {
  const byHolder = new Map<string, { fields: FieldModel[]; ids: Set<string> }>()
  for (const feed of options.object.feeds) {
    const holder = unit.model.objects.get(feed.object) as ObjectModel
    const field = holder.fields.get(feed.field) as FieldModel
    if (!isTouched(options, field.rollup as RollupModel)) continue
    const ids = [options.before, options.after]
      .map((record) => referenceId(record?.[feed.through]))
      .filter((id) => id !== null)
    if (ids.length === 0) continue
    const key = `${feed.object} ${feed.through}`
    const entry = byHolder.get(key) ?? { fields: [], ids: new Set<string>() }
    entry.fields.push(field)
    for (const id of ids) entry.ids.add(id)
    byHolder.set(key, entry)
  }
  for (const [key, { fields, ids }] of byHolder)
    await recompute(unit, {
      holder: unit.model.objects.get(key.split(' ')[0] as string) as ObjectModel,
      fields,
      ids: [...ids],
    })
}

function isTouched(
  { object, changed }: { object: ObjectModel; changed: ReadonlySet<string> | 'all' },
  rollup: RollupModel,
): boolean {
  if (changed === 'all') return true
  if (changed.has(rollup.through)) return true
  const names = new Set(rollup.where?.paths.map((path) => path[1] as string))
  if (rollup.field !== undefined) names.add(rollup.field)
  return [...names].some((name) => changed.has(name) || dependsOn(object, name, changed))
}

/** Whether a formula (or a formula of formulas) reads one of the changed fields. */
function dependsOn(object: ObjectModel, name: string, changed: ReadonlySet<string>): boolean {
  const formula = object.fields.get(name)?.formula
  if (formula === undefined) return false
  return formula.expression.paths.some(
    (path) =>
      path[0] === 'record' &&
      (changed.has(path[1] as string) || dependsOn(object, path[1] as string, changed)),
  )
}

/** Computes roll-up fields of the given records anew. */
export async function recompute(
  unit: UnitOfWork,
  options: { holder: ObjectModel; fields: readonly FieldModel[]; ids: readonly string[] },
): Promise<void> {
  const { holder, fields, ids } = options
  const table = identifier(holder.name)
  const locked = unit.sql.unsafe(
    `select id from ${table} where id = any($1::uuid[]) order by id for no key update`,
    [ids as string[]],
    { prepare: true },
  )
  const statement = new StatementBuilder()
  const sets = fields.flatMap((field) => rollupSets({ model: unit.model, field, holder: 'h', statement }))
  const differs = sets.map(({ column, sql }) => `h.${identifier(column)} is distinct from ${sql}`)
  const text =
    `update ${table} h set ${sets.map(({ column, sql }) => `${identifier(column)} = ${sql}`).join(', ')} ` +
    `where h.id = any(${statement.slot('ids', 'uuid[]')}) and (${differs.join(' or ')}) returning h.*`
  const values = parameterValues(
    statement.build(text),
    { ...principalSlots(unit.principal), ids },
    unit.moment,
  )
  const [, updated] = await Promise.all([locked, unit.sql.unsafe(text, values as never[], { prepare: true })])
  const changed = new Set(fields.map((field) => field.name))
  for (const row of updated as unknown as Record<string, unknown>[])
    await refreshRollups(unit, { object: holder, before: undefined, after: row, changed })
}

/** The columns of a roll-up and the SQL of their values, for the row behind the alias `holder`. */
export function rollupSets(options: {
  model: Model
  field: FieldModel
  holder: string
  statement: StatementBuilder
}): readonly { column: string; sql: string }[] {
  const { model, field, holder, statement } = options
  const rollup = field.rollup as RollupModel
  const source = statement.alias('s')
  const binding = recordBinding({ model, object: rollup.of, alias: source, statement })
  const conditions = [
    `${source}.${identifier(rollup.through)} = ${holder}.id`,
    `${source}.deleted_at is null`,
  ]
  if (rollup.where !== undefined) conditions.push(rollup.where.toSql(binding, 'bound').sql)
  const select = (sql: string) =>
    `(select ${sql} from ${identifier(rollup.of)} ${source} where ${conditions.join(' and ')})`
  const [main, currency] = field.columns
  if (rollup.function === 'count') return [{ column: main?.name as string, sql: select('count(*)') }]
  const value = binding.column(['record', rollup.field as string])
  if (currency === undefined || value.currency === undefined) {
    const none = rollup.function === 'sum' ? ['coalesce(', ', 0)'] : ['', '']
    return [
      {
        column: main?.name as string,
        sql: select(`${none[0]}${aggregate(rollup.function)}(${value.sql})${none[1]}`),
      },
    ]
  }
  const isOne = `count(distinct ${value.currency}) = 1`
  return [
    {
      column: main?.name as string,
      sql: select(`case when ${isOne} then ${aggregate(rollup.function)}(${value.sql}) end`),
    },
    { column: currency.name, sql: select(`case when ${isOne} then min(${value.currency}) end`) },
  ]
}

function aggregate(name: RollupModel['function']): string {
  const names = { count: 'count', sum: 'sum', minimum: 'min', maximum: 'max', average: 'avg' } as const
  return names[name]
}
