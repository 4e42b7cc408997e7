import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { offerWork } from '../queues/wait.ts'
import { onBehalfOf } from './rights.ts'
import type { WorkItemRow } from './work-item.ts'

/** The columns that acts change, with their types. */
const columns = {
  assignee: 'uuid',
  status: 'text',
  delegated_by: 'uuid',
  due_at: 'timestamptz',
  overdue_at: 'timestamptz',
  overdue_done: 'text[]',
  priority: 'int',
  queue_rank: 'double precision',
  form: 'jsonb',
  outcome: 'text',
  result: 'jsonb',
  claimed_at: 'timestamptz',
  completed_by: 'uuid',
  completed_at: 'timestamptz',
} as const

export type WorkChange = Partial<Readonly<Record<keyof typeof columns, unknown>>>

/** What the log says of an act, beside who and when. */
export interface WorkEventInput {
  readonly act: string
  readonly from?: string | null
  readonly to?: string | null
  readonly comment?: string | undefined
  readonly detail?: Readonly<Record<string, unknown>>
}

/**
 * Changes a work item and logs the act in one statement, if the item is still as it was read. The statement is sent at
 * once, before any that comes after the call.
 * @throws TesseraError conflict, or what `lost` makes, where somebody else has changed it meanwhile
 */
export function changeItem(
  unit: UnitOfWork,
  options: { item: WorkItemRow; set: WorkChange; event: WorkEventInput; lost?: () => TesseraError },
): Promise<void> {
  const { item, set, event, lost = changedMeanwhile } = options
  const names = Object.keys(set) as (keyof typeof columns)[]
  const logged = eventValues(unit, item, event)
  const sets = names.map((name, at) => `${name} = $${at + 3}::${columns[name]}`)
  const changed = unit.sql.unsafe(
    `with changed as (update _work_item set ${[...sets, 'version = version + 1'].join(', ')}
       where id = $1::uuid and version = $2::int returning id)
     insert into _work_event (item, ${eventColumns}) select id, ${eventSlots(names.length + 3)} from changed returning id`,
    [item.id, item.version, ...(names.map((name) => set[name]) as never[]), ...(logged as never[])],
    { prepare: true },
  )
  const isFreed =
    set.completed_at !== undefined || (set.assignee !== undefined && set.assignee !== item.assignee)
  return changed.then(async (rows) => {
    if (rows.length === 0) throw lost()
    if (item.queue !== null && item.assignee !== null && isFreed) await offerWork(unit, item.assignee)
  })
}

/** Logs an act that leaves the item as it is. */
export async function logAct(unit: UnitOfWork, item: WorkItemRow, event: WorkEventInput): Promise<void> {
  await unit.sql.unsafe(
    `insert into _work_event (item, ${eventColumns}) values ($1::uuid, ${eventSlots(2)})`,
    [item.id, ...(eventValues(unit, item, event) as never[])],
    { prepare: true },
  )
}

const eventColumns = 'at, by, on_behalf_of, act, from_user, to_user, comment, detail'

function eventSlots(first: number): string {
  const types = ['timestamptz', 'uuid', 'uuid', 'text', 'uuid', 'uuid', 'text', 'jsonb']
  return types.map((type, at) => `$${first + at}::${type}`).join(', ')
}

function eventValues(unit: UnitOfWork, item: WorkItemRow, event: WorkEventInput): readonly unknown[] {
  // Who acts for another is named first, as a substitute is.
  const impersonator = unit.origin?.impersonator?.id
  const person = unit.principal.userId ?? null
  return [
    unit.moment.now.toISOString(),
    impersonator ?? person,
    impersonator === undefined ? onBehalfOf(unit, item) : person,
    event.act,
    event.from ?? null,
    event.to ?? null,
    event.comment ?? null,
    event.detail ?? null,
  ]
}

function changedMeanwhile(): TesseraError {
  return new TesseraError('conflict', 'Somebody else has changed this work at the same moment; look again.')
}
