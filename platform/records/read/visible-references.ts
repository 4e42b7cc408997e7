import { isOpenToRead, rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { runStatement } from './run.ts'
import { compiledOnce } from './statement-cache.ts'

/** A value of a field as it was kept somewhere else than in the record: in its history, in what was filled in. */
export interface KeptValue {
  readonly field: FieldModel
  readonly value: unknown
}

/**
 * Gives how kept values are shown: references to records that may not be seen are blank, as in the records themselves.
 * One statement for each object of which not every record may be seen.
 */
export async function referencesAsSeen(
  unit: UnitOfWork,
  kept: readonly KeptValue[],
): Promise<(value: KeptValue) => unknown> {
  const wanted = new Map<string, Set<string>>()
  for (const { field, value } of kept) {
    const to = field.reference?.to
    if (to === undefined || isOpenToRead({ ...unit, object: to })) continue
    const ids = wanted.get(to) ?? new Set()
    wanted.set(to, ids)
    for (const id of idsIn(value)) ids.add(id)
  }
  const seen = new Map(
    await Promise.all(
      [...wanted].map(async ([to, ids]) => [to, await visibleIds(unit, to, [...ids])] as const),
    ),
  )
  return ({ field, value }) => {
    const visible = seen.get(field.reference?.to ?? '')
    if (visible === undefined) return value
    if (Array.isArray(value)) return value.filter((id) => visible.has(String(id)))
    return idsIn(value).every((id) => visible.has(id)) ? value : null
  }
}

function idsIn(value: unknown): readonly string[] {
  return [value].flat().filter((id) => typeof id === 'string')
}

/** Of the ids of records of an object, those of records that may be seen. */
export async function visibleIds(
  unit: UnitOfWork,
  object: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const statement = compiledOnce(unit.model, JSON.stringify(['visible', unit.rights.key, object]), () => {
    const builder = new StatementBuilder()
    const permitted = rowPredicate({
      ...unit,
      object,
      alias: 't',
      action: 'read',
      statement: builder,
      rows: 'few',
    })
    return builder.build(
      `select t.id from ${identifier(object)} t where t.id = any(${builder.slot('ids', 'uuid[]')}) ` +
        `and t.deleted_at is null and ${permitted}`,
    )
  })
  const rows = await runStatement(unit, statement, { ...principalSlots(unit.principal), ids })
  return new Set(rows.map(([id]) => String(id)))
}
