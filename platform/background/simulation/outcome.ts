import type { Principal } from '../../access/principal.ts'
import type { WorkItem } from '../../processes/index.ts'
import type { Random } from '../recipes/random.ts'
import { usualWeight, type Case } from './case.ts'
import { personById, type World } from './world.ts'

/** How work ends, and who ends it so. */
export type WorkOutcome =
  | { readonly kind: 'approved' | 'rejected' | 'done'; readonly by: Principal }
  /** `to` is an earlier level; the requester without it. */
  | { readonly kind: 'returned'; readonly by: Principal; readonly to: string | undefined }
  /** By the requester. */
  | { readonly kind: 'withdrawn'; readonly by: Principal; readonly approval: string }

/** Draws how somebody ends work, among what is possible. */
export function outcomeOf(
  world: World,
  played: Case,
  options: { item: WorkItem; invocation: string; random: Random; by: Principal },
): WorkOutcome {
  const { item, invocation, random, by } = options
  if (item.kind === 'task') return { kind: 'done', by }
  const possible = possibleOutcomes(world, options)
  const declared = world.script.document.invoked?.[invocation]?.outcomes
  const weights = possible
    .map(
      ({ kind }) =>
        [
          kind,
          declared === undefined ? usualWeight(played, `${invocation} ${kind}`) : (declared[kind] ?? 0),
        ] as const,
    )
    .filter(([, weight]) => weight > 0)
  const drawn = weights.length === 0 ? 'approved' : random.weighted(Object.fromEntries(weights))
  return possible.find(({ kind }) => kind === drawn) ?? { kind: 'approved', by }
}

function possibleOutcomes(
  world: World,
  { item, invocation, random, by }: { item: WorkItem; invocation: string; random: Random; by: Principal },
): readonly WorkOutcome[] {
  const { approval } = item
  const places = item.can.includes('return')
    ? [
        ...(approval?.returns.requester === true ? [undefined] : []),
        ...(approval?.returns.levels ?? []).map(({ name }) => name),
      ]
    : []
  const requester = personById(world, approval?.requested_by?.id)
  const mayWithdraw = [...world.script.model.processes.values()].some(
    ({ approvals }) => approvals.get(invocation)?.withdraw !== undefined,
  )
  return [
    { kind: 'approved', by },
    { kind: 'rejected', by },
    ...(places.length === 0 ? [] : [{ kind: 'returned', by, to: random.pick(places) } as const]),
    ...(approval === null || requester === undefined || !mayWithdraw
      ? []
      : [{ kind: 'withdrawn', by: requester, approval: approval.id } as const]),
  ]
}
