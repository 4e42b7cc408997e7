import { delayEnd } from '../../../calendars/delay.ts'
import { enqueue } from '../../../database/jobs.ts'
import type { ProcessModel } from '../../../definitions/model/model.ts'
import type { UnitOfWork } from '../../../records/unit-of-work.ts'
import { pinnedProcess } from '../../steps/pinned-process.ts'
import type { WorkItemRow } from '../work-item.ts'

/** Something that is done about late work, as it is declared; with the numbers of its expressions. */
export type OverdueStep = { readonly name: string; readonly after: string } & (
  | { readonly type: 'notify'; readonly params: { readonly to?: number; readonly text?: number } }
  | { readonly type: 'transfer'; readonly params: Readonly<Record<never, never>> }
  | { readonly type: 'raise_priority'; readonly params: { readonly by: number } }
  | {
      readonly type: 'raise_event'
      readonly params: { readonly event: string; readonly values?: Readonly<Record<string, number>> }
    }
)

/** When the next step comes that has not been done; undefined where none is left, or the work is due at no time. */
export function nextOverdue(
  unit: Pick<UnitOfWork, 'model'>,
  { steps, dueAt, done }: { steps: readonly OverdueStep[]; dueAt: Date | null; done: readonly string[] },
): Date | undefined {
  const [next] = pendingSteps(unit, { steps, dueAt, done })
  return next === undefined ? undefined : new Date(next.at)
}

/** The steps that have not been done with their moments, in order. */
export function pendingSteps(
  { model }: Pick<UnitOfWork, 'model'>,
  { steps, dueAt, done }: { steps: readonly OverdueStep[]; dueAt: Date | null; done: readonly string[] },
): readonly { readonly step: OverdueStep; readonly at: number }[] {
  if (dueAt === null) return []
  return steps
    .filter(({ name }) => !done.includes(name))
    .map((step) => ({ step, at: delayEnd(step.after, dueAt.getTime(), model.calendars) }))
    .toSorted((one, other) => one.at - other.at)
}

/** What the version of the process on which the work lives declares for it. Parts that were added have nothing. */
export async function overdueStepsOf(unit: UnitOfWork, item: WorkItemRow): Promise<readonly OverdueStep[]> {
  if (item.parent !== null) return []
  const process = await pinnedProcess(unit, { name: item.process, hash: item.definition })
  return stepsIn(process, item.invocation)
}

function stepsIn({ machine }: ProcessModel, invocation: string): readonly OverdueStep[] {
  const visit = (node: Readonly<Record<string, unknown>>): readonly OverdueStep[] | undefined => {
    const invoked = [node.invoke ?? []].flat() as {
      id: string
      input?: { overdue?: readonly OverdueStep[] }
    }[]
    const found = invoked.find(({ id }) => id === invocation)
    if (found !== undefined) return found.input?.overdue ?? []
    for (const child of Object.values((node.states ?? {}) as Record<string, Record<string, unknown>>)) {
      const below = visit(child)
      if (below !== undefined) return below
    }
    return undefined
  }
  return visit(machine) ?? []
}

/** Has the worker look at the work at that moment, in place of one that was set before. */
export async function wakeWhenOverdue(unit: UnitOfWork, item: string, at: Date): Promise<void> {
  await enqueue(unit.sql, { task: 'overdue', payload: { item }, runAt: at, jobKey: `overdue ${item}` })
}
