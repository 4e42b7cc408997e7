import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { WorkItemRow } from '../work-items/work-item.ts'
import { rankOf } from './rank.ts'

/** The place that work in a queue has with a higher priority; nothing for work that is in none. */
export function rankRaised(
  { model }: UnitOfWork,
  item: Pick<WorkItemRow, 'queue' | 'priority' | 'created_at'>,
  by: number,
): { readonly queue_rank?: number } {
  const queue = model.queues.get(item.queue ?? '')
  if (queue === undefined) return {}
  const since = new Date(item.created_at).getTime()
  return { queue_rank: rankOf({ priority: item.priority + by, since, ageing: queue.ageing }) }
}
