import { linesFieldOf } from '../../access/rights.ts'
import { identifier } from '../../database/identifier.ts'
import { parameterValues, StatementBuilder, type Statement } from '../../database/statement.ts'
import type { FieldModel, Model, ObjectModel } from '../../definitions/model/model.ts'
import { compiledOnce } from '../read/statement-cache.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isSame, referenceId, type RecordValues } from '../values.ts'
import type { LineChange } from './line-changes.ts'

/**
 * Tells the record of a row that was written by itself: its history says what became of the row, and its version counts
 * up, as when the row is written with it. Nobody waits for the statement.
 * @param before undefined for a row that was not there, as after for one that is not any more
 */
export function tellParent(
  unit: UnitOfWork,
  {
    object,
    before,
    after,
    version,
  }: {
    object: ObjectModel
    before: RecordValues | undefined
    after: RecordValues | undefined
    /** Of the row as it is now. */
    version: number
  },
): void {
  const field = linesFieldOf(unit.model, object)
  if (field === undefined) return
  const through = object.parent?.name as string
  const [from, to] = [referenceId(before?.[through]), referenceId(after?.[through])]
  const row = { id: String((after ?? before)?.id), version }
  const tell = (parent: string | null, kind: LineChange) => {
    if (parent === null) return
    const told: Told = { object, field, parent, kind, row, cause: unit.cause ?? null }
    if (unit.gatheredRows === undefined) write(unit, [told])
    else unit.gatheredRows.add(told, write)
  }
  if (!isSame(from, to)) {
    tell(from, 'removed')
    tell(to, 'added')
  } else if (before?.version !== version) tell(to, 'changed')
}

interface Told {
  /** Of the row. */
  readonly object: ObjectModel
  /** The lines field of its record. */
  readonly field: FieldModel
  readonly parent: string
  readonly kind: LineChange
  readonly row: { readonly id: string; readonly version: number }
  readonly cause: UnitOfWork['cause'] | null
}

/** One statement for the rows of each object: every record is changed once, whatever became of how many rows. */
function write(unit: UnitOfWork, told: readonly Told[]): void {
  for (const [object, rows] of Map.groupBy(told, (each) => each.object)) {
    const statement = compiledOnce(unit.model, JSON.stringify(['parents', object.name]), () =>
      parentsStatement(unit.model, object),
    )
    const slots = {
      rows: recordsOf(rows),
      now: unit.moment.now.toISOString(),
      by: unit.principal.userId ?? null,
    }
    const values = parameterValues(statement, slots, unit.moment) as never[]
    unit.later(unit.sql.unsafe(statement.text, values, { prepare: true }))
  }
}

/** What is told of each record, in the order of their ids, in which others lock them too. */
function recordsOf(told: readonly Told[]): readonly object[] {
  return [...Map.groupBy(told, ({ parent }) => parent)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, rows]) => ({
      id,
      changes: {
        [(rows[0] as Told).field.name]: Object.fromEntries(
          [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, of]) => [kind, of.map(({ row }) => row)]),
        ),
      },
      cause: rows[0]?.cause ?? null,
    }))
}

/** A record that is a row of lines itself has changed with its rows, which the record around it is told in turn. */
function parentsStatement(model: Model, object: ObjectModel): Statement {
  const statement = new StatementBuilder()
  const parts = [
    `v0 as (select * from jsonb_to_recordset(${statement.slot('rows', 'jsonb')}) as r(id uuid, changes jsonb, cause jsonb))`,
  ]
  const [now, by] = [statement.slot('now', 'timestamptz'), statement.slot('by', 'uuid')]
  let field = linesFieldOf(model, object)
  for (let level = 0; field !== undefined; level++) {
    const holder = model.objects.get(field.object) as ObjectModel
    const around = linesFieldOf(model, holder)
    const up = around === undefined ? 'null::uuid' : `t.${identifier(holder.parent?.name as string)}`
    const [given, written] = [`v${level}`, `t${level}`]
    parts.push(
      `${written} as (update ${identifier(holder.name)} t set updated_at = ${now}, updated_by = ${by}, version = t.version + 1 ` +
        `from ${given} v where t.id = v.id and t.deleted_at is null ` +
        `returning t.id, t.version, v.changes, v.cause, ${up} as up)`,
    )
    if (holder.hasHistory)
      parts.push(
        `h${level} as (insert into _change (object, record, version, at, by, action, changes, cause) ` +
          `select ${statement.constant(holder.name, 'text')}, id, version, ${now}, ${by}, 'update', changes, cause from ${written})`,
      )
    if (around !== undefined)
      parts.push(
        `v${level + 1} as (select up as id, jsonb_build_object(${statement.constant(around.name, 'text')}, ` +
          `jsonb_build_object('changed', jsonb_agg(jsonb_build_object('id', id, 'version', version)))) as changes, ` +
          `jsonb_agg(cause) -> 0 as cause from ${written} where up is not null group by up)`,
      )
    field = around
  }
  return statement.build(`with ${parts.join(', ')} select 1`)
}
