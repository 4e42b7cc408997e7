import { recordBinding } from '../../access/record-binding.ts'
import { identifier } from '../../database/identifier.ts'
import { parameterValues, StatementBuilder, type Statement } from '../../database/statement.ts'
import type { FieldModel, Model, ObjectModel, RollupModel } from '../../definitions/model/model.ts'
import { principalSlots } from '../../access/principal.ts'
import { compiledOnce } from '../read/statement-cache.ts'
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
    /** The record is a row of its table, on which no condition can be evaluated. */
    isRow?: boolean
  },
): Promise<void> {
  const byHolder = new Map<string, { fields: FieldModel[]; ids: Set<string> }>()
  for (const feed of options.object.feeds) {
    const holder = unit.model.objects.get(feed.object) as ObjectModel
    const field = holder.fields.get(feed.field) as FieldModel
    const rollup = field.rollup as RollupModel
    if (!isTouched(options, rollup)) continue
    const ids = [options.before, options.after]
      .filter(
        (record) =>
          record !== undefined &&
          (options.isRow === true || mayCount(unit, { object: options.object, where: rollup.where, record })),
      )
      .map((record) => referenceId(record?.[feed.through]))
      .filter((id) => id !== null)
    if (ids.length === 0) continue
    const key = `${feed.object} ${feed.through}`
    const entry = byHolder.get(key) ?? { fields: [], ids: new Set<string>() }
    entry.fields.push(field)
    for (const id of ids) entry.ids.add(id)
    byHolder.set(key, entry)
  }
  for (const [key, { fields, ids }] of byHolder) {
    const holder = unit.model.objects.get(key.split(' ')[0] as string) as ObjectModel
    if (unit.gatheredRollups !== undefined) unit.gatheredRollups.add(key, { holder, fields, ids })
    else await recompute(unit, { holder, fields, ids: [...ids] })
  }
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

/**
 * Whether a record may be among those that a roll-up counts. Told from the record's own columns alone; any other
 * condition is not asked.
 */
function mayCount(
  unit: UnitOfWork,
  { object, where, record }: { object: ObjectModel; where: RollupModel['where']; record: RecordValues },
): boolean {
  const isOwn = (path: readonly string[]) => {
    const field = path.length === 2 ? object.fields.get(path[1] as string) : undefined
    return field !== undefined && field.rollup === undefined && field.columns.length > 0
  }
  if (where === undefined || where.usesMoment || !where.paths.every(isOwn)) return true
  return where.evaluate({ record }, unit.moment) === true
}

function feedsOthers(model: Model, holder: ObjectModel, changed: ReadonlySet<string>): boolean {
  return holder.feeds.some((feed) => {
    const { rollup } = model.objects.get(feed.object)?.fields.get(feed.field) ?? {}
    return rollup !== undefined && isTouched({ object: holder, changed }, rollup)
  })
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

/** Computes roll-up fields of the given records anew; all of them rest on one reference of one object. */
export async function recompute(
  unit: UnitOfWork,
  options: { holder: ObjectModel; fields: readonly FieldModel[]; ids: readonly string[] },
): Promise<void> {
  const { holder, fields, ids } = options
  const changed = new Set(fields.map((field) => field.name))
  const isWatched = (await unit.ports.waits?.isWatched(unit, holder.name)) === true
  const isLast = !feedsOthers(unit.model, holder, changed) && !isWatched
  // A statement for one record keeps its plan; one for a list is planned anew for each list, since lists differ.
  const groups = ids.length <= 2 ? [...ids].sort().map((id) => [id]) : [ids]
  for (const group of groups) {
    const updating = recomputing(unit, { holder, fields, ids: group })
    if (isLast) unit.later(updating)
    else {
      const rows = (await updating) as unknown as Record<string, unknown>[]
      for (const row of rows)
        await refreshRollups(unit, { object: holder, before: undefined, after: row, changed, isRow: true })
      if (isWatched && rows.length > 0)
        await unit.ports.waits?.written(unit, { object: holder, ids: rows.map(({ id }) => String(id)) })
    }
  }
}

function recomputing(
  unit: UnitOfWork,
  options: { holder: ObjectModel; fields: readonly FieldModel[]; ids: readonly string[] },
) {
  const { holder, fields, ids } = options
  const isOne = ids.length === 1
  const lock =
    `select id from ${identifier(holder.name)} ` +
    (isOne ? 'where id = $1::uuid' : 'where id = any($1::uuid[]) order by id') +
    ' for no key update'
  const shape = JSON.stringify(['rollups', holder.name, fields.map((field) => field.name), isOne])
  const statement = compiledOnce(unit.model, shape, () => rollupStatement(unit.model, holder, fields, isOne))
  const target = isOne ? (ids[0] as string) : (ids as string[])
  // Sent together: the second begins, with a snapshot of its own, when the first has the locks.
  unit.later(unit.sql.unsafe(lock, [target], { prepare: true }))
  const slots = { ...principalSlots(unit.principal), ids: target }
  return unit.sql.unsafe(statement.text, parameterValues(statement, slots, unit.moment) as never[], {
    prepare: true,
  })
}

/** One scan over the feeding rows gives all the roll-ups; rows that are right already are not written. */
function rollupStatement(
  model: Model,
  holder: ObjectModel,
  fields: readonly FieldModel[],
  isOne: boolean,
): Statement {
  const statement = new StatementBuilder()
  const { of, through } = fields[0]?.rollup as RollupModel
  const columns = fields.flatMap((field) => aggregates({ model, field, statement }))
  const names = columns.map(({ column }) => identifier(column))
  const text =
    `update ${identifier(holder.name)} h set ${names.map((name, at) => `${name} = a.r${at}`).join(', ')} ` +
    `from (select i.id, x.* from ${isOne ? `(select ${statement.slot('ids', 'uuid')} as id) i` : `unnest(${statement.slot('ids', 'uuid[]')}) i(id)`} cross join lateral ` +
    `(select ${columns.map(({ sql }, at) => `${sql} as r${at}`).join(', ')} from ${identifier(of)} s ` +
    `where s.${identifier(through)} = i.id and s.deleted_at is null) x) a ` +
    `where h.id = a.id and (${names.map((name) => `h.${name}`).join(', ')}) is distinct from ` +
    `(${names.map((_, at) => `a.r${at}`).join(', ')}) returning h.*`
  return statement.build(text)
}

/** The columns of a roll-up and the aggregates over the feeding rows behind the alias `s`. */
function aggregates(options: {
  model: Model
  field: FieldModel
  statement: StatementBuilder
}): readonly { column: string; sql: string }[] {
  const { model, field, statement } = options
  const rollup = field.rollup as RollupModel
  const binding = recordBinding({ model, object: rollup.of, alias: 's', statement })
  const where =
    rollup.where === undefined ? '' : ` filter (where ${rollup.where.toPredicate(binding, 'bound').sql})`
  const [main, currency] = field.columns
  const column = main?.name as string
  if (rollup.function === 'count') return [{ column, sql: `count(*)${where}` }]
  const value = binding.column(['record', rollup.field as string])
  const call = { sum: 'sum', minimum: 'min', maximum: 'max', average: 'avg' }[rollup.function]
  const result = `${call}(${value.sql})${where}`
  if (currency === undefined || value.currency === undefined)
    return [{ column, sql: rollup.function === 'sum' ? `coalesce(${result}, 0)` : result }]
  const least = `min(${value.currency})${where}`
  const isOne = `${least} = max(${value.currency})${where}`
  return [
    { column, sql: `case when ${isOne} then ${result} end` },
    { column: currency.name, sql: `case when ${isOne} then ${least} end` },
  ]
}
