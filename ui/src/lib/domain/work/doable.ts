import type { WorkAction, WorkItem } from '#lib/shared/api/types.ts'

const doing: ReadonlySet<WorkAction> = new Set(['complete', 'approve', 'reject', 'answer'])

/** Whether the work can be done now: it waits neither for others nor for an answer. */
export function isDoable({ can }: Pick<WorkItem, 'can'>): boolean {
  return can.some((act) => doing.has(act))
}
