import { enqueue } from '../../../database/index.ts'
import type { Model } from '../../../definitions/model/model.ts'
import type { BeforeWrite, RecordPorts } from '../../../records/index.ts'

/**
 * Ends the sessions of a person who is deactivated or loses a role with a feature of the product; on the one write path,
 * so that imports, bulk writes and processes do too. The job is written in the same transaction: it is there when the
 * write holds.
 */
export function endForLeavers(beforeWrite: RecordPorts['beforeWrite']): RecordPorts['beforeWrite'] {
  return async (unit, write) => {
    const values = beforeWrite === undefined ? write.values : await beforeWrite(unit, write)
    if (write.object.name === 'user' && losesAccess(unit.model, { ...write, values }))
      await enqueue(unit.sql, { task: 'end_sessions', payload: { member: write.id } })
    return values
  }
}

function losesAccess(model: Model, { before, values }: BeforeWrite): boolean {
  if (before === undefined) return false
  if (before.is_active !== false && values.is_active === false) return true
  if (values.roles === undefined) return false
  const kept = new Set(rolesIn(values.roles))
  return rolesIn(before.roles).some((role) => !kept.has(role) && hasFeature(model, role))
}

function hasFeature(model: Model, role: string): boolean {
  return (model.roles.get(role)?.features.size ?? 0) > 0
}

function rolesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : []
}
