import type { FieldModel, LocalText } from '../../definitions/model/model.ts'
import { approvalViews, type ApprovalView } from '../approvals/present.ts'
import { pinnedProcess } from '../steps/pinned-process.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { WorkItemForm } from './open.ts'
import { actsOf, type WorkAct } from './rights.ts'
import { titlesOf } from './titles.ts'

/** `waiting`: others act first, or the holder has acted and others act after. */
export type WorkStatus = 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled'
export type WorkPlace = 'before' | 'after'

export interface WorkPerson {
  readonly id: string
  readonly name: string | null
}

/** Somebody who was added to a work item. */
export interface AddedPerson {
  readonly id: string
  readonly place: WorkPlace
  readonly person: WorkPerson
  readonly status: WorkStatus
}

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
  readonly assignee: WorkPerson | null
  readonly candidates: { readonly role?: string }
  /** The queue in which it waits, or from which it came. */
  readonly queue: { readonly name: string; readonly label: LocalText } | null
  /** Who waits for the assignee's answer, and gets the work back with it. */
  readonly delegated_by: WorkPerson | null
  /** Whether this is a part that was added to other work, and its place there. */
  readonly place: WorkPlace | null
  /** Those who act before or after the assignee. */
  readonly added: readonly AddedPerson[]
  /** The asking person stands in for the one who has it and is away. */
  readonly is_substitute: boolean
  /** What the asking person may do with it. */
  readonly can: readonly WorkAct[]
  readonly form: ReadonlyMap<string, FieldModel>
  /** The approval in levels of which it is a part. */
  readonly approval: ApprovalView | null
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
  readonly candidate_users: string[]
  readonly candidate_teams: string[]
  readonly queue: string | null
  readonly queue_rule: string
  readonly units: number
  readonly overdue_at: string | null
  readonly overdue_done: string[]
  readonly due_at: string | null
  readonly priority: number
  readonly form: WorkItemForm
  readonly status: WorkStatus
  readonly delegated_by: string | null
  readonly delegated_by_name: string | null
  readonly parent: string | null
  readonly place: WorkPlace | null
  readonly added_by: string | null
  /** The approval in levels of which it is a part, and the seat there. */
  readonly approval: string | null
  readonly seat: string | null
  readonly added: readonly { id: string; place: WorkPlace; status: WorkStatus; person: WorkPerson }[] | null
  readonly outcome: string | null
  readonly result: Readonly<Record<string, unknown>> | null
  readonly claimed_at: string | null
  readonly created_at: string
  readonly version: number
  readonly process: string
  readonly definition: string
  /** The asking person stands in for the assignee, or for the one who delegated. */
  readonly is_substitute: boolean
  readonly is_substitute_of_delegator: boolean
  /** The assignee is below the asking person in the reporting line. */
  readonly is_superior: boolean
}

/** The form of the invocation, from the version of the process that the instance lives on. Added people have none. */
export async function formOf(unit: UnitOfWork, item: WorkItemRow): Promise<ReadonlyMap<string, FieldModel>> {
  if (item.parent !== null) return new Map()
  const process = await pinnedProcess(unit, { name: item.process, hash: item.definition })
  return process.forms.get(item.invocation) ?? new Map()
}

export async function presentItem(unit: UnitOfWork, item: WorkItemRow): Promise<WorkItem> {
  const [presented] = await presentItems(unit, [item])
  return presented as WorkItem
}

/** Work items as the person sees them: with the titles of records that he may see. */
export async function presentItems(
  unit: UnitOfWork,
  items: readonly WorkItemRow[],
): Promise<readonly WorkItem[]> {
  const approvals = items.flatMap(({ approval }) => approval ?? [])
  const [titles, views] = await Promise.all([
    titlesOf(unit, items),
    approvals.length === 0 ? new Map<string, ApprovalView>() : approvalViews(unit, approvals),
  ])
  return Promise.all(
    items.map((item) =>
      present(unit, item, {
        title: titles.get(item.record) ?? null,
        approval: views.get(item.approval ?? '') ?? null,
      }),
    ),
  )
}

async function present(
  unit: UnitOfWork,
  item: WorkItemRow,
  { title, approval }: { title: string | null; approval: ApprovalView | null },
): Promise<WorkItem> {
  return {
    id: item.id,
    kind: item.kind,
    title: item.title,
    object: item.object,
    record: { id: item.record, title },
    due_at: item.due_at,
    priority: item.priority,
    status: item.status,
    assignee: item.assignee === null ? null : { id: item.assignee, name: item.assignee_name },
    candidates: item.candidate_roles[0] === undefined ? {} : { role: item.candidate_roles[0] },
    queue: queueOf(unit, item.queue),
    delegated_by: item.delegated_by === null ? null : { id: item.delegated_by, name: item.delegated_by_name },
    place: item.place,
    added: item.added ?? [],
    is_substitute: item.is_substitute,
    can: actsOf(unit, item),
    form: await formOf(unit, item),
    approval,
    outcome: item.outcome,
    created_at: item.created_at,
    version: item.version,
  }
}

function queueOf({ model }: UnitOfWork, name: string | null): WorkItem['queue'] {
  return name === null ? null : { name, label: model.queues.get(name)?.label ?? name }
}
