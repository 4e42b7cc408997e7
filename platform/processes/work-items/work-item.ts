import type { FieldModel, LocalText } from '../../definitions/model/model.ts'
import { pinnedProcess } from '../steps/pinned-process.ts'
import { getRecord } from '../../records/read/get.ts'
import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { WorkItemForm } from './open.ts'

export type WorkStatus = 'open' | 'claimed' | 'done' | 'cancelled'
export type WorkAct = 'claim' | 'release' | 'complete' | 'approve' | 'reject'

/** A work item as people see it. */
export interface WorkItem {
  readonly id: string
  readonly kind: 'task' | 'approval'
  readonly title: LocalText
  readonly object: string
  readonly record: { readonly id: string; readonly title: string | null }
  readonly due_at: string | null
  readonly priority: number
  readonly status: WorkStatus
  readonly assignee: { readonly id: string; readonly name: string | null } | null
  readonly candidates: { readonly role?: string }
  /** What the asking person may do with it. */
  readonly can: readonly WorkAct[]
  readonly form: ReadonlyMap<string, FieldModel>
  readonly outcome: string | null
  readonly created_at: string
  readonly version: number
}

export interface WorkItemRow {
  readonly id: string
  readonly kind: 'task' | 'approval'
  readonly instance: string
  readonly invocation: string
  readonly object: string
  readonly record: string
  readonly title: LocalText
  readonly assignee: string | null
  readonly assignee_name: string | null
  readonly candidate_roles: string[]
  readonly due_at: string | null
  readonly priority: number
  readonly form: WorkItemForm
  readonly status: WorkStatus
  readonly outcome: string | null
  readonly created_at: string
  readonly version: number
  readonly process: string
  readonly definition: string
}

export const workItemSelect =
  `select w.id, w.kind, w.instance, w.invocation, w.object, w.record, w.title, w.assignee, u.name as assignee_name, ` +
  `w.candidate_roles, w.due_at, w.priority, w.form, w.status, w.outcome, w.created_at, w.version, i.process, i.definition ` +
  `from _work_item w join _instance i on i.id = w.instance left join "user" u on u.id = w.assignee`

/** Whether somebody may do the work: its assignee, or, while it is open, the holder of its role. */
export function mayDo(unit: UnitOfWork, item: WorkItemRow): boolean {
  const { userId, roles } = unit.principal
  if (userId === undefined || isBarredRequester(unit, item)) return false
  if (item.assignee !== null) return item.assignee === userId
  return item.candidate_roles.some((role) => roles.includes(role))
}

/** Nobody approves what he asked for himself, unless the declaration lets him. */
function isBarredRequester(unit: UnitOfWork, item: WorkItemRow): boolean {
  return (
    item.kind === 'approval' &&
    !item.form.may_requester_approve &&
    item.form.requested_by === unit.principal.userId
  )
}

export function actsOf(unit: UnitOfWork, item: WorkItemRow): readonly WorkAct[] {
  if (!mayDo(unit, item) || (item.status !== 'open' && item.status !== 'claimed')) return []
  const finish: readonly WorkAct[] = item.kind === 'approval' ? ['approve', 'reject'] : ['complete']
  const isPooled = item.candidate_roles.length > 0
  if (item.status === 'claimed') return isPooled ? ['release', ...finish] : finish
  return item.assignee === null ? ['claim', ...finish] : finish
}

/** The form of the invocation, from the version of the process that the instance lives on. */
export async function formOf(unit: UnitOfWork, item: WorkItemRow): Promise<ReadonlyMap<string, FieldModel>> {
  const process = await pinnedProcess(unit, { name: item.process, hash: item.definition })
  return process.forms.get(item.invocation) ?? new Map()
}

export async function presentItem(unit: UnitOfWork, item: WorkItemRow): Promise<WorkItem> {
  return {
    id: item.id,
    kind: item.kind,
    title: item.title,
    object: item.object,
    record: { id: item.record, title: await titleOf(unit, item) },
    due_at: item.due_at,
    priority: item.priority,
    status: item.status,
    assignee: item.assignee === null ? null : { id: item.assignee, name: item.assignee_name },
    candidates: item.candidate_roles[0] === undefined ? {} : { role: item.candidate_roles[0] },
    can: actsOf(unit, item),
    form: await formOf(unit, item),
    outcome: item.outcome,
    created_at: item.created_at,
    version: item.version,
  }
}

/** The record's title, as far as the person may see the record. */
async function titleOf(unit: UnitOfWork, item: WorkItemRow): Promise<string | null> {
  const nameField = unit.model.objects.get(item.object)?.nameField
  if (nameField === undefined || unit.rights.object(item.object).field(nameField) === 'hidden') return null
  try {
    const record = await getRecord(unit, {
      object: item.object,
      id: item.record,
      fields: [nameField],
      hasLines: false,
    })
    return (record[nameField] as string | null) ?? null
  } catch (error) {
    if (error instanceof TesseraError) return null
    throw error
  }
}
