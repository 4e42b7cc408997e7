import { inside, type Address } from '../../model/problem-list.ts'
import { outputNames } from './outputs.ts'
import { withDescendants, type StateNode } from './state-node.ts'

export type Trigger =
  | { readonly type: 'event'; readonly event: string }
  | { readonly type: 'after'; readonly delay: string }
  | { readonly type: 'always' }
  | { readonly type: 'invocation'; readonly id: string }
  | { readonly type: 'failure'; readonly id: string }
  /** The children are done; their final states give these values. */
  | { readonly type: 'done'; readonly outputs: readonly string[] }

export interface DeclaredTransition {
  readonly target?: string
  readonly guard?: { readonly type: string; readonly params: { readonly expression: string } }
  readonly actions?: readonly DeclaredAction[]
  readonly reenter?: boolean
}

export interface DeclaredAction {
  readonly type: string
  readonly params: Readonly<Record<string, unknown>>
}

export interface DeclaredInvocation {
  readonly id: string
  readonly src: string
  readonly input: Readonly<Record<string, unknown>>
  readonly onDone?: unknown
  readonly onError?: unknown
}

interface SpelledBranch {
  readonly declared: DeclaredTransition
  readonly at: Address
  /** Written as the target alone, not as an object. */
  readonly isTargetAlone?: boolean
}

/** One branch of what a state does on a trigger. */
export interface Branch extends SpelledBranch {
  readonly source: StateNode
  readonly trigger: Trigger
  /** Position among the branches of the same trigger, and how many there are. */
  readonly position: number
  readonly count: number
}

/** Every branch of every transition of a machine, in document order. */
export function branchesOf(root: StateNode): Branch[] {
  return [...withDescendants(root)].flatMap((node) => [...ownBranches(node)])
}

function* ownBranches(source: StateNode): Generator<Branch> {
  const { config, at } = source
  for (const [event, value] of entriesOf(config.on))
    yield* branches({ source, trigger: { type: 'event', event }, value, at: inside(at, 'on', event) })
  for (const [delay, value] of entriesOf(config.after))
    yield* branches({ source, trigger: { type: 'after', delay }, value, at: inside(at, 'after', delay) })
  yield* branches({ source, trigger: { type: 'always' }, value: config.always, at: inside(at, 'always') })
  for (const { invocation, at: place } of invocationsOf(source)) {
    const { id, onDone, onError } = invocation
    yield* branches({
      source,
      trigger: { type: 'invocation', id },
      value: onDone,
      at: inside(place, 'onDone'),
    })
    yield* branches({
      source,
      trigger: { type: 'failure', id },
      value: onError,
      at: inside(place, 'onError'),
    })
  }
  yield* branches({
    source,
    trigger: { type: 'done', outputs: outputNames(source) },
    value: config.onDone,
    at: inside(at, 'onDone'),
  })
}

/** The invocations of a state, written alone or as a list. */
export function invocationsOf({ config, at }: StateNode): { invocation: DeclaredInvocation; at: Address }[] {
  const { invoke } = config
  if (invoke === undefined) return []
  if (!Array.isArray(invoke)) return [{ invocation: invoke as DeclaredInvocation, at: inside(at, 'invoke') }]
  return invoke.map((invocation: DeclaredInvocation, index) => ({
    invocation,
    at: inside(at, 'invoke', index),
  }))
}

/** The branches of a transition in any of its spellings: a target, one branch, or a list of branches. */
export function spelledBranches(value: unknown, at: Address): SpelledBranch[] {
  if (value === undefined) return []
  if (typeof value === 'string') return [{ declared: { target: value }, at, isTargetAlone: true }]
  if (!Array.isArray(value)) return [{ declared: value as DeclaredTransition, at }]
  return value.map((declared: DeclaredTransition, index) => ({ declared, at: inside(at, index) }))
}

function branches({
  source,
  trigger,
  value,
  at,
}: {
  source: StateNode
  trigger: Trigger
  value: unknown
  at: Address
}): Branch[] {
  const spelled = spelledBranches(value, at)
  return spelled.map((branch, position) => ({ source, trigger, ...branch, position, count: spelled.length }))
}

function entriesOf(map: unknown): [string, unknown][] {
  return Object.entries((map ?? {}) as Record<string, unknown>)
}
