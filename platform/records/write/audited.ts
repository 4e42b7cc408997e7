import { audit, type AuditAction } from '../../audit/index.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

/** The platform's object of people, and its fields that decide what somebody may do. */
const people = 'user'
const decisive = ['roles', 'team', 'manager', 'is_active'] as const

interface AuditedWrite {
  readonly object: { readonly name: string }
  readonly id: string
  readonly action: 'create' | 'update' | 'delete' | 'restore'
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
}

/** Writes into the audit log what a write changes about what somebody may do. */
export function auditRights(unit: UnitOfWork, { object, id, action, changes }: AuditedWrite): void {
  if (object.name !== people) return
  const detail = Object.fromEntries(
    decisive.filter((name) => name in changes).map((name) => [name, changes[name]]),
  )
  if (action === 'update' && Object.keys(detail).length === 0) return
  unit.later(
    audit(unit, { action: actionOf(action, detail), subject: { object: people, record: id }, detail }),
  )
}

function actionOf(action: AuditedWrite['action'], detail: Readonly<Record<string, unknown>>): AuditAction {
  if (action === 'create') return 'user.created'
  if (action === 'delete') return 'user.deleted'
  if (action === 'restore') return 'user.restored'
  return 'roles' in detail ? 'role.changed' : 'user.changed'
}
